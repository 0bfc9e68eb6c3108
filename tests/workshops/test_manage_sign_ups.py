"""Somebody is found among many: sign-ups in pages, people by name where a list would be long."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.workshops.forms.persons import SHORT_LIST
from madang.workshops.models import Edition, Participation, Session, SignUp
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture
def trip(edition) -> Session:
    return make.make_session(edition, day=4, audience="sign_up")


def guest(edition: Edition, name: str, **fields) -> Participation:
    return make.make_participation(edition, make.make_person(name, **fields))


def page_of(trip: Session) -> str:
    return reverse("manage:sign_ups", args=[trip.edition.slug, trip.pk])


def test_many_sign_ups_come_in_pages_and_are_searched_by_name(
    officer, edition, trip, django_assert_max_num_queries
):
    for one in make.make_participations(edition, 51):
        make.make_sign_up(trip, one)
    make.make_sign_up(trip, guest(edition, "김하늘", latin_name="Kim Haneul"), state="waiting")
    with django_assert_max_num_queries(25):
        first = officer.get(page_of(trip))
    assert len(first.context["rows"].object_list) == 50
    assert (first.context["given"], first.context["waiting"]) == (51, 1)
    second = officer.get(page_of(trip), {"page": 2})
    assert "김하늘" in second.content.decode()
    found = officer.get(page_of(trip), {"q": "haneul"})
    assert [str(one.participation) for one in found.context["rows"]] == ["김하늘"]
    table = officer.get(page_of(trip), {"q": "haneul", "format": "csv"})
    lines = b"".join(table.streaming_content).decode().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["52", "김하늘"]]
    nobody = officer.get(page_of(trip), {"q": "nobody"}).content.decode()
    assert "Nobody of this name has signed up" in nobody


def give(officer: Client, trip: Session, name: str):
    return officer.post(page_of(trip), {"person": name})


def test_a_long_list_is_not_sent_but_asks_for_a_name(officer, edition, trip):
    make.make_participations(edition, SHORT_LIST)
    assert 'name="person"' in officer.get(page_of(trip)).content.decode()
    assert officer.get(page_of(trip)).content.decode().count("<option") > SHORT_LIST
    kim, lee = guest(edition, "Kim Haneul"), guest(edition, "Lee Haneul")
    page = officer.get(page_of(trip)).content.decode()
    assert "<option" not in page
    assert "A name or a part of it." in page

    assert "Nobody of this name" in give(officer, trip, "Fatima").content.decode()
    assert "Many people are called so" in give(officer, trip, "person").content.decode()
    asked = give(officer, trip, "haneul").content.decode()
    assert "choose one of them" in asked
    assert asked.count("<option") == 3
    assert not SignUp.objects.exists()
    give(officer, trip, lee.key)
    give(officer, trip, "kim h")
    assert {asked.participation for asked in SignUp.objects.all()} == {kim, lee}


def test_of_two_with_one_name_the_one_who_stands_there_stays(officer, edition, trip):
    make.make_participations(edition, SHORT_LIST)
    _other, kim = guest(edition, "Kim Haneul"), guest(edition, "Kim Haneul")
    part = make.make_part(trip, kim, role="speaker")
    address = reverse("manage:session_edit", args=[edition.slug, trip.pk])
    page = officer.get(address)
    assert "<option" not in str(page.context["parts"].forms[0]["person"])
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"day": "2007-10-11", "start": "09:30"}
    rows = {
        "people-TOTAL_FORMS": 2,
        "people-INITIAL_FORMS": 1,
        "people-0-person": "Kim Haneul",
        "people-0-role": "moderator",
        "people-1-person": "",
        "people-1-role": "speaker",
    }
    assert officer.post(address, sent | rows).status_code == 302
    [stored] = trip.people.all()
    assert (stored.participation, stored.role) == (kim, "moderator")
    assert stored.pk != part.pk
