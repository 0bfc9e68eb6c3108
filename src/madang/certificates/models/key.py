"""The keys that sign credentials."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Transition


class SigningKey(Record):
    """A pair of keys (Ed25519). The private half is sealed under the installation's master key.

    One is in use. Those before it stay published, so that what they signed can be verified for
    ever; only one that fell into other hands is withdrawn, and with it all that it signed.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("in use")
        RETIRED = "retired", _("followed by another")
        WITHDRAWN = "withdrawn", _("withdrawn")

    number = models.PositiveSmallIntegerField(_("number"), unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    # Multikey: "z6Mk…", as `did.json` publishes it.
    public = models.CharField(max_length=80, unique=True, editable=False)
    sealed = models.TextField(editable=False)

    retire = Transition(
        "state",
        sources=(State.ACTIVE,),
        target=State.RETIRED,
        label=_("Let another key follow"),
        audit="signing_key.retired",
    )
    withdraw = Transition(
        "state",
        sources=(State.ACTIVE, State.RETIRED),
        target=State.WITHDRAWN,
        label=_("Withdraw"),
        audit="signing_key.withdrawn",
    )

    class Meta:
        verbose_name = _("signing key")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("state",),
                condition=models.Q(state="active"),
                name="certificates_one_key_in_use",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}"
