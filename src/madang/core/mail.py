"""Sending what is in the outbox, and taking into it what Django's mail functions are given."""

import logging
import smtplib
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import models, transaction
from django.utils.translation import get_language

from madang.core import clock, files, outbox, queue, vault
from madang.core.identifiers import uuid7
from madang.core.models import Message

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(minutes=1)
# A worker that has not reported after so long is taken for dead. Its mail may have left: the second
# copy carries the same Message-ID, by which mail programs know it.
CLAIM = timedelta(minutes=15)
TIMEOUT_SECONDS = 30


class OutboxBackend(BaseEmailBackend):
    """Django's way out: mails of `send_mail` and of allauth become messages, one an address."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them into the outbox; returns how many. Raises `outbox.UnsendableError`."""
        count = 0
        for email in email_messages:
            if email.attachments:
                raise outbox.UnsendableError("Files go out with outbox.post, as stored files.")
            for address in email.recipients():
                outbox.write(
                    key=f"mail:{uuid7()}",
                    to=address,
                    heading=str(email.subject),
                    text=str(email.body),
                    html=_html_of(email),
                    language=get_language() or settings.LANGUAGE_CODE,
                )
                count += 1
        return count


def _html_of(email: EmailMessage) -> str:
    if isinstance(email, EmailMultiAlternatives):
        for alternative in email.alternatives:
            if alternative[1] == "text/html":
                return str(alternative[0])
    return ""


def send(message_id: str) -> None:
    """Send one message, if it is due and no other worker has it."""
    message = _claim(message_id)
    if message is None:
        return
    if not message.address:
        _finish(message, Message.State.FAILED, failure="erased")
    elif settings.MADANG_DEMO or not settings.MADANG_SMTP_URL:
        _finish(message, Message.State.KEPT)
    else:
        try:
            _transmit(message)
        except (OSError, smtplib.SMTPException, ValueError, vault.VaultError) as error:
            _fail(message, error)
        else:
            _finish(message, Message.State.SENT)


def send_due() -> int:
    """Send whatever is due, among it what a dead worker left; returns how many were tried."""
    due = Message.objects.filter(_due()).order_by("created_at").values_list("pk", flat=True)
    for message_id in (ids := [str(pk) for pk in due]):
        send(message_id)
    return len(ids)


def transport() -> SmtpBackend:
    """A connection to the mail server of `MADANG_SMTP_URL`.

    `smtp://` speaks plainly (a server on this machine), `smtp+starttls://` insists on encryption
    and `smtps://` is encrypted from the start. Raises `ValueError` for anything else.
    """
    parts = urlsplit(settings.MADANG_SMTP_URL)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ValueError("MADANG_SMTP_URL is smtp://, smtp+starttls:// or smtps:// and a host.")
    return SmtpBackend(
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+starttls",
        use_ssl=parts.scheme == "smtps",
        timeout=TIMEOUT_SECONDS,
    )


def email_of(message: Message) -> EmailMultiAlternatives:
    """The mail as it leaves."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    email = EmailMultiAlternatives(
        subject=message.heading,
        body=message.text,
        to=[message.address],
        headers={
            "Message-ID": f"<{message.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    for attachment in message.attachments.select_related("file__subject"):
        file = attachment.file
        email.attach(file.name, files.content(file), file.media_type)
    return email


def _due() -> models.Q:
    now = clock.machine_now()
    return models.Q(state=Message.State.QUEUED) & (
        models.Q(due_at__isnull=True) | models.Q(due_at__lte=now)
    ) | models.Q(state=Message.State.SENDING, due_at__lte=now)


def _claim(message_id: str) -> Message | None:
    with transaction.atomic():
        message: Message | None = (
            Message.objects.select_for_update(of=("self",)).filter(_due(), pk=message_id).first()
        )
        if message is not None:
            message.state = Message.State.SENDING
            message.attempts += 1
            message.due_at = clock.machine_now() + CLAIM
            message.save(update_fields=["state", "attempts", "due_at"])
    return message


def _transmit(message: Message) -> None:
    connection = transport()
    email = email_of(message)
    email.connection = connection
    email.send()


def _finish(message: Message, state: str, *, failure: str = "") -> None:
    message.state = state
    message.sent_at = clock.now() if state in {Message.State.SENT, Message.State.KEPT} else None
    message.due_at = None
    message.failure = failure
    message.save(update_fields=["state", "sent_at", "due_at", "failure"])


def _fail(message: Message, error: Exception) -> None:
    """Try later, unless the server refused for good or we have tried often enough.

    The server's own words may repeat the address; only a code is kept and logged.
    """
    from madang.core.tasks import send_message

    code = _code(error)
    logger.warning("Message %s was not sent: %s", message.pk, code)
    if _is_final(error) or message.attempts >= MAX_ATTEMPTS:
        _finish(message, Message.State.FAILED, failure=code)
        return
    delay = FIRST_DELAY * 3 ** (message.attempts - 1)
    message.state = Message.State.QUEUED
    message.due_at = clock.machine_now() + delay
    message.failure = code
    with transaction.atomic():
        message.save(update_fields=["state", "due_at", "failure"])
        queue.enqueue(send_message, str(message.pk), delay=delay)


def _code(error: Exception) -> str:
    status = _status(error)
    return f"smtp-{status}" if status else type(error).__name__[:40]


def _status(error: Exception) -> int:
    """The mail server's reply code, or 0 where there was none."""
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return 0


def _is_final(error: Exception) -> bool:
    """A refusal of this mail; a failed sign-in (535) is the operator's and will be mended."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    return _status(error) >= 500
