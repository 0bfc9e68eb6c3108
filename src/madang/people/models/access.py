"""Links in mails that identify somebody without an account, and the codes that empower them."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Record
from madang.people.models.person import Person


class AccessLink(Record):
    """That one person may open one form by a secret address, until a day, unless it is revoked.

    The address holds a token that is not stored, only its hash: `people.access_links` derives it
    from this row and the master key. Another `serial` is another address. What the link opens is
    named by `purpose`, registered by the app, and by the thing it is about.
    """

    purpose = models.CharField(max_length=40, editable=False)
    thing_model = models.CharField(max_length=80, editable=False)
    thing_id = models.UUIDField(editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="access_links", verbose_name=_("for whom")
    )
    serial = models.PositiveIntegerField(default=1, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("holds until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    class Meta:
        verbose_name = _("link without an account")
        verbose_name_plural = _("links without an account")
        indexes = (models.Index(fields=("thing_id", "purpose"), name="people_accesslink_thing"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.thing_id}"

    @property
    def audit_id(self) -> UUID:
        """Who acts through the link, as the audit trail names them: its person."""
        return self.person_id


class MailedCode(Record):
    """A code sent to the address behind a link: who has it may see what was given before."""

    link = models.ForeignKey(AccessLink, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("mailed code")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"code for {self.link_id}"
