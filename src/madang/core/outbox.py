"""The outbox: mails are written down in the transaction that causes them, and leave after it.

`post` renders a mail from templates and puts it into the outbox; it is sent once, however often
`post` is called with the same `key` and however often the sending is tried. Templates of the mail
`workshops/mails/changed`: `…_subject.txt` (one line), `….txt`, and if there is one `….html`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, models, transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from madang.core import audit, clock, queue, vault
from madang.core.models import Attachment, Message, StoredFile, SubjectKey


class Addressee(Protocol):
    """Someone who can be written to, such as a person."""

    email: str
    language: str

    @property
    def subject(self) -> SubjectKey: ...


class UnsendableError(Exception):
    """The mail can't be written: the text says why."""


# Controls and line ends; joiners and marks of direction belong to the text of many scripts.
_BREAKS_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

AddressBook = Callable[[str], SubjectKey | None]

_address_books: list[AddressBook] = []


def register_address_book(find: AddressBook) -> None:
    """Let `find(address)` tell whose address that is: the mail goes under that person's key."""
    _address_books.append(find)


def post(
    *,
    key: str,
    to: Addressee | str,
    template: str,
    context: Mapping[str, Any],
    language: str = "",
    actor: audit.Actor | None = None,
    about: models.Model | None = None,
    attachments: Iterable[StoredFile] = (),
) -> Message:
    """Write a mail in the caller's transaction; a key that was used before returns that message.

    The mail is in `language`, or the addressee's own. `about` is the thing that it speaks of, so
    that the thing's page can say who was told. Raises `UnsendableError`.
    """
    existing: Message | None = Message.objects.filter(key=key).first()
    if existing is not None:
        return existing
    language = language or getattr(to, "language", "") or translation.get_language() or "en"
    with translation.override(language):
        heading = _text(f"{template}_subject.txt", context).strip()
        text = _text(f"{template}.txt", context).strip() + "\n"
        html = _html(f"{template}.html", context)
    return write(
        key=key,
        to=to,
        heading=heading,
        text=text,
        html=html,
        language=language,
        template=template,
        actor=actor,
        about=about,
        attachments=attachments,
    )


def write(
    *,
    key: str,
    to: Addressee | str,
    heading: str,
    text: str,
    html: str = "",
    language: str = "en",
    template: str = "",
    actor: audit.Actor | None = None,
    about: models.Model | None = None,
    attachments: Iterable[StoredFile] = (),
) -> Message:
    """Like `post`, with the words given."""
    from madang.core.tasks import send_message

    address = _checked_address(to if isinstance(to, str) else to.email)
    if not heading or _BREAKS_A_LINE.search(heading):
        raise UnsendableError("The subject of a mail is one line of text.")
    subject = _known_subject(address) if isinstance(to, str) else to.subject
    try:
        with transaction.atomic():
            message = Message(
                key=key,
                subject=subject or SubjectKey.create(),
                has_own_key=subject is None,
                address=address,
                address_index=address_index(address),
                heading=heading,
                text=text,
                html=html,
                language=language,
                template=template,
                actor_id=actor.audit_id if actor is not None else None,
                about_model=about._meta.label_lower if about is not None else "",
                about_id=about.pk if about is not None else None,
            )
            message.save(force_insert=True)
            Attachment.objects.bulk_create(
                Attachment(message=message, file=file) for file in attachments
            )
            queue.enqueue(send_message, str(message.pk))
    except IntegrityError:
        # Another process wrote the same key in the meantime.
        earlier: Message | None = Message.objects.filter(key=key).first()
        if earlier is None:
            raise
        return earlier
    return message


def about(thing: models.Model) -> models.QuerySet[Message]:
    """The messages that speak of a thing."""
    return Message.objects.filter(about_model=thing._meta.label_lower, about_id=thing.pk)


def address_index(address: str) -> str:
    """By which messages to an address are found, though the address is encrypted."""
    return vault.blind_index("outbox address", address)


def purge(before: datetime) -> int:
    """Remove messages written before a moment, with the keys made for them; returns how many.

    What still waits to be sent stays.
    """
    over = (Message.State.SENT, Message.State.KEPT, Message.State.FAILED)
    return _remove(Message.objects.filter(created_at__lt=before, state__in=over))


def forget(address: str) -> int:
    """Remove every message to an address: for someone who is erased. Returns how many."""
    return _remove(Message.objects.filter(address_index=address_index(address)))


def _remove(messages: models.QuerySet[Message]) -> int:
    with transaction.atomic():
        rows = list(messages.values_list("pk", "subject_id", "has_own_key"))
        Message.objects.filter(pk__in=[pk for pk, _subject, _own in rows]).delete()
        own = [subject for _pk, subject, has_own_key in rows if has_own_key]
        SubjectKey.objects.filter(pk__in=own).delete()
    return len(rows)


def _known_subject(address: str) -> SubjectKey | None:
    for find in _address_books:
        subject = find(address)
        if subject is not None and not subject.is_destroyed:
            return subject
    return None


def _checked_address(address: str) -> str:
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise UnsendableError("There is no valid e-mail address to send to.") from None
    return address


def _text(name: str, context: Mapping[str, Any]) -> str:
    """Plain text is not HTML: nothing is escaped in it."""
    template: Any = get_template(name)
    return str(template.template.render(Context(dict(context) | _common(), autoescape=False)))


def _html(name: str, context: Mapping[str, Any]) -> str:
    try:
        template = get_template(name)
    except TemplateDoesNotExist:
        return ""
    return str(template.render(dict(context) | _common()))


def _common() -> dict[str, Any]:
    from django.conf import settings

    return {"site_url": settings.MADANG_URL, "now": clock.now()}
