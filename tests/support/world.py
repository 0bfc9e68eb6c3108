"""One small world with one of everything: what the walk over all addresses needs as arguments.

There are two editions. `here` is published twice and its texts are hostile: they try to become
markup wherever a page shows them. `elsewhere` is a draft with as many things of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils.html import escape

from madang.core import approvals, clock, outbox
from madang.core.models import Job
from madang.newsroom import actions as newsroom
from madang.newsroom.models import Release
from madang.people.actions import consents, countries
from madang.people.actions.roles import delegate_role
from madang.people.models import Account, Consent
from madang.workshops.actions import calendar_links, materials, publication
from madang.workshops.calendars import tokens
from madang.workshops.models import (
    Edition,
    Participation,
    RecommendationAnswer,
    Session,
    TimetableSuggestion,
)
from tests import factories as make
from tests.support.world_cohort import PDF, add_cohort
from tests.support.world_journeys import add_journeys
from tests.support.world_letters import add_letters

# Would run, or open an element, an attribute or an address, wherever it is not escaped.
HOSTILE = "<script>hostile()</script><i class=hostile>\"onx='hostile()' {{ hostile }}"
ABSENT = UUID("01890000-0000-7000-8000-000000000000")
# On the third day of the week that both editions have.
MOMENT = datetime(2007, 10, 10, 3, tzinfo=UTC)


@dataclass
class Half:
    """An edition and one of everything that belongs to it.

    `tokens` are the secret parts of addresses: of links by their purpose, and of a calendar.
    """

    edition: Edition
    things: dict[str, Model] = field(default_factory=dict)
    release: Release | None = None
    tokens: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """Both editions, who is asked as, and things that belong to no edition."""

    here: Half
    elsewhere: Half
    accounts: dict[str, Account | None]
    things: dict[str, Any]


def make_world() -> World:
    """Everything, by the factories and the actions that the pages use."""
    here, elsewhere = _half("here", HOSTILE), _half("elsewhere", "Quiet", state="draft")
    accounts = _accounts(here, elsewhere)
    for half, side in ((here, "here"), (elsewhere, "elsewhere")):
        nominee, officer, director = (
            accounts[f"{kind} {side}"] for kind in ("participant", "secretariat", "director")
        )
        assert nominee is not None
        assert officer is not None
        assert director is not None
        text = half.edition.title
        participation = _people(half, nominee)
        _press(half, officer, director)
        add_cohort(half, text, officer, director, nominee.person)
        add_letters(half, text, officer, director, nominee.person)
        add_journeys(half, text, officer, participation)
    publication.publish(here.edition, actor=None)
    make.make_session(here.edition, day=2, title=f"Added later {HOSTILE}")
    publication.publish(here.edition, actor=None, notes={"en": HOSTILE})
    return World(here, elsewhere, accounts, _of_no_edition(accounts))


def world_for_a_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A fixture of a module whose tests only look at the world, which is dear to make.

    It lives in a transaction around those of the tests, and goes with it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(MOMENT):
            world = make_world()
        yield world
        transaction.set_rollback(True)


def _half(slug: str, text: str, **fields: Any) -> Half:
    series = make.make_series(title=text[:120])
    earlier = make.make_edition(series=series, number=1, slug=f"{slug}-before", title=text)
    edition = make.make_edition(
        series=series, number=2, slug=slug, title=text, description=text, **fields
    )
    site = make.make_site(edition, f"Site {text}")
    module = make.make_module(edition, title=text)
    room = make.make_room(site, text)
    make.make_site(edition)
    session = make.make_session(
        edition, day=1, room=room, module=module, title=text, description=text
    )
    trip = make.make_session(
        edition, day=4, title=f"Trip {text}", audience=Session.Audience.SIGN_UP, places=2
    )
    speaker = make.make_participation(
        edition, make.make_person(f"Speaker {text}"), kind=Participation.Kind.RESOURCE_PERSON
    )
    cancelled = make.make_participation(edition, state=Participation.State.CANCELLED)
    make.make_part(session, speaker)
    earlier_recommendation = make.make_recommendation(earlier, text)
    things: dict[str, Model] = {
        "edition": edition,
        "series": series,
        "module": module,
        "site": site,
        "room": room,
        "session": session,
        "trip": trip,
        "participation": speaker,
        "cancelled": cancelled,
        "partner": make.make_partner(edition, contribution=text),
        "recommendation": make.make_recommendation(edition, text),
        "answer": RecommendationAnswer.objects.create(
            recommendation=earlier_recommendation, edition=edition, text=text
        ),
        "material": materials.add_material(
            edition, {"title": text, "session": session}, PDF, actor=None
        ),
        "suggestion": TimetableSuggestion.objects.create(edition=edition, status="optimal"),
    }
    return Half(edition, things)


def _accounts(here: Half, elsewhere: Half) -> dict[str, Account | None]:
    """One account of each role; its name is what the walk's table calls it."""
    organisation = make.make_organisation(f"Institute {HOSTILE}")
    wanted: dict[str, list[make.RoleWanted]] = {
        "stranger": [],
        "focal point": [("focal_point", make.make_country("FJ"))],
        "coordinator": [("institute_coordinator", organisation)],
        "director": ["director"],
        "secretariat": ["secretariat"],
    }
    for side, half in (("here", here), ("elsewhere", elsewhere)):
        for kind in ("participant", "resource_person", "host", "director", "secretariat"):
            wanted[f"{kind.replace('_', ' ')} {side}"] = [(kind, half.edition)]
    accounts: dict[str, Account | None] = {"visitor": None}
    for name, roles in wanted.items():
        person = make.make_person(f"{name.capitalize()} {HOSTILE}", position=HOSTILE[:100])
        accounts[name] = make.make_account(roles=roles, person=person)
    return accounts


def _people(half: Half, account: Account) -> Participation:
    """Somebody who takes part, signed up for the trip, with a calendar of their own."""
    participation = make.make_participation(half.edition, account.person)
    consents.give_consent(account.person, actor=None, purpose=Consent.Purpose.PUBLIC_NAME)
    other = make.make_participation(half.edition)
    half.things["sign_up"] = make.make_sign_up(half.things["trip"], other)
    half.tokens["calendar"] = tokens.token(calendar_links.renew(participation, actor=account))
    return participation


def _press(half: Half, author: Account, director: Account) -> None:
    """A release that is out, and one that waits for its director."""
    text = half.edition.title
    values = {"edition": half.edition, "title": text[:200], "lead": text, "body": text}
    out = newsroom.add(values, actor=author)
    approval = newsroom.put_up(out, director=director, actor=author)
    approvals.approve(approval, actor=director, seen=approval.digest)
    out.refresh_from_db()
    newsroom.publish(out, actor=author)
    waiting = newsroom.add(values, actor=author)
    half.things["attachment"] = newsroom.attach(
        waiting, SimpleUploadedFile("notes.pdf", PDF), actor=author
    )
    half.things["approval"] = newsroom.put_up(waiting, director=director, actor=author)
    half.things["waiting"] = waiting
    half.release = out


def _of_no_edition(accounts: dict[str, Account | None]) -> dict[str, Any]:
    stranger, focal_point = accounts["stranger"], accounts["focal point"]
    assert stranger is not None
    assert focal_point is not None
    delegated = delegate_role(
        focal_point.roles.get(),
        actor=focal_point,
        to=stranger,
        starts_at=clock.now() + timedelta(days=400),
        ends_at=clock.now() + timedelta(days=410),
    )
    country = make.make_country("FJ")
    return {
        "account": stranger,
        "holder": focal_point,
        "role": focal_point.roles.get(),
        "delegated": delegated,
        "country": country,
        "spelling": countries.add_name(country, actor=None, text="Viti"),
        "organisation": make.make_organisation(HOSTILE),
        "remaining": make.make_organisation("The remaining one"),
        "job": Job.objects.create(
            kind="timetable", title=HOSTILE, owner_id=accounts["secretariat here"].pk
        ),
        "message": outbox.write(
            key="walk",
            to="someone@example.org",
            heading=HOSTILE,
            text=HOSTILE,
            html=f"<p>{escape(HOSTILE)}</p>",
        ),
    }
