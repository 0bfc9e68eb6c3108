"""What counts, who is expected, and the shares that certificates and reports rely on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.attendance.actions import entries, terms
from madang.attendance.models import Attendance, Terms
from madang.attendance.queries import by_session, shares
from madang.core import clock, events
from madang.core.models import StaleRecordError
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import publication
from madang.workshops.actions.participations import cancel_participation
from madang.workshops.models import Edition, Session
from tests import factories as make
from tests.attendance.factories import Phone, after, later, make_officer, state_of


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


def day_of(edition: Edition) -> tuple[Session, Session, Session, Session]:
    """A lecture, a coffee, a reception and a lab with places, an hour each, on the first day."""
    return (
        make.make_session(edition, day=1, at="09:00"),
        make.make_session(edition, day=1, at="10:00", kind="break"),
        make.make_session(edition, day=1, at="11:00", kind="reception"),
        make.make_session(edition, day=1, at="13:00", kind="hands_on", audience="sign_up"),
    )


def test_a_share_is_of_what_is_over_counts_and_was_for_that_person(edition):
    lecture, _coffee, _reception, lab = day_of(edition)
    with_place, without = make.make_participations(edition, 2)
    make.make_sign_up(lab, with_place)
    phone = Phone(make_officer(edition))
    phone.scan(lecture, with_place, later(lecture.starts_at, 30))
    phone.scan(lecture, without, lecture.starts_at)
    with after(lecture):
        phone.send(edition)
        found = shares(edition)
        assert found[with_place.pk].share == 0.5
        assert found[without.pk].share == 1.0
    with after(lab):
        found = shares(edition)
        assert (found[with_place.pk].minutes, found[with_place.pk].held_minutes) == (30, 120)
        assert (found[with_place.pk].sessions, found[with_place.pk].sessions_held) == (1, 2)
        assert found[without.pk].sessions_held == 1


def test_before_anything_is_over_nobody_has_a_share(edition):
    day_of(edition)
    one = make.make_participation(edition)
    assert shares(edition)[one.pk].share == 0.0


def test_whoever_was_excused_is_measured_by_the_rest(edition):
    lecture, *_rest, lab = day_of(edition)
    one = make.make_participation(edition)
    make.make_sign_up(lab, one)
    with after(lab):
        entries.enter(lecture, one, "present", actor=None)
        entries.enter(lab, one, "excused", actor=None)
        found = shares(edition)[one.pk]
    assert (found.share, found.sessions_held) == (1.0, 1)


def test_whoever_left_on_wednesday_is_measured_until_then(edition):
    first = make.make_session(edition, day=1)
    make.make_session(edition, day=4)
    one = make.make_participation(edition)
    with after(first):
        entries.enter(first, one, "present", actor=None)
    with clock.at(make.local(edition, 3, "09:00")):
        cancel_participation(one, actor=None)
    with clock.at(make.local(edition, 5, "18:00")):
        found = shares(edition)[one.pk]
        counted = by_session(edition)
    assert (found.share, found.sessions_held) == (1.0, 1)
    assert [(each.expected, each.came, each.missing) for each in counted] == [(1, 1, 0), (0, 0, 0)]


def test_which_kinds_count_is_set_and_one_session_can_differ(edition):
    lecture, coffee, reception, _lab = day_of(edition)
    one = make.make_participation(edition)
    terms.set_counts(reception, counts=True, actor=None)
    terms.set_counts(lecture, counts=False, actor=None)
    with after(reception):
        assert shares(edition)[one.pk].sessions_held == 1
        terms.set_counts(lecture, counts=None, actor=None)
        assert shares(edition)[one.pk].sessions_held == 2
        values = {"grace_minutes": 5, "kinds": "case_study"}
        terms.change(edition, values, expected_version=None, actor=None)
        assert shares(edition)[one.pk].sessions_held == 1
    with pytest.raises(RefusedError, match="break"):
        terms.set_counts(coffee, counts=True, actor=None)


def test_attendance_follows_when_the_grace_or_the_programme_changes(edition):
    session = make.make_session(edition, day=1, at="09:00")
    one = make.make_participation(edition)
    phone = Phone(make_officer(edition))
    phone.scan(session, one, later(session.starts_at, 8))
    with after(session):
        phone.send(edition)
        assert state_of(session, one) == "present"
        terms.change(edition, {"grace_minutes": 5}, expected_version=None, actor=None)
        assert state_of(session, one) == "late"
        stored = Terms.objects.get()
        with pytest.raises(RefusedError):
            terms.change(edition, {"grace_minutes": 6}, expected_version=None, actor=None)
        terms.change(edition, {"grace_minutes": 6}, expected_version=stored.version, actor=None)
        with pytest.raises(StaleRecordError):
            terms.change(edition, {"grace_minutes": 7}, expected_version=stored.version, actor=None)
        # It began ten minutes later than planned, and the programme says so afterwards.
        session.starts_at = later(session.starts_at, 10)
        session.save()
        publication.publish(edition, actor=None)
        events.deliver_waiting()
        assert state_of(session, one) == "present"


def test_shares_and_counts_cost_the_same_for_any_number_of_people_and_sessions(edition):
    def cost() -> list[int]:
        found = []
        for ask in (shares, by_session):
            with CaptureQueriesContext(connection) as asked:
                ask(edition)
            found.append(len(asked))
        return found

    session = make.make_session(edition, day=1)
    make.make_participation(edition)
    first = cost()
    make.make_participations(edition, 20)
    make.make_sessions(edition, 20)
    with after(session):
        entries.everybody_present(session, actor=None)
        assert Attendance.objects.count() == 21
        assert cost() == first
    assert max(first) <= 11
