"""Somebody's own calendar behind a secret address, and the page that leads to calendars."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client

from madang.core import clock
from madang.core.models import AuditEntry
from madang.people import erasure
from madang.workshops.actions import calendar_links
from madang.workshops.calendars import tokens
from madang.workshops.models import CalendarLink, Edition, Participation
from madang.workshops.pages import answers, serving
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_part,
    make_participation,
    make_sessions,
    make_sign_up,
)
from tests.support.calendars import BASE, calendar, events, make_week, publish, session
from tests.support.clients import client_of, signed_in


@pytest.fixture(autouse=True)
def _before_the_week():
    """A month before the week, with nothing kept."""
    answers.forget()
    serving.forget()
    with clock.at(datetime(2007, 9, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def edition(db) -> Edition:
    return make_week()


@pytest.fixture
def participant(edition) -> Participation:
    account = make_account(roles=[("participant", edition)])
    return make_participation(edition, account.person)


def client_for(participation: Participation) -> Client:
    return client_of(participation.person.account)


def own_address(participation: Participation) -> str:
    link = CalendarLink.objects.get(participation=participation)
    return f"{BASE}my/{tokens.shown(link)}.ics"


@pytest.fixture
def address(participant) -> str:
    client_for(participant).post(f"{BASE}calendar/link/")
    return own_address(participant)


def test_my_calendar_has_what_is_for_everyone_and_what_is_mine(edition, participant, address):
    assert list(events(calendar(address))) == ["From a vision to a roadmap", "Lunch", "Closing"]
    trip = session(edition, "Trip")
    asked = make_sign_up(trip, participant, state="waiting")
    assert events(calendar(address))["Trip"]["STATUS"] == "TENTATIVE"
    asked.confirm(actor=None)
    assert events(calendar(address))["Trip"]["STATUS"] == "CONFIRMED"
    asked.withdraw(actor=None)
    assert "Trip" not in events(calendar(address))
    make_part(trip, participant)
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    assert "Trip" in events(calendar(address))


def test_my_calendar_needs_no_sign_in_and_names_nobody(edition, participant, address):
    text = Client().get(address).text
    assert "Vakalala" not in text
    assert "DESCRIPTION" not in text
    assert str(participant.person) not in text


def test_my_calendar_costs_two_queries_for_any_number_of_sessions(
    edition, participant, address, django_assert_num_queries
):
    Client().get(address)
    with django_assert_num_queries(2):
        Client().get(address)
    make_sessions(edition, 150)
    publish(edition, datetime(2007, 9, 3, tzinfo=UTC))
    Client().get(address)
    with django_assert_num_queries(2):
        assert len(events(calendar(address))) == 153


def test_my_calendar_is_for_me_alone_and_not_sent_twice(address):
    answer = Client().get(address)
    assert answer["Cache-Control"].startswith("private")
    assert answer["X-Robots-Tag"] == "noindex"
    again = Client().get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_token_is_stored_nowhere(participant, address):
    token = address.rpartition("/")[2].removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert token not in {str(getattr(link, field.attname)) for field in link._meta.fields}
    assert link.digest == tokens.digest(token)


def test_another_address_ends_the_first(participant, address):
    client_for(participant).post(f"{BASE}calendar/link/")
    assert Client().get(address).status_code == 404
    assert Client().get(own_address(participant)).status_code == 200
    verbs = AuditEntry.objects.filter(verb__startswith="calendar_link").values_list("verb")
    assert [verb for (verb,) in verbs.order_by("at", "id")] == [
        "calendar_link.made",
        "calendar_link.renewed",
    ]


@pytest.mark.django_db(transaction=True)
def test_asking_for_the_first_address_twice_at_once_makes_one():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share nothing in a database in memory")
    for _round in range(5):
        account = make_account()
        participation = make_participation(make_edition(), account.person)
        together = Barrier(3)

        def ask(who, together=together, participation=participation) -> None:
            try:
                together.wait(10)
                calendar_links.renew(participation, actor=who)
            finally:
                connection.close()

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(ask, [account] * 3))
        assert CalendarLink.objects.get(participation=participation).serial == 3


def test_the_address_is_stopped_after_a_question(participant, address):
    client = client_for(participant)
    asked = client.get(f"{BASE}calendar/stop/")
    assert "no longer learn of changes" in asked.text
    assert Client().get(address).status_code == 200
    stopped = client.post(f"{BASE}calendar/stop/", follow=True)
    assert "answers no more" in stopped.text
    assert Client().get(address).status_code == 404
    assert client.get(f"{BASE}calendar/stop/").status_code == 404


def test_the_address_ends_sixty_days_after_the_week(edition, address):
    with clock.at(local(edition, 5, "12:00") + timedelta(days=60)):
        assert Client().get(address).status_code == 200
        assert calendar_links.purge() == 0
    with clock.at(local(edition, 5, "12:00") + timedelta(days=61)):
        assert Client().get(address).status_code == 404
    with clock.at(local(edition, 5, "12:00") + timedelta(days=62)):
        assert calendar_links.purge() == 1


def test_the_address_ends_with_the_participation(participant, address):
    participant.cancel(actor=None)
    assert Client().get(address).status_code == 404


def test_the_address_ends_with_the_person(participant, address):
    erasure.erase(participant.person, actor=None)
    assert Client().get(address).status_code == 404
    assert not CalendarLink.objects.exists()


def test_an_address_answers_for_its_own_edition_only(participant, address):
    make_edition(slug="other-2008")
    elsewhere = address.replace("incheon-2007", "other-2008")
    assert Client().get(elsewhere).status_code == 404
    assert Client().get(f"{BASE}my/guessed.ics").status_code == 404


# --- The page ------------------------------------------------------------------------------------
def test_the_page_leads_to_each_calendar_program(edition):
    page = Client().get(f"{BASE}calendar/").text
    assert 'href="webcal://127.0.0.1:8000/workshops/incheon-2007/calendar.ics"' in page
    google = re.search(r'href="(https://calendar\.google\.com[^"]+)"', page)[1]
    assert parse_qs(urlsplit(google).query)["cid"] == [
        "webcal://127.0.0.1:8000/workshops/incheon-2007/calendar.ics"
    ]
    assert "csrf" not in page


def test_the_page_in_persian_leads_to_the_persian_calendar(edition):
    page = Client(headers={"accept-language": "fa"}).get(f"{BASE}calendar/").text
    assert "calendar.ics?lang=fa" in page


def test_the_page_shows_who_takes_part_their_own_address_again_and_again(participant):
    client = client_for(participant)
    assert "Give me my address" in client.get(f"{BASE}calendar/").text
    told = client.post(f"{BASE}calendar/link/", follow=True)
    address = own_address(participant)
    assert address in told.text
    assert address in client.get(f"{BASE}calendar/").text


def test_those_who_take_no_part_have_no_own_address(edition):
    for client in (Client(), signed_in("secretariat"), signed_in(("host", edition))):
        assert client.post(f"{BASE}calendar/link/").status_code == 404
        assert client.post(f"{BASE}calendar/stop/").status_code == 404
        assert "my/" not in client.get(f"{BASE}calendar/").text
