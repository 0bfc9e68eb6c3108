"""Sessions are put at their places by hand: checked, noticed when stale, and put back."""

from datetime import timedelta

import pytest

from madang.core.models import AuditEntry, StaleRecordError
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions.placing import Place, place, place_all
from madang.workshops.actions.sessions import add_session, change_session
from madang.workshops.models import Session
from tests.factories import local, make_account, make_edition, make_room, make_session


@pytest.fixture
def session(db) -> Session:
    return make_session(make_edition())


def test_a_session_is_placed_and_where_it_was_is_answered(session):
    officer = make_account()
    room = make_room(session.edition)
    start = local(session.edition, 2, "09:05")
    before = place(session, Place(start, room.id, 75), actor=officer)
    assert before == Place(None, None, 60)
    session.refresh_from_db()
    assert Place.of(session) == Place(start, room.id, 75)
    line = AuditEntry.objects.get(verb="session.placed")
    assert (line.actor_id, line.scope_id) == (officer.id, session.edition_id)
    place(session, before, actor=officer)
    session.refresh_from_db()
    assert session.starts_at is None
    assert AuditEntry.objects.filter(verb="session.unplaced").exists()


def test_where_it_stands_already_nothing_is_written(session):
    version = session.version
    place(session, Place.of(session), actor=None)
    session.refresh_from_db()
    assert session.version == version
    assert not AuditEntry.objects.filter(verb__startswith="session.").exists()


@pytest.mark.parametrize(
    ("shift", "minutes", "field"),
    [
        (timedelta(minutes=3), 60, "start"),
        (timedelta(seconds=1), 60, "start"),
        (timedelta(microseconds=1), 60, "start"),
        (timedelta(0), 4, "minutes"),
        (timedelta(0), 24 * 60 + 1, "minutes"),
    ],
)
def test_a_place_that_makes_no_session_is_refused_in_words(session, shift, minutes, field):
    start = local(session.edition, 1, "09:00") + shift
    values = {"title": "Maps", "starts_at": start, "minutes": minutes}
    attempts = (
        lambda: place(session, Place(start, None, minutes), actor=None),
        lambda: add_session(session.edition, values, actor=None),
        lambda: change_session(session, values, (), expected_version=session.version, actor=None),
    )
    for attempt in attempts:
        with pytest.raises(RefusedError) as refused:
            attempt()
        assert refused.value.field == field
    session.refresh_from_db()
    assert session.starts_at is None
    assert Session.objects.count() == 1


def test_a_room_of_another_edition_is_refused(session):
    foreign = make_room(make_edition())
    with pytest.raises(RefusedError) as refused:
        place(session, Place(None, foreign.id, 60), actor=None)
    assert refused.value.field == "room"


def test_somebody_elses_change_is_noticed(session):
    Session.objects.get(pk=session.pk).save()
    with pytest.raises(StaleRecordError):
        place(
            session,
            Place(local(session.edition, 1, "09:00"), None, 60),
            actor=None,
            expected_version=session.version,
        )


def test_many_are_placed_at_once_or_not_at_all(session):
    edition = session.edition
    other = make_session(edition)
    good = Place(local(edition, 1, "09:00"), None, 60)
    before = place_all(edition, {session.id: good, other.id: good}, actor=None)
    assert before == {session.id: Place(None, None, 60), other.id: Place(None, None, 60)}
    bad = Place(local(edition, 1, "09:01"), None, 60)
    with pytest.raises(RefusedError):
        place_all(edition, {session.id: before[session.id], other.id: bad}, actor=None)
    session.refresh_from_db()
    assert session.starts_at == good.starts_at


def test_sessions_of_another_edition_stay_where_they_are(session):
    foreign = make_session(make_edition())
    where = Place(local(session.edition, 1, "09:00"), None, 60)
    assert place_all(session.edition, {foreign.id: where}, actor=None) == {}
