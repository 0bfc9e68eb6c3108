"""From the draft in the database to a frozen programme, and between that and its stored form.

The stored form is JSON of plain values, in a fixed order, so that equal programmes have equal
hashes. `FORMAT` is written into it; a change of the form raises it and teaches `read` the old one.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from madang.core import approvals, texts
from madang.core.texts import Words
from madang.workshops.models import Edition, ProgrammeVersion, Room, Session, SessionPerson
from madang.workshops.programme.entries import (
    ModuleEntry,
    PartEntry,
    Programme,
    RoomEntry,
    SessionEntry,
)

FORMAT = 1


def draft(edition: Edition) -> Programme:
    """The programme as it stands in the draft: the sessions that have a start (eight queries)."""
    sessions = list(
        Session.objects.filter(edition=edition, starts_at__isnull=False)
        .prefetch_related(Prefetch("people", SessionPerson.objects.order_by("order", "id")))
        .order_by("starts_at", "id")
    )
    modules = list(edition.modules.order_by("number"))
    rooms = list(
        Room.objects.filter(site__edition=edition)
        .select_related("site")
        .order_by("site_id", "order", "name", "id")
    )
    sites = list({room.site_id: room.site for room in rooms}.values())
    for things in (sessions, modules, rooms, sites):
        texts.prefetch(things)
    site_by_id = {site.id: site for site in sites}
    zone = edition.zone
    return Programme(
        edition_id=edition.id,
        time_zone=edition.time_zone,
        first_day=edition.starts_on,
        last_day=edition.ends_on,
        modules=tuple(
            ModuleEntry(module.id, module.number, _words(module, "title")) for module in modules
        ),
        rooms=tuple(
            RoomEntry(
                id=room.id,
                name=_words(room, "name"),
                capacity=room.capacity,
                site_id=room.site_id,
                site=_words(site_by_id[room.site_id], "name"),
                address=_words(site_by_id[room.site_id], "address"),
            )
            for room in rooms
        ),
        sessions=tuple(
            SessionEntry(
                id=session.id,
                kind=session.kind,
                title=_words(session, "title"),
                description=_words(session, "description"),
                module_id=session.module_id,
                starts_at=session.starts_at.astimezone(zone),
                minutes=session.minutes,
                room_id=session.room_id,
                audience=session.audience,
                places=session.places,
                sign_up_until=(
                    session.sign_up_until.astimezone(zone) if session.sign_up_until else None
                ),
                is_cancelled=session.state == Session.State.CANCELLED,
                people=tuple(
                    PartEntry(part.participation_id, part.role) for part in session.people.all()
                ),
            )
            for session in sessions
        ),
    )


def _words(thing: texts.Translated, field: str) -> Words:
    wordings = {code: text for code, text in thing.all_wordings(field).items() if text}
    return Words(dict(sorted(wordings.items())), thing.language)


def published(version: ProgrammeVersion) -> Programme:
    """The programme of a published version; it never changes, so it is kept once read."""
    return published_by_id(version.id)


@lru_cache(maxsize=32)
def published_by_id(version_id: UUID) -> Programme:
    """The same, for whoever knows the version's id only."""
    content = ProgrammeVersion.objects.values_list("content", flat=True).get(pk=version_id)
    return read(content)


def empty(programme: Programme) -> Programme:
    """The same week without a session: what there was before anything was published."""
    return replace(programme, modules=(), rooms=(), sessions=())


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 of the stored form, in canonical JSON."""
    return approvals.digest(approvals.canonical(content))


def write(programme: Programme) -> dict[str, Any]:
    """The stored form of a programme."""
    return {
        "format": FORMAT,
        "edition": str(programme.edition_id),
        "time_zone": programme.time_zone,
        "first_day": programme.first_day.isoformat(),
        "last_day": programme.last_day.isoformat(),
        "modules": [
            {"id": str(module.id), "number": module.number, "title": _plain(module.title)}
            for module in programme.modules
        ],
        "rooms": [
            {
                "id": str(room.id),
                "name": _plain(room.name),
                "capacity": room.capacity,
                "site_id": str(room.site_id),
                "site": _plain(room.site),
                "address": _plain(room.address),
            }
            for room in programme.rooms
        ],
        "sessions": [_plain_session(entry) for entry in programme.sessions],
    }


def _plain_session(entry: SessionEntry) -> dict[str, Any]:
    return {
        "id": str(entry.id),
        "kind": entry.kind,
        "title": _plain(entry.title),
        "description": _plain(entry.description),
        "module": str(entry.module_id) if entry.module_id else None,
        "starts_at": entry.starts_at.isoformat(),
        "minutes": entry.minutes,
        "room": str(entry.room_id) if entry.room_id else None,
        "audience": entry.audience,
        "places": entry.places,
        "sign_up_until": entry.sign_up_until.isoformat() if entry.sign_up_until else None,
        "is_cancelled": entry.is_cancelled,
        "people": [[str(part.participation_id), part.role] for part in entry.people],
    }


def _plain(words: Words) -> dict[str, Any]:
    return {"source": words.source, "texts": dict(words.texts)}


def read(content: dict[str, Any]) -> Programme:
    """The programme of a stored form. Raises `ValueError` for a form that a later release wrote."""
    if content["format"] != FORMAT:
        raise ValueError(
            f"This programme is stored in format {content['format']}; this release of Madang "
            f"reads format {FORMAT}. Upgrade it first."
        )
    time_zone = content["time_zone"]
    programme = Programme(
        edition_id=UUID(content["edition"]),
        time_zone=time_zone,
        first_day=date.fromisoformat(content["first_day"]),
        last_day=date.fromisoformat(content["last_day"]),
        modules=tuple(
            ModuleEntry(UUID(module["id"]), module["number"], _read_words(module["title"]))
            for module in content["modules"]
        ),
        rooms=tuple(
            RoomEntry(
                id=UUID(room["id"]),
                name=_read_words(room["name"]),
                capacity=room["capacity"],
                site_id=UUID(room["site_id"]),
                site=_read_words(room["site"]),
                address=_read_words(room["address"]),
            )
            for room in content["rooms"]
        ),
        sessions=(),
    )
    return _with_sessions(programme, content["sessions"])


def _with_sessions(programme: Programme, stored: Iterable[dict[str, Any]]) -> Programme:
    zone = programme.zone

    def moment(text: str | None) -> datetime | None:
        return datetime.fromisoformat(text).astimezone(zone) if text else None

    sessions = tuple(
        SessionEntry(
            id=UUID(entry["id"]),
            kind=entry["kind"],
            title=_read_words(entry["title"]),
            description=_read_words(entry["description"]),
            module_id=UUID(entry["module"]) if entry["module"] else None,
            starts_at=datetime.fromisoformat(entry["starts_at"]).astimezone(zone),
            minutes=entry["minutes"],
            room_id=UUID(entry["room"]) if entry["room"] else None,
            audience=entry["audience"],
            places=entry["places"],
            sign_up_until=moment(entry["sign_up_until"]),
            is_cancelled=entry["is_cancelled"],
            people=tuple(PartEntry(UUID(who), role) for who, role in entry["people"]),
        )
        for entry in stored
    )
    return replace(programme, sessions=sessions)


def _read_words(stored: dict[str, Any]) -> Words:
    return Words(stored["texts"], stored["source"])
