"""The outbox: every mail that leaves, or will."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.core.models.base import Record
from madang.core.models.personal import Personal, PersonalText
from madang.core.models.stored_file import StoredFile

_WHY = _("to send you a message, and to be able to say what was sent")
_UNTIL = _("ninety days after it was sent")


class Message(Record, Personal):
    """One mail to one address. Address and words are personal, under the recipient's key.

    A recipient whom Madang does not know gets a key for this message alone (`has_own_key`).
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        KEPT = "kept", _("shown here only")
        FAILED = "failed", _("could not be sent")

    key = models.CharField(max_length=200, unique=True, editable=False)
    has_own_key = models.BooleanField(default=False, editable=False)
    address = PersonalText(_("address"), why=_WHY, until=_UNTIL)
    address_index = models.CharField(max_length=40, db_index=True, editable=False)
    heading = PersonalText(_("subject"), why=_WHY, until=_UNTIL)
    text = PersonalText(_("text"), why=_WHY, until=_UNTIL)
    html = PersonalText(_("formatted text"), why=_WHY, until=_UNTIL)
    language = models.CharField(_("language"), max_length=12)
    template = models.CharField(max_length=120, blank=True, editable=False)
    actor_id = models.UUIDField(null=True, editable=False)
    about_model = models.CharField(max_length=80, blank=True, editable=False)
    about_id = models.UUIDField(null=True, db_index=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    failure = models.CharField(_("why not"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=models.Q(state__in=("queued", "sending")),
                name="core_message_due",
            ),
            models.Index(fields=("-created_at", "-id"), name="core_message_newest"),
        )

    def __str__(self) -> str:
        return self.key


class Attachment(models.Model):
    """A stored file that goes out with a message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = (
            models.UniqueConstraint(fields=("message", "file"), name="core_attachment_once"),
        )

    def __str__(self) -> str:
        return str(self.file_id)
