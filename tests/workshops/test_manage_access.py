"""Who finds what below /manage/: the secretariat everything, a director to read, others nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.workshops.actions import materials
from madang.workshops.models import Participation, RecommendationAnswer, Session
from tests import factories as make

pytestmark = pytest.mark.django_db

READ = (
    "edition", "sessions", "people", "materials", "places", "recommendations", "settings",
    "history",
)  # fmt: skip
CHANGE = (
    "edition_edit", "edition_repeat", "module_add", "partner_add", "session_add", "person_find",
    "person_add", "material_add", "site_add", "travel", "recommendation_add",
)  # fmt: skip


@pytest.fixture
def week():
    """An edition with one of everything, and the addresses of its pages."""
    earlier = make.make_edition(number=1)
    edition = make.make_edition(series=earlier.series, number=2)
    module = make.make_module(edition)
    site = make.make_site(edition)
    make.make_site(edition)
    room = make.make_room(site)
    person = make.make_participation(edition, kind=Participation.Kind.RESOURCE_PERSON)
    session = make.make_session(
        edition, day=1, room=room, module=module, audience=Session.Audience.SIGN_UP, places=2
    )
    make.make_part(session, person)
    make.make_sign_up(session, make.make_participation(edition))
    partner = make.make_partner(edition)
    material = materials.add_material(
        edition, {"title": "Slides", "session": session}, b"%PDF-1.4\n%%EOF\n", actor=None
    )
    recommendation = make.make_recommendation(edition)
    answer = RecommendationAnswer.objects.create(
        recommendation=make.make_recommendation(earlier), edition=edition
    )
    things = {
        "module": module, "site": site, "room": room, "session": session, "partner": partner,
        "material": material, "recommendation": recommendation, "answer": answer,
        "edition": edition,
    }  # fmt: skip
    read = [reverse(f"manage:{name}", args=[edition.slug]) for name in READ]
    read += [
        reverse("manage:session", args=[edition.slug, session.pk]),
        reverse("manage:sign_ups", args=[edition.slug, session.pk]),
        reverse("manage:person", args=[edition.slug, person.pk]),
        reverse("manage:material", args=[edition.slug, material.pk]),
    ]
    change = [reverse(f"manage:{name}", args=[edition.slug]) for name in CHANGE]
    change += [
        reverse(f"manage:{name}", args=[edition.slug, thing.pk])
        for name, thing in (
            ("module_edit", module),
            ("module_remove", module),
            ("partner_edit", partner),
            ("partner_remove", partner),
            ("site_edit", site),
            ("site_remove", site),
            ("room_add", site),
            ("room_edit", room),
            ("room_remove", room),
            ("session_edit", session),
            ("session_remove", session),
            ("person_edit", person),
            ("person_cancel", person),
            ("material_edit", material),
            ("material_version", material),
            ("material_withdraw", material),
            ("recommendation_edit", recommendation),
            ("recommendation_remove", recommendation),
            ("answer_edit", answer),
        )
    ]
    change += [
        reverse("manage:translation", args=[edition.slug, kind, thing.pk])
        for kind, thing in things.items()
    ]
    return edition, read, change


def statuses(client: Client, addresses: list[str]) -> dict[str, int]:
    return {address: client.get(address).status_code for address in addresses}


def signed_in(*roles) -> Client:
    client = Client()
    client.force_login(make.make_account(roles=roles))
    return client


def test_the_secretariat_opens_every_page(week):
    edition, read, change = week
    above = [
        reverse(f"manage:{name}") for name in ("desk", "series_list", "series_add", "edition_add")
    ]
    above.append(reverse("manage:edition_add") + f"?series={edition.series.pk}")
    above.append(reverse("manage:series_edit", args=[edition.series.slug]))
    above.append(reverse("manage:series_translation", args=[edition.series.slug]))
    found = statuses(signed_in("secretariat"), above + read + change)
    assert {address: status for address, status in found.items() if status != 200} == {}


def test_a_director_reads_everything_and_is_offered_no_change(week):
    edition, read, change = week
    director = signed_in(("director", edition))
    assert set(statuses(director, read).values()) == {200}
    assert set(statuses(director, change).values()) == {404}
    for address in read:
        page = director.get(address).content.decode()
        main = page[page.index('<main id="main">') :]
        assert 'method="post"' not in main, address
        assert "/add/" not in main, address
        assert "/edit/" not in main, address


@pytest.mark.parametrize("role", [None, "participant", "resource_person", "host", "focal_point"])
def test_to_everybody_else_nothing_is_there(week, role):
    edition, read, change = week
    scope = make.make_country() if role == "focal_point" else edition
    client = signed_in((role, scope)) if role else Client()
    assert set(statuses(client, [reverse("manage:desk"), *read, *change]).values()) == {404}


def test_the_secretariat_of_another_edition_finds_nothing_in_this_one(week):
    _edition, read, change = week
    client = signed_in(("secretariat", make.make_edition()))
    assert set(statuses(client, read + change).values()) == {404}


def test_a_thing_of_another_edition_is_not_found_below_this_one(week):
    edition, _read, _change = week
    foreign = make.make_session(make.make_edition())
    address = reverse("manage:session", args=[edition.slug, foreign.pk])
    assert signed_in("secretariat").get(address).status_code == 404


def test_the_director_of_an_edition_changes_nothing_by_posting(week):
    edition, _read, change = week
    director = signed_in(("director", edition))
    posts = [address for address in change if not address.endswith("/find/")]
    posts.append(reverse("manage:edition_state", args=[edition.slug, "close"]))
    assert {director.post(address, {"x": "y"}).status_code for address in posts} == {404}
