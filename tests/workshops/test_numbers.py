"""What a host prepares for: numbers, and nobody's name."""

import json

import pytest

from madang.workshops.actions import publication
from madang.workshops.pages import serving
from tests.factories import (
    make_account,
    make_edition,
    make_participations,
    make_session,
    make_sign_up,
)
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_pages():
    serving.forget()


@pytest.fixture
def edition(db):
    edition = make_edition(slug="incheon-2007")
    people = make_participations(edition, 5)
    make_session(edition, day=1, title="Opening")
    make_session(edition, day=2, title="Cancelled talk", state="cancelled")
    trip = make_session(edition, day=3, title="Trip", audience="sign_up", places=2)
    for person, state in zip(people, ("confirmed", "confirmed", "waiting"), strict=False):
        make_sign_up(trip, person, state=state)
    publication.publish(edition, actor=None)
    return edition


def address(edition):
    return f"/workshops/{edition.slug}/numbers/"


def test_a_host_sees_how_many_come_and_no_names(edition):
    host = client_of(make_account(roles=[("host", edition)]))
    page = host.get(address(edition))
    assert "Opening" in page.text
    assert ">5</td>" in page.text
    assert "of 2" in page.text
    assert "(1 waiting)" in page.text
    assert "Cancelled talk" not in page.text
    assert "Person " not in page.text


def test_the_numbers_can_be_taken_as_a_table(edition):
    host = client_of(make_account(roles=[("host", edition)]))
    answer = host.get(f"{address(edition)}?format=json")
    rows = json.loads(b"".join(answer.streaming_content))
    assert [(row["session"], row["people"], row["waiting"]) for row in rows] == [
        ("Opening", 5, 0),
        ("Trip", 2, 1),
    ]


@pytest.mark.parametrize("kind", ["participant", "resource_person"])
def test_others_have_no_such_page(edition, kind):
    assert client_of(make_account(roles=[(kind, edition)])).get(address(edition)).status_code == 404


@pytest.mark.parametrize("how_many", [1, 100])
def test_the_page_costs_the_same_for_many_sessions(edition, how_many, django_assert_num_queries):
    for number in range(how_many):
        make_session(edition, day=3, title=f"Session {number}")
    publication.publish(edition, actor=None, notes={"en": "More."})
    host = client_of(make_account(roles=[("host", edition)]))
    host.get(address(edition))  # the published programme is kept from here on
    with django_assert_num_queries(10):
        host.get(address(edition))
