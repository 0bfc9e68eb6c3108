"""The register of correspondence: what Madang sends enters itself, officers enter the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, files, media_types
from madang.core.audit import Actor
from madang.core.media_types import UnwantedFileError
from madang.core.models import Message, StoredFile, SubjectKey
from madang.nominations.models import Correspondence
from madang.people.actions.refusal import RefusedError
from madang.people.models import Country
from madang.workshops.actions import records
from madang.workshops.models import Edition

Channel = Correspondence.Channel
Direction = Correspondence.Direction
Upload = UploadedFile  # type: ignore[type-arg]

# What letters come as: no recordings, and nothing in which a script can hide.
TAKEN = media_types.KINDS.keys() - {
    kind.media_type
    for kind in (
        media_types.HTML, media_types.SVG, media_types.MP3, media_types.MP4, media_types.WEBM,
    )
}  # fmt: skip


@transaction.atomic
def enter_sent(
    edition: Edition,
    country: Country,
    kind: str,
    *,
    key: str,
    message: Message | None = None,
    channel: str = Channel.EMAIL,
    reference: str = "",
    actor: Actor | None,
) -> Correspondence:
    """Enter what Madang itself sends to a country; a key that was used before gives that entry.

    `key` is that of the mail or the letter; of a `message` the entry keeps the subject line.
    """
    known: Correspondence | None = Correspondence.objects.filter(key=key).first()
    if known is not None:
        return known
    entry = Correspondence(
        edition=edition,
        country=country,
        direction=Direction.SENT,
        channel=channel,
        kind=kind,
        reference=reference,
        at=message.created_at if message is not None else clock.now(),
        summary=message.heading if message is not None else "",
        key=key,
    )
    entry.dated = clock.today(edition.zone)
    records.add(entry, "correspondence.added", actor=actor, kind=kind)
    return entry


@transaction.atomic
def enter(
    edition: Edition, values: Mapping[str, Any], *, uploads: Sequence[Upload] = (), actor: Actor
) -> Correspondence:
    """Enter what came or was sent by hand, with its scans under the entry's own key.

    Raises `UnwantedFileError` for a file that can't be taken, and enters nothing then.
    """
    _require_same_country(values["country"], values)
    entry = Correspondence(edition=edition, **values)
    records.add(entry, "correspondence.added", actor=actor, kind=entry.kind)
    _attach(entry, uploads, actor)
    return entry


@transaction.atomic
def change(
    entry: Correspondence,
    values: Mapping[str, Any],
    *,
    uploads: Sequence[Upload] = (),
    expected_version: int,
    actor: Actor,
) -> None:
    """Change an entry; further scans are added to those that it has."""
    _require_same_country(values.get("country", entry.country), values)
    records.change(
        entry, values, "correspondence.changed", expected_version=expected_version, actor=actor
    )
    _attach(entry, uploads, actor)


@transaction.atomic
def remove(entry: Correspondence, *, actor: Actor) -> None:
    """Take an entry out, with its scans and the key that they are under.

    Nominations keyed in from it stay. Raises `RefusedError` for what Madang itself sent.
    """
    if entry.key is not None:
        raise RefusedError(_("Madang sent this itself: the entry stays."))
    for file in files.of(entry):
        files.remove(file, actor=actor)
    key = SubjectKey.objects.get(pk=entry.subject_id)
    records.remove(entry, "correspondence.removed", actor=actor)
    key.destroy()


def remove_scan(entry: Correspondence, file: StoredFile, *, actor: Actor) -> None:
    """Take one scan off an entry."""
    files.remove(file, actor=actor)
    audit.record(actor, "correspondence.scan_removed", entry)


def _attach(entry: Correspondence, uploads: Sequence[Upload], actor: Actor) -> None:
    for upload in uploads:
        stored = files.store(upload, owner=entry, actor=actor, subject=entry.subject)
        if stored.media_type not in TAKEN:
            raise UnwantedFileError(_("Send a PDF, an image, or a document of an office program."))


def _require_same_country(country: Country, values: Mapping[str, Any]) -> None:
    answered = values.get("answers")
    if answered is not None and answered.country_id != country.pk:
        raise RefusedError(_("This is correspondence with another country."), "answers")
