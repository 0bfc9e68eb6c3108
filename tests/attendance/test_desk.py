"""The secretariat's pages of attendance, and one's own: numbers, settling, notes, sheets."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from madang.attendance.actions import entries, requests
from madang.attendance.models import CorrectionRequest, Doubt, Terms
from madang.people import erasure, own_data
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make
from tests.attendance.factories import Phone, after, later, make_officer, state_of
from tests.support.clients import client_of, signed_in


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


@pytest.fixture
def session(edition) -> Session:
    return make.make_session(edition, day=1, at="09:00", title="Opening")


@pytest.fixture
def officer(edition):
    return client_of(make_officer(edition))


@pytest.fixture
def one(edition) -> Participation:
    return make.make_participation(
        edition, make.make_person("Mere Tuilagi"), country=make.make_country("FJ")
    )


def address(name: str, edition: Edition, *args: object) -> str:
    return reverse(f"attendance:{name}", args=[edition.slug, *args])


def own(name: str, edition: Edition, *args: object) -> str:
    return reverse(f"own_attendance:{name}", args=[edition.slug, *args])


def taken(client: Client, page: str, kind: str) -> bytes:
    """A list as a file."""
    answer = client.get(page, {"format": kind})
    assert answer.status_code == 200
    return answer.getvalue()


def test_pages_cost_the_same_with_one_and_with_many(edition, session, officer, one):
    def costs() -> list[int]:
        found = []
        for name in ("sessions", "people", "doubts", "requests"):
            officer.get(address(name, edition))
            with CaptureQueriesContext(connection) as asked:
                officer.get(address(name, edition))
            found.append(len(asked))
        return found

    phone = Phone(make_officer(edition))
    with after(session):
        phone.scan(session, "no badge", session.starts_at)
        phone.send(edition)
        requests.ask(session, one, "I was there", actor=None)
        first = costs()
        for other in make.make_participations(edition, 20, country=make.make_country("TH")):
            requests.ask(session, other, "I was there", actor=None)
        make.make_sessions(edition, 10)
        for number in range(10):
            phone.scan(session, f"no badge {number}", session.starts_at)
        phone.send(edition)
        entries.everybody_present(session, actor=None)
        assert costs() == first


def test_lists_leave_as_sheets_and_no_name_is_a_formula(edition, session, officer):
    make.make_participation(edition, make.make_person("=HYPERLINK(1)"))
    with after(session):
        entries.everybody_present(session, actor=None)
        for name in ("sessions", "people"):
            for kind in ("csv", "xlsx", "pdf"):
                taken(officer, address(name, edition), kind)
        content = taken(officer, address("people", edition), "xlsx")
        sheet = load_workbook(BytesIO(content)).active
        csv = taken(officer, address("session", edition, session.pk), "csv")
    assert sheet["A2"].data_type == "s"
    assert "present" in [cell.value for cell in sheet[2]]
    assert "'=HYPERLINK(1)" in csv.decode()


def test_a_director_reads_and_settles_nothing(edition, session, one):
    director = signed_in(("director", edition))
    phone = Phone(make_officer(edition))
    with after(session):
        phone.scan(session, "no badge", session.starts_at)
        phone.send(edition)
    doubt = Doubt.objects.get()
    assert director.get(address("doubts", edition)).status_code == 200
    assert director.post(address("doubt", edition, doubt.pk), {"person": one.pk}).status_code == 404
    assert director.get(address("requests", edition)).status_code == 404
    assert Doubt.objects.exists()


def test_an_officer_says_whose_a_scan_is(edition, session, officer, one):
    phone = Phone(make_officer(edition))
    with after(session):
        phone.scan(session, "no badge", later(session.starts_at, 3))
        phone.send(edition)
        doubt = Doubt.objects.get()
        assert "no badge of ours" in officer.get(address("doubts", edition)).text
        elsewhere = make.make_participation(make.make_edition())
        wrong = officer.post(address("doubt", edition, doubt.pk), {"person": elsewhere.pk})
        assert wrong.status_code == 200
        officer.post(address("doubt", edition, doubt.pk), {"person": one.pk})
        assert state_of(session, one) == "present"
        assert officer.get(address("doubt", edition, doubt.pk)).status_code == 404


def test_the_terms_are_set_on_a_page_and_breaks_are_not_offered(edition, officer):
    page = officer.get(address("terms", edition)).text
    assert 'value="break"' not in page
    officer.post(
        address("terms", edition), {"grace_minutes": "15", "kinds": ["lecture", "ceremony"]}
    )
    stored = Terms.objects.get()
    assert (stored.grace_minutes, stored.kinds) == (15, "lecture ceremony")
    wrong = officer.post(
        address("terms", edition), {"grace_minutes": "-1", "kinds": ["break"], "version": "1"}
    )
    assert wrong.status_code == 200


def test_a_note_is_answered_and_puts_the_attendance_right(edition, session, officer, one):
    account = make.make_account(person=one.person)
    make.make_role(account, "participant", edition)
    client = client_of(account)
    with after(session):
        assert "absent" in client.get(own("my_attendance", edition)).text
        client.post(own("ask", edition, session.pk), {"note": "My badge was at the hotel."})
        client.post(own("ask", edition, session.pk), {"note": "My badge was in the taxi."})
        asked = CorrectionRequest.objects.get()
        assert "in the taxi" in officer.get(address("requests", edition)).text
        answer = {"answer": "We saw you.", "state": "present"}
        officer.post(address("answer", edition, asked.pk), answer)
        assert officer.post(address("answer", edition, asked.pk), answer).status_code == 404
        page = client.get(own("my_attendance", edition)).text
    assert "We saw you." in page
    assert state_of(session, one) == "present"


def test_nobody_objects_to_what_is_still_to_come(edition, session, one):
    account = make.make_account(person=one.person)
    make.make_role(account, "participant", edition)
    said = client_of(account).post(own("ask", edition, session.pk), {"note": "I shall be there"})
    assert "still to come" in said.text
    assert not CorrectionRequest.objects.exists()


def test_somebody_sees_what_is_known_of_them_and_their_words_go_with_them(edition, session, one):
    with after(session):
        entries.enter(session, one, "late", actor=None)
        requests.ask(session, one, "My badge was at the hotel.", actor=None)
        copy = own_data.copy_of(one.person, actor=None)
        assert len(copy["attendance"]) == len(copy["scans"]) == 1
        erasure.erase(one.person, actor=None)
    assert not CorrectionRequest.objects.exists()
    # That somebody was there stays, without a name.
    assert state_of(session, one) == "late"
