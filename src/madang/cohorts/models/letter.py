"""Letters: their wording, the batches that a director approves, and each one as it left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models import Personal, PersonalText, Record, StoredFile, SubjectKey
from madang.core.texts import Translated
from madang.core.transitions import Text, Transition
from madang.documents.models import IssuedDocument
from madang.nominations.models import Invitation, Nomination
from madang.people.models import Person
from madang.workshops.models import Edition, Participation


class LetterKind(models.TextChoices):
    """What letters are for."""

    INVITATION = "invitation", _("invitation, to the person")
    MINISTRY = "ministry", _("whom we invite, to the ministry")
    VISA = "visa", _("visa support, to the embassy")
    REGRET = "regret", _("no seat, to the ministry")


class Letterhead(Record, Translated):
    """What stands at the head and the foot of an edition's letters. The logo is a file of it."""

    TRANSLATED = ("sender", "address", "signatory", "signatory_position")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="letterhead")
    sender = models.CharField(_("sender"), max_length=200)
    address = models.TextField(_("address"), blank=True, default="")
    signatory = models.CharField(_("who signs"), max_length=120)
    signatory_position = models.CharField(_("position"), max_length=200, blank=True, default="")
    prefix = models.CharField(_("prefix of reference numbers"), max_length=30)
    contact = models.CharField(_("e-mail address for answers"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("letterhead")

    def __str__(self) -> str:
        return self.sender


class LetterTemplate(Record, Translated):
    """The wording of one kind of letter in an edition, with {placeholders}, in light mark-up."""

    TRANSLATED = ("subject_line", "body")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="letter_templates")
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    subject_line = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("wording of a letter")
        constraints = (
            models.UniqueConstraint(fields=("edition", "kind"), name="cohorts_template_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


def _was_approved(batch: "LetterBatch") -> Text | None:
    from madang.core import approvals

    return None if approvals.approved(batch) else _("A director approves it first.")


class LetterBatch(Record):
    """Letters of one kind that go out together; a director approves wording and recipients."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ISSUED = "issued", _("issued")
        CANCELLED = "cancelled", _("cancelled")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="letter_batches")
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    issued_at = models.DateTimeField(null=True, editable=False)

    issue = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.ISSUED,
        label=_("Issue the letters"),
        audit="letters.issued",
        guard=_was_approved,
    )
    cancel = Transition(
        "state",
        sources=(State.DRAFT,),
        target=State.CANCELLED,
        label=_("Cancel"),
        audit="letters.cancelled",
    )

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("edition", "number"), name="cohorts_batch_number"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Letter(Record, Personal):
    """One letter of a batch, to one person or one ministry, in one language.

    Its file is encrypted under the key of whom it speaks of; a letter to a ministry that names
    several people is under a key of its own.
    """

    batch = models.ForeignKey(LetterBatch, on_delete=models.CASCADE, related_name="letters")
    language = models.CharField(_("language"), max_length=12)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nomination = models.ForeignKey(
        Nomination, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    # A word for this letter alone, put where the wording says {remark}.
    remark = PersonalText(
        _("remark"),
        why=_("to say in your letter what is in no other"),
        until=_("two years after the workshop"),
    )
    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, null=True, editable=False, related_name="letter"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    class Meta:
        verbose_name = _("letter")
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(invitation__isnull=False),
                name="cohorts_letter_has_addressee",
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, under the key of whom it speaks of, or one of its own."""
        if self.subject_id is None:
            self.subject = self.person.subject if self.person else SubjectKey.create()
        super().save(*args, **kwargs)

    @property
    def edition_id(self):
        """The edition, in whose history the row belongs."""
        return self.batch.edition_id


class Passport(Record, Personal):
    """What an embassy needs to know of somebody. Deleted on `delete_on`, whatever happens.

    It is under a key of its own, which goes with it, so that no backup can be read any more; the
    files of letters to embassies are under the same key.
    """

    _why = _("to support your application for a visa")
    _until = _("the day after the workshop ends")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="passport")
    name = PersonalText(_("name as in the passport"), why=_why, until=_until)
    number = PersonalText(_("passport number"), why=_why, until=_until)
    nationality = PersonalText(_("nationality"), why=_why, until=_until)
    born_on = PersonalText(_("date of birth"), why=_why, until=_until)
    born_in = PersonalText(_("place of birth"), why=_why, until=_until)
    issued_on = PersonalText(_("date of issue"), why=_why, until=_until)
    expires_on = PersonalText(_("date of expiry"), why=_why, until=_until)
    delete_on = models.DateField(_("will be deleted on"))

    class Meta:
        verbose_name = _("passport data")
        verbose_name_plural = _("passport data")

    def __str__(self) -> str:
        return f"{self.person_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, under a key of its own."""
        if self.subject_id is None:
            self.subject = SubjectKey.create()
        super().save(*args, **kwargs)
