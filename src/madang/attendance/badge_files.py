"""Files of badges: kept for a while once they are set, and gone when one in them changes."""

from functools import partial
from uuid import UUID

from django.db import transaction

from madang.documents import kept
from madang.workshops.models import Participation


def keep(edition_id: UUID, name: str, content: bytes) -> None:
    """Keep a file of badges of an edition."""
    kept.keep(_group(edition_id), f"{name}.pdf", content)


def find(edition_id: UUID, name: UUID) -> bytes | None:
    """A file of badges that is kept, or None where it is gone."""
    path = kept.find(_group(edition_id), f"{name}.pdf")
    return path.read_bytes() if path is not None else None


def forget(edition_id: UUID) -> None:
    """Remove what was set for an edition, after the commit of what changed there."""
    transaction.on_commit(partial(kept.remove, _group(edition_id)))


def forget_for_person(person_id: UUID) -> None:
    """Remove files that name somebody, once what they say of them has changed."""
    editions = Participation.objects.filter(person=person_id).values_list("edition", flat=True)
    for edition_id in editions:
        forget(edition_id)


def _group(edition_id: UUID) -> str:
    return f"badges-{edition_id}"
