"""Certificates: prepared together, approved, issued once each, revoked, replaced."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.certificates.models.scheme import Kind
from madang.core.models import Personal, PersonalText, Record, StoredFile
from madang.core.transitions import Text, Transition
from madang.documents.models import IssuedDocument
from madang.workshops.models import Edition, Participation

_UNTIL = _("two years after your last workshop, or when you ask")


class Spelling(Record, Personal):
    """How somebody's name is to stand on their certificates, confirmed by themselves."""

    _why = _("to write your name on your certificate as you want it")

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="spelling"
    )
    name = PersonalText(_("name on the certificate"), why=_why, until=_UNTIL)
    latin_name = PersonalText(_("the same in Latin letters"), why=_why, until=_UNTIL)
    certificate_language = models.CharField(_("language"), max_length=12)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("name on the certificate")

    def __str__(self) -> str:
        return f"{self.participation_id}"


class Exemption(Record, Personal):
    """A director's leave: somebody gets a certificate although a condition is not met."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="exemptions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = PersonalText(
        _("reason"),
        why=_("to say why you get a certificate although a condition is not met"),
        until=_UNTIL,
    )
    granted_by = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("exception from the rules of certificates")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "kind"), name="certificates_exemption_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id}"

    @property
    def edition_id(self) -> UUID:
        """The edition, in whose history the row belongs."""
        return self.participation.edition_id


def _was_approved(batch: "CertificateBatch") -> Text | None:
    from madang.core import approvals

    return None if approvals.approved(batch) else _("A director approves them first.")


class CertificateBatch(Record):
    """Certificates that are issued together, once a director approved rules, words and list."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ISSUED = "issued", _("issued")
        CANCELLED = "cancelled", _("cancelled")

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="certificate_batches"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    issued_at = models.DateTimeField(null=True, editable=False)

    issue = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.ISSUED,
        label=_("Issue the certificates"),
        audit="certificates.issued",
        guard=_was_approved,
    )
    cancel = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.CANCELLED,
        label=_("Cancel"),
        audit="certificates.cancelled",
    )

    class Meta:
        verbose_name = _("list of certificates")
        verbose_name_plural = _("lists of certificates")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="certificates_batch_number"),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class Certificate(Record, Personal):
    """One certificate: its number and code (`document`), its file, its place in a status list.

    The row stays for ever, so that a paper and a credential can be verified for ever; name and file
    are under the key of the person and go with it.
    """

    batch = models.ForeignKey(
        CertificateBatch, on_delete=models.PROTECT, related_name="certificates"
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="certificates"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, editable=False)
    # The one that counts of this kind: not cancelled, not replaced by another.
    is_current = models.BooleanField(default=True, editable=False)
    name = PersonalText(
        _("name as printed"), why=_("to name you on your certificate"), until=_UNTIL
    )
    latin_name = PersonalText(
        _("the same in Latin letters"), why=_("to name you on your certificate"), until=_UNTIL
    )
    revoked_because = PersonalText(
        _("why it was revoked"), why=_("to tell you why it holds no longer"), until=_UNTIL
    )
    certificate_language = models.CharField(_("language"), max_length=12, editable=False)
    document = models.OneToOneField(
        IssuedDocument,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="certificate",
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"), null=True, editable=False)
    # The bit of the published status list that says whether the credential is revoked.
    status_list = models.PositiveSmallIntegerField(null=True, editable=False)
    status_index = models.PositiveIntegerField(null=True, editable=False)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )
    shows_name = models.BooleanField(_("shows the name to whoever verifies it"), default=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    class Meta:
        verbose_name = _("certificate")
        ordering = ("kind", "created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("participation", "kind"),
                condition=models.Q(is_current=True),
                name="certificates_one_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=("status_list", "status_index"), name="certificates_status_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def edition_id(self) -> UUID:
        """The edition, in whose history the row belongs."""
        return self.batch.edition_id

    @property
    def person_id(self) -> UUID:
        """Whose certificate it is."""
        return self.participation.person_id
