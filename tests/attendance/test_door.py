"""At the door: what phones send, the list by hand, the screen, checking in; who may do what."""

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from madang.attendance import badges, rotating
from madang.attendance.models import Attendance, Doubt, Scan, WrongCode
from madang.core import clock
from madang.people.models import Account
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make
from tests.attendance.factories import badge_of, later, make_officer, state_of
from tests.support.clients import client_of, signed_in


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


@pytest.fixture
def session(edition) -> Session:
    """From nine to ten on the first day."""
    return make.make_session(edition, day=1, at="09:00")


@pytest.fixture
def officer(edition) -> Client:
    return client_of(make_officer(edition))


@pytest.fixture
def one(edition) -> Participation:
    return make.make_participation(edition, make.make_person("Mere Tuilagi"))


def address(name: str, edition: Edition, *args: object) -> str:
    return reverse(f"own_attendance:{name}", args=[edition.slug, *args])


def scan(held: Session, what: Participation, **changes: object) -> dict[str, object]:
    """A scan as a phone sends it."""
    sent = {
        "id": str(uuid4()),
        "session": str(held.pk),
        "act": "in",
        "at": held.starts_at.isoformat(),
        "offset": 0,
        "badge": badge_of(what).digest,
    }
    return {name: value for name, value in (sent | changes).items() if value is not None}


def send(client: Client, edition: Edition, *scans: object, device: object = None):
    body = {"device": str(device or uuid4()), "scans": list(scans)}
    return client.post(address("scans", edition), json.dumps(body), content_type="application/json")


def teacher_of(edition: Edition, session: Session) -> Client:
    account = make.make_account(roles=[("resource_person", edition)])
    theirs = make.make_participation(edition, account.person, kind="resource_person")
    make.make_part(session, theirs)
    return client_of(account)


# --- What phones send ----------------------------------------------------------------------------
def test_a_batch_is_acknowledged_by_id_and_tells_who_is_here(edition, session, officer, one):
    sent = scan(session, one)
    with clock.at(later(session.starts_at, 5)):
        answers = [send(officer, edition, sent).json() for _time in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["received"] == [sent["id"]]
    assert answers[0]["here"] == {str(session.pk): [str(one.pk)]}
    assert datetime.fromisoformat(answers[0]["now"]) == later(session.starts_at, 5)
    assert Scan.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "7"},
        {"session": "<script>"},
        {"act": "dance"},
        {"at": "yesterday"},
        {"at": "2007-10-08T09:00:00"},
        {"at": "0001-01-01T00:00:00+00:00"},
        {"offset": "1e400"},
        {"offset": 10**30},
        {"badge": "Mere Tuilagi"},
        {"badge": None},
        {"participation": "x"},
        {"badge": ["a"]},
    ],
)
def test_a_scan_that_can_not_be_read_is_refused_and_the_others_are_taken(
    edition, session, officer, one, changes
):
    with clock.at(later(session.starts_at, 5)):
        answer = send(officer, edition, scan(session, one, **changes), scan(session, one)).json()
    assert len(answer["received"]) == 1
    assert len(answer["refused"]) == 1
    assert state_of(session, one) == "present"


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"[]", b'{"scans": 7}', b'{"scans": [' + b"{}," * 300 + b"{}]}"]
)
def test_what_is_no_batch_is_refused_whole(edition, officer, body):
    answer = officer.post(address("scans", edition), body, content_type="application/json")
    assert answer.status_code == 400
    assert not Scan.objects.exists()


def test_a_name_that_was_ticked_and_a_code_that_was_typed_count_too(edition, session, officer, one):
    other = make.make_participation(edition)
    code = badges.short_digest(edition.pk, badges.short_code(badge_of(other)))
    with clock.at(later(session.starts_at, 5)):
        send(
            officer,
            edition,
            scan(session, one, badge=None, participation=str(one.pk)),
            scan(session, other, badge=None, code=code),
        )
    assert {scan.method for scan in Scan.objects.all()} == {"hand", "code"}
    assert {state_of(session, each) for each in (one, other)} == {"present"}


def test_scans_need_a_token_against_forged_requests(edition, session, one):
    account = make_officer(edition)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(account)
    assert send(forged, edition, scan(session, one)).status_code == 403
    assert not Scan.objects.exists()


# --- Who may -------------------------------------------------------------------------------------
def test_a_resource_person_finds_their_own_sessions_only(edition, session, one):
    other = make.make_session(edition, day=1, at="11:00", title="Somebody else's")
    teacher = teacher_of(edition, session)
    page = teacher.get(address("door", edition))
    assert session.title in page.text
    assert "Somebody else" not in page.text
    assert teacher.get(address("hand", edition, session.pk)).status_code == 200
    assert teacher.get(address("screen", edition, session.pk)).status_code == 200
    for name in ("hand", "screen"):
        assert teacher.get(address(name, edition, other.pk)).status_code == 404
    marked = teacher.post(address("mark", edition, other.pk, one.pk), {"state": "present"})
    assert marked.status_code == 404
    assert not Attendance.objects.exists()


def test_a_speaker_without_that_role_takes_no_attendance(edition, session):
    account = make.make_account(roles=[("participant", edition)])
    make.make_part(session, make.make_participation(edition, account.person))
    client = client_of(account)
    assert client.get(address("door", edition)).status_code == 404
    assert client.get(address("hand", edition, session.pk)).status_code == 404


def test_a_phone_learns_hashes_and_names_but_no_code(edition, session, officer, one):
    badge = badge_of(one)
    page = officer.get(address("door", edition)).text
    assert badge.digest in page
    for secret in (badges.shown(badge), badges.short_code(badge), one.person.email or "@"):
        assert secret not in page


# --- By hand -------------------------------------------------------------------------------------
def test_the_list_by_hand_enters_excuses_and_takes_back(edition, session, officer, one):
    mark = address("mark", edition, session.pk, one.pk)
    for state, expected in (
        ("late", "late"), ("excused", "excused"), ("present", "present"), ("clear", ""),
    ):  # fmt: skip
        answer = officer.post(mark, {"state": state})
        assert answer.status_code == 302
        assert state_of(session, one) == expected
    assert officer.post(mark, {"state": "dancing"}).status_code == 404
    part = address("part", edition, session.pk, one.pk)
    assert "60 minutes" in officer.get(part).text
    assert officer.post(part, {"minutes": "61"}).status_code == 200
    assert officer.post(part, {"minutes": "25"}).status_code == 302
    assert Attendance.objects.get().minutes == 25


def test_everybody_is_present_by_one_button_and_not_by_another(edition, session, officer, one):
    make.make_participations(edition, 2)
    everybody = address("everybody", edition, session.pk)
    said = officer.post(everybody, follow=True).text
    assert "3 people are entered as present." in said
    assert "3 entries are taken back." in officer.post(everybody, {"undo": "1"}, follow=True).text
    assert "nothing to undo" in officer.post(everybody, {"undo": "1"}, follow=True).text
    assert not Attendance.objects.exists()


def test_nobody_is_entered_in_a_session_that_is_not_held(edition, officer, one):
    waiting = make.make_session(edition)
    said = officer.post(
        address("mark", edition, waiting.pk, one.pk), {"state": "present"}, follow=True
    ).text
    assert "not held" in said
    assert not Attendance.objects.exists()


def test_the_list_costs_the_same_with_one_and_with_many(
    edition, session, officer, one, django_assert_num_queries
):
    page = address("hand", edition, session.pk)
    officer.get(page)
    with django_assert_num_queries(14):
        officer.get(page)
    make.make_participations(edition, 30)
    officer.post(address("everybody", edition, session.pk))
    officer.get(page)
    with django_assert_num_queries(14):
        officer.get(page)


# --- The screen, and checking in -----------------------------------------------------------------
@pytest.fixture
def account(edition, one) -> Account:
    account = make.make_account(person=one.person)
    make.make_role(account, "participant", edition)
    return account


def test_the_code_of_the_screen_checks_in_once_and_the_one_before_too(
    edition, session, officer, one, account
):
    client = client_of(account)
    with clock.at(later(session.starts_at, -3)):
        code = rotating.code(session.pk, clock.now())
        assert code in officer.get(address("screen", edition, session.pk)).text
    with clock.at(later(session.starts_at, -3) + timedelta(seconds=rotating.SECONDS)):
        for _time in range(2):
            said = client.post(address("check_in", edition), {"code": code.lower()}, follow=True)
            assert "You are checked in" in said.text
        assert state_of(session, one) == "present"
        assert Scan.objects.get().method == "self"
    with clock.at(later(session.starts_at, 5)):
        said = client.post(address("check_in", edition), {"code": code}).text
        assert "it has changed" in said


def test_persian_digits_and_misread_letters_are_understood():
    assert rotating.normalised("۱o-2 لا") == rotating.normalised("102لا")


def test_nobody_finds_a_code_by_trying(edition, session, one, account):
    client = client_of(account)
    with clock.at(session.starts_at):
        for _time in range(8):
            client.post(address("check_in", edition), {"code": "000000"})
        code = rotating.code(session.pk, clock.now())
        assert (
            "Too many wrong codes" in client.post(address("check_in", edition), {"code": code}).text
        )
        assert WrongCode.objects.count() == 8
    with clock.at(later(session.starts_at, 25)):
        code = rotating.code(session.pk, clock.now())
        client.post(address("check_in", edition), {"code": code})
    assert state_of(session, one) == "late"


def test_only_while_a_session_of_ones_own_is_on(edition, session, one, account):
    lab = make.make_session(edition, day=1, at="09:00", audience="sign_up")
    client = client_of(account)
    with clock.at(later(session.starts_at, -40)):
        early = rotating.code(session.pk, clock.now())
        assert (
            "No session of yours is on"
            in client.post(address("check_in", edition), {"code": early}).text
        )
    with clock.at(session.starts_at):
        foreign = rotating.code(lab.pk, clock.now())
        client.post(address("check_in", edition), {"code": foreign})
    assert not Attendance.objects.exists()


def test_the_screen_says_nothing_of_who_shows_it(edition, session):
    account = make.make_account(
        person=make.make_person("Kim Minji"), roles=[("secretariat", edition)]
    )
    with clock.at(session.starts_at):
        page = client_of(account).get(address("screen", edition, session.pk)).text
    assert "Kim Minji" not in page
    assert account.email not in page
    assert "<svg" in page


def test_checking_in_is_asked_for_while_a_session_runs(edition, session, one, account):
    client = client_of(account)
    week = reverse("workshops:to_do", args=[edition.slug])
    with clock.at(later(session.starts_at, -60)):
        assert "Check in" not in client.get(week).text
    with clock.at(session.starts_at):
        assert "Check in" in client.get(week).text


# --- A visitor -----------------------------------------------------------------------------------
def test_a_visitor_sends_nothing(edition, session, one):
    assert send(Client(), edition, scan(session, one)).status_code == 404
    assert send(signed_in(("participant", edition)), edition, scan(session, one)).status_code == 404
    assert not Doubt.objects.exists()
