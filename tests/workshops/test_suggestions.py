"""A suggested timetable: asked for, looked for in a process of its own, used and taken back."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from madang.core import clock, jobs
from madang.core.models import AuditEntry, Job
from madang.core.transitions import TransitionRefusedError
from madang.methods import timetable as method
from madang.methods.timetable.rules import PRICES
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from madang.site import demo
from madang.site.demo import cast, moments
from madang.workshops.actions import suggesting
from madang.workshops.actions.placing import Place
from madang.workshops.models import Edition, Session, SessionPerson, TimetableSuggestion
from madang.workshops.programme import rule_sentences, timetabling
from madang.workshops.programme.preview import all_concerns
from madang.workshops.programme.snapshot import draft, published
from madang.workshops.programme.timetabling import Hours
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_participations,
    make_room,
    make_session,
    make_sign_up,
    make_site,
)
from tests.support.clients import client_of
from tests.support.work import work


@pytest.fixture
def edition(db) -> Edition:
    """Two days, one room."""
    edition = make_edition()
    edition.ends_on = edition.starts_on + timedelta(days=1)
    edition.save()
    make_room(make_site(edition, "City Hall"), "Grand Hall", capacity=40)
    return edition


@pytest.fixture
def officer() -> Account:
    return make_account(roles=["secretariat"])


def ask(
    edition: Edition,
    officer: Account,
    *,
    keep_placed: bool = True,
    seconds: float = 10,
    **hours: time,
) -> Job:
    """Ask, and do at once what the worker would do."""
    job = suggesting.ask(
        edition, Hours(**hours), keep_placed=keep_placed, actor=officer, seconds=seconds
    )
    jobs.run(str(job.pk))
    job.refresh_from_db()
    return job


def places(edition: Edition) -> dict[str, Place]:
    return {session.title: Place.of(session) for session in edition.sessions.all()}


# --- The problem ----------------------------------------------------------------------------------
def problem(edition: Edition, *, keep_placed: bool) -> dict[str, method.Session]:
    stated = timetabling.problem(edition, Hours(), keep_placed=keep_placed, seconds=1)
    method.documents.read(method.Problem, method.documents.plain(stated))
    titles = {str(session.id): session.title for session in edition.sessions.all()}
    return {titles[session.id]: session for session in stated.sessions}


def test_what_is_placed_stays_where_asked_and_dinners_and_breaks_always(edition):
    for title, at, kind in (
        ("Roadmap", "10:00", "lecture"), ("Dinner", "18:30", "reception"), ("Tea", "11:00", "break")
    ):  # fmt: skip
        make_session(edition, day=1, at=at, kind=kind, title=title, room=None)
    make_session(edition, title="Clinic")
    make_session(edition, title="Lunch", kind="break")
    kept = problem(edition, keep_placed=True)
    assert {title for title, session in kept.items() if session.start} == {
        "Roadmap", "Dinner", "Tea",
    }  # fmt: skip
    assert set(kept) == {"Roadmap", "Dinner", "Tea", "Clinic"}  # nobody places a break
    free = problem(edition, keep_placed=False)
    assert {title for title, session in free.items() if session.start} == {"Dinner", "Tea"}
    assert free["Dinner"].start == time(18, 30)


def test_a_session_brings_its_people_its_size_and_what_it_is(edition):
    make_participations(edition, 12)
    speaker = make_participation(edition, kind="resource_person")
    module = make_module(edition)
    lecture = make_session(edition, title="Roadmap", module=module)
    make_part(lecture, speaker)
    make_part(lecture, speaker, role="host")
    make_session(edition, title="Lab", kind="hands_on", audience="sign_up", places=15)
    make_session(edition, title="Seoul", kind="field_trip", audience="sign_up")
    stated = problem(edition, keep_placed=True)
    roadmap, lab, trip = (stated[title] for title in ("Roadmap", "Lab", "Seoul"))
    assert (roadmap.people, roadmap.size, roadmap.plenary) == ((str(speaker.id),), 12, True)
    assert (roadmap.module, roadmap.kind) == (str(module.id), "lecture")
    assert (lab.size, lab.plenary) == (15, False)
    assert trip.through_breaks


def test_cancelled_sessions_and_other_days_are_left_out(edition):
    make_session(edition, title="Cancelled", state="cancelled")
    before = make_session(edition, day=1, title="Excursion")
    Session.objects.filter(pk=before.pk).update(starts_at=before.starts_at - timedelta(days=2))
    assert problem(edition, keep_placed=True) == {}
    assert set(problem(edition, keep_placed=False)) == {"Excursion"}


def test_what_many_signed_up_for_is_kept_apart(edition):
    labs = [make_session(edition, audience="sign_up") for _ in range(2)]
    for guest in make_participations(edition, 3):
        for lab in labs:
            make_sign_up(lab, guest)
    stated = timetabling.problem(edition, Hours(), keep_placed=True, seconds=1)
    [interest] = stated.interests
    assert (set(interest.sessions), interest.weight) == ({str(lab.id) for lab in labs}, 3)


def test_the_problem_costs_the_same_queries_for_any_number(edition, django_assert_num_queries):
    make_session(edition)
    with django_assert_num_queries(7):
        timetabling.problem(edition, Hours(), keep_placed=True, seconds=1)
    for _ in range(30):
        make_part(make_session(edition, day=1), make_participation(edition))
    with django_assert_num_queries(7):
        timetabling.problem(edition, Hours(), keep_placed=True, seconds=1)


# --- From asking to using -------------------------------------------------------------------------
def test_a_timetable_is_suggested_used_and_taken_back(edition, officer):
    make_session(edition, title="Roadmap", minutes=90)
    make_session(edition, title="Clinic", kind="discussion", minutes=90)
    make_session(edition, day=1, at="09:00", title="Opening", room=edition.sites.get().rooms.get())
    before = places(edition)
    job = ask(edition, officer)
    assert (job.state, job.message) == ("done", "")
    suggestion = TimetableSuggestion.objects.get()
    assert job.result_url.endswith(f"/suggestions/{suggestion.id}/")
    assert (suggestion.status, len(suggestion.places)) == ("optimal", 3)
    assert places(edition) == before  # nothing moves by itself

    suggesting.use(suggestion, actor=officer)
    after = places(edition)
    assert all(place.starts_at and place.room_id for place in after.values())
    assert after["Opening"] == before["Opening"]
    assert all_concerns(edition, draft(edition)) == []
    placed = AuditEntry.objects.filter(verb="session.placed", actor_id=officer.id)
    assert placed.count() == 2  # what stays is not written again
    assert AuditEntry.objects.filter(verb="timetable.used").count() == 1

    suggesting.undo(suggestion, actor=officer)
    assert places(edition) == before
    assert TimetableSuggestion.objects.get().state == "undone"
    suggesting.use(suggestion, actor=officer)
    assert places(edition) == after


def test_a_length_that_was_changed_since_stays_when_it_is_taken_back(edition, officer):
    session = make_session(edition, title="Roadmap", minutes=90)
    ask(edition, officer)
    suggestion = TimetableSuggestion.objects.get()
    suggesting.use(suggestion, actor=officer)
    Session.objects.filter(pk=session.pk).update(minutes=45)
    suggesting.undo(suggestion, actor=officer)
    session.refresh_from_db()
    assert (session.starts_at, session.minutes) == (None, 45)


def test_what_was_moved_by_hand_since_stays_when_it_is_taken_back(edition, officer):
    for title in ("Roadmap", "Clinic"):
        make_session(edition, title=title)
    ask(edition, officer)
    suggestion = TimetableSuggestion.objects.get()
    suggesting.use(suggestion, actor=officer)
    moved = edition.sessions.get(title="Roadmap")
    moved.starts_at = local(edition, 2, "16:00")
    moved.save()
    suggesting.undo(suggestion, actor=officer)
    assert places(edition)["Roadmap"].starts_at == local(edition, 2, "16:00")
    assert places(edition)["Clinic"].starts_at is None


def test_what_is_gone_since_is_passed_over_and_a_room_that_is_gone_refused(edition, officer):
    for title in ("Roadmap", "Clinic"):
        make_session(edition, title=title)
    ask(edition, officer)
    suggestion = TimetableSuggestion.objects.get()
    edition.sessions.get(title="Clinic").delete()
    suggesting.use(suggestion, actor=officer)
    suggesting.undo(suggestion, actor=officer)
    edition.sites.get().rooms.all().delete()
    with pytest.raises(RefusedError, match="room"):
        suggesting.use(suggestion, actor=officer)
    assert places(edition)["Roadmap"].starts_at is None
    assert TimetableSuggestion.objects.get().state == "undone"


def test_a_contradiction_is_told_in_words(edition, officer):
    speaker = make_participation(edition, kind="resource_person")
    for title in ("Roadmap", "Clinic"):
        session = make_session(edition, title=title, day=1, at="10:00", audience="sign_up")
        make_part(session, speaker)
    job = ask(edition, officer)
    suggestion = TimetableSuggestion.objects.get()
    assert suggestion.status == "infeasible"
    page = client_of(officer).get(job.result_url)
    text = page.content.decode()
    assert "There is no timetable that keeps all the rules." in text
    assert "keeps its time." in text
    assert "Giving up this would be enough" in text
    assert "Use this timetable" not in text
    with pytest.raises(TransitionRefusedError, match="no timetable to use"):
        suggesting.use(suggestion, actor=officer)


def test_too_full_a_day_is_told_in_words(edition, officer):
    for _ in range(4):
        make_session(edition, minutes=200)
    job = ask(edition, officer, opens=time(9), closes=time(16))
    text = client_of(officer).get(job.result_url).content.decode()
    assert "These contradict each other" in text


@pytest.mark.parametrize("what", ["room", "session"])
def test_without_rooms_or_sessions_it_says_what_to_do(edition, officer, what):
    if what == "room":
        make_session(edition)
        edition.sites.all().delete()
    job = ask(edition, officer)
    assert job.state == "failed"
    assert job.message.startswith(f"Add {'a ' if what == 'room' else ''}{what}")


def test_the_job_speaks_the_language_of_who_asked(edition, officer):
    edition.sites.all().delete()
    with override("fa"):
        job = ask(edition, officer)
    assert job.message
    assert not job.message.isascii()


def test_every_rule_of_the_method_has_a_sentence():
    assert set(rule_sentences._SENTENCES) == set(PRICES)


def test_it_is_the_worker_who_looks(edition, officer):
    make_session(edition)
    job = suggesting.ask(edition, Hours(), keep_placed=True, actor=officer, seconds=10)
    assert not TimetableSuggestion.objects.exists()
    work()
    job.refresh_from_db()
    assert job.state == "done"


# --- The founding case ----------------------------------------------------------------------------
@pytest.fixture(scope="module")
def incheon(django_db_setup, django_db_blocker) -> Iterator[Edition]:
    """The demo, loaded once for this module and taken back after it."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        demo.load(moments.START)
        try:
            yield Edition.objects.get(slug="incheon-2007")
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)
            clock.set_offset(timedelta(0))


def _ceremonies_stay_modules_follow_each_other_and_nobody_teaches_in_the_foyer(incheon):
    planned = draft(incheon).sessions
    asked = published(incheon.published).session_by_id
    for entry in planned:
        if entry.kind in {"ceremony", "reception", "field_trip", "break"}:
            assert entry.starts_at == asked[entry.id].starts_at
        else:
            assert entry.room_id != next(e.room_id for e in planned if e.kind == "break")
    taught = [entry for entry in planned if entry.module_id]
    numbers = [draft(incheon).module_by_id[entry.module_id].number for entry in taught]
    assert numbers == sorted(numbers)


def test_the_week_in_incheon_is_planned_from_nothing(incheon, db):
    _seat, officer = cast.seated("secretariat")
    hours = Hours()
    for seconds in (10, 60):  # a machine that is busy elsewhere needs longer
        job = ask(incheon, officer, keep_placed=False, seconds=seconds)
        assert job.state == "done", job.message
        suggestion = incheon.timetable_suggestions.first()
        if suggestion.status != "unknown":
            break
    assert suggestion.status in {"optimal", "feasible"}, suggestion.contradictions
    suggesting.use(suggestion, actor=officer)
    clashes = {"room_taken", "person_twice", "everyone_twice", "way_too_long", "no_room"}
    found = all_concerns(incheon, draft(incheon))
    assert not {concern.kind.value for concern in found} & clashes
    for entry in draft(incheon).sessions:
        if entry.kind in {"lecture", "case_study", "hands_on", "group_work", "discussion"}:
            assert hours.opens <= entry.starts_at.time() < hours.closes
    assert SessionPerson.objects.filter(session__edition=incheon).exists()
    _ceremonies_stay_modules_follow_each_other_and_nobody_teaches_in_the_foyer(incheon)


def test_the_week_as_it_is_keeps_all_the_rules(incheon, db):
    _seat, officer = cast.seated("secretariat")
    ask(incheon, officer, keep_placed=True, seconds=60)
    suggestion = incheon.timetable_suggestions.first()
    assert suggestion.status in {"optimal", "feasible"}, suggestion.contradictions
