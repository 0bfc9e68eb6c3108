"""Documents that left the house: their reference numbers, and how anybody can verify them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.core.transitions import Transition


class Series(Record):
    """A run of reference numbers, such as "INV/2007": the next document gets the next number."""

    prefix = models.CharField(_("prefix"), max_length=40, unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0, editable=False)

    class Meta:
        verbose_name = _("run of reference numbers")

    def __str__(self) -> str:
        return self.prefix


class IssuedDocument(Record):
    """A document as it left the house. Whoever holds it can verify it by its code.

    The code is derived from this row and the master key (`documents.verification`), so that only
    its hash is stored; the file's SHA-256 says whether a copy was altered. What the public learns
    is the kind, the reference, the date and whether it still holds: never the name.
    """

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        REVOKED = "revoked", _("revoked")

    kind = models.CharField(_("kind"), max_length=40, editable=False)
    reference = models.CharField(_("reference"), max_length=80, unique=True, editable=False)
    scope_id = models.UUIDField(null=True, db_index=True, editable=False)
    thing_model = models.CharField(max_length=80, editable=False)
    thing_id = models.UUIDField(editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.VALID)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    file_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    issued_on = models.DateField(_("issued"), editable=False)

    revoke = Transition(
        "state",
        sources=(State.VALID,),
        target=State.REVOKED,
        label=_("Revoke"),
        audit="document.revoked",
    )

    class Meta:
        verbose_name = _("issued document")
        ordering = ("-issued_on", "reference")
        indexes = (models.Index(fields=("thing_id", "thing_model"), name="documents_issued_thing"),)

    def __str__(self) -> str:
        return self.reference
