"""Invented editions of any size, written in bulk and published, and what their pages cost.

Imported in a process that has loaded Django (see `installation.call`).
"""

import gzip
import random
import time
from datetime import timedelta
from typing import Any

import brotli
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madang.core.models import AuditEntry, StoredFile
from madang.people.models import Account, Organisation
from madang.workshops.actions import publication
from madang.workshops.models import (
    Edition,
    Material,
    MaterialVersion,
    Module,
    Participation,
    Room,
    Session,
    SessionPerson,
)
from tests import factories as make
from tests.support.clients import client_of

MODULES = ("Strategy and leadership", "Law and trust", "Services", "Measuring and learning")
SUBJECTS = (
    "A national portal in one year",
    "Identity cards and the law of privacy",
    "Village centres with one telephone line",
    "Customs without paper",
    "Measuring what citizens gain",
    "Agreeing on names for data between ministries",
    "Buying software as a small country",
    "Answering letters by electronic mail",
)
SENTENCES = (
    "The country paper shows what was planned, what was done and what remains.",
    "Participants bring the organisation chart of their ministry and mark who decides.",
    "The group compares three ways of paying for the service and chooses one.",
    "Two islands tell how they share one registry.",
    "At the end everyone writes down the first step to take at home.",
)
SLOTS_A_DAY = 8
DAYS = 5


def load(sizes: list[tuple[int, int]]) -> list[dict[str, str]]:
    """Make and publish an edition for each pair of sessions and people (see `_load`)."""
    return [_load(sessions, people) for sessions, people in sizes]


def _load(sessions: int, people: int) -> dict[str, str]:
    """Make and publish one; gives the addresses of its pages by name, and a participant's cookie.

    Half of the people have a part in a session, at most two for each session; every session has a
    room, most a module, and one public material.
    """
    slug = f"of-{sessions}-sessions"
    edition = make.make_edition(
        slug=slug, title=f"{sessions} sessions", series=make.make_series(slug=slug)
    )
    chance = random.Random(sessions)  # noqa: S311  (invented content, not a secret)
    modules = [
        make.make_module(edition, number, title=title) for number, title in enumerate(MODULES, 1)
    ]
    places = -(-sessions // (SLOTS_A_DAY * DAYS))
    site = make.make_site(edition, "Conference centre")
    rooms = [make.make_room(site, f"Room {number}", capacity=60) for number in range(1, places + 1)]
    for _ in range(4):
        make.make_partner(edition)
    planned = Session.objects.bulk_create(
        _session(edition, place, chance, modules, rooms) for place in range(sessions)
    )
    taking_part = make.make_participations(
        edition,
        people,
        country=make.make_country("FJ"),
        organisation=make.make_organisation(),
    )
    _give_parts(planned, taking_part[: people // 2], chance)
    _give_materials(edition, planned)
    publication.publish(edition, actor=None)
    return _addresses(edition, planned[-1]) | {"cookie": _cookie(edition, taking_part[-1])}


def _session(
    edition: Edition, place: int, chance: random.Random, modules: list[Module], rooms: list[Room]
) -> Session:
    slot, room = divmod(place, len(rooms))
    day, hour = divmod(slot, SLOTS_A_DAY)
    start = make.local(edition, day + 1, "09:00") + timedelta(hours=hour)
    return Session(
        edition=edition,
        kind=chance.choice([Session.Kind.LECTURE, Session.Kind.GROUP_WORK]),
        title=f"{chance.choice(SUBJECTS)} ({place + 1})",
        description=" ".join(chance.sample(SENTENCES, 3)),
        module=modules[place % len(modules)] if place % 10 else None,
        starts_at=start,
        room=rooms[room],
        version=1,
    )


def _give_parts(
    sessions: list[Session], people: list[Participation], chance: random.Random
) -> None:
    SessionPerson.objects.bulk_create(
        SessionPerson(session=session, participation=one, order=order, version=1)
        for session in sessions
        for order, one in enumerate(chance.sample(people, 2))
    )


def _give_materials(edition: Edition, sessions: list[Session]) -> None:
    materials = Material.objects.bulk_create(
        Material(edition=edition, session=session, title="Slides", audience="public", version=1)
        for session in sessions
    )
    files = StoredFile.objects.bulk_create(
        StoredFile(
            owner_model="workshops.material",
            owner_id=material.pk,
            name="slides.pdf",
            media_type="application/pdf",
            size=250_000,
            digest="0" * 64,
            version=1,
        )
        for material in materials
    )
    MaterialVersion.objects.bulk_create(
        MaterialVersion(material=material, number=1, file=file, version=1)
        for material, file in zip(materials, files, strict=True)
    )


def _addresses(edition: Edition, session: Session) -> dict[str, str]:
    base = f"/workshops/{edition.slug}/"
    desk = f"/manage/{edition.slug}/"
    return {
        "desk": desk,
        "programme": f"{base}programme/",
        "day": f"{base}programme/{edition.starts_on}/",
        "edition": base,
        "session": f"{base}sessions/{session.pk}/",
        "data": f"{base}programme.json",
        "calendar": f"{base}calendar.ics",
    }


def _cookie(edition: Edition, participation: Participation) -> str:
    account = Account.objects.create_user(
        email=f"{edition.slug}@example.org", person=participation.person
    )
    make.make_role(account, "participant", edition)
    return _session_of(account)


def _session_of(account: Account) -> str:
    client = client_of(account)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"


def load_house(how_many: int) -> str:
    """Add so many accounts, organisations and lines of history; gives a secretariat's cookie."""
    people = make.make_people(how_many)
    Account.objects.bulk_create(
        Account(email=f"{person.pk}@example.org", person=person, version=1) for person in people
    )
    Organisation.objects.bulk_create(
        Organisation(name=f"Ministry {one.pk}", sort_key=f"ministry {one.pk}", version=1)
        for one in people
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(verb="person.changed", thing_model="people.person", thing_id=one.pk, facts={})
        for one in people
    )
    officer = Account.objects.create_user(
        email=f"officer-{how_many}@example.org", person=make.make_person("Officer")
    )
    make.make_role(officer, "secretariat")
    return _session_of(officer)


# --- What a page costs without any load ----------------------------------------------------------
def costs(addresses: list[str], cookie: str = "") -> list[dict[str, Any]]:
    """Of each page: status, queries and milliseconds the first time and from then on, and bytes."""
    client = Client(headers={"accept-encoding": "br"}, SERVER_NAME="127.0.0.1")
    if cookie:
        name, _, value = cookie.partition("=")
        client.cookies[name] = value
    client.get("/offline/")  # Whatever the first page of a process loads is not the page's cost.
    return [_cost(client, address) for address in addresses]


def _cost(client: Client, address: str) -> dict[str, Any]:
    first, first_queries, first_time = _asked(client, address)
    again, queries, taken = _asked(client, address)
    body = _body(again)
    return {
        "status": first.status_code,
        "first_queries": first_queries,
        "first_ms": first_time,
        "queries": queries,
        "ms": taken,
        "sent": len(body),
        "plain": len(_plain(again, body)),
    }


def _asked(client: Client, address: str) -> tuple[HttpResponse, int, float]:
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return response, len(captured), round(1000 * (time.perf_counter() - started), 2)


def _body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def _plain(response: HttpResponse, body: bytes) -> bytes:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    return unpack.get(response.get("Content-Encoding", ""), bytes)(body)
