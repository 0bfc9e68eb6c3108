"""Publishing freezes what was looked at, once; the draft can be set back to any version, whole."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from madang.core import clock, texts
from madang.core.models import AuditEntry, Event
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import publication, sessions
from madang.workshops.models import Edition, ProgrammeVersion, Session
from madang.workshops.programme import snapshot
from madang.workshops.programme.preview import preview
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_room,
    make_session,
    make_site,
)


@pytest.fixture
def edition(db) -> Edition:
    return make_edition()


@pytest.fixture
def session(edition) -> Session:
    return make_session(edition, day=2, at="09:00", title="Roadmap")


def move(session: Session, at: str) -> None:
    session.starts_at = local(session.edition, 2, at)
    session.save()


def test_the_first_version_needs_no_note_and_is_what_visitors_see(edition, session):
    officer = make_account(roles=["secretariat"])
    version = publication.publish(edition, actor=officer)
    edition.refresh_from_db()
    assert (version.number, edition.published, edition.page_stamp) == (1, version, 1)
    assert snapshot.published(version) == snapshot.draft(edition)
    line = AuditEntry.objects.get(verb="programme.published")
    assert (line.actor_id, line.facts, line.scope_id) == (officer.id, {"number": 1}, edition.id)
    assert Event.objects.get(name=publication.PUBLISHED).thing_id == version.id


def test_later_versions_say_what_changed_in_every_language_given(edition, session):
    publication.publish(edition, actor=None)
    move(session, "10:00")
    notes = {"en": "The roadmap starts later.", "fa": "نقشهٔ راه دیرتر آغاز می‌شود."}
    version = publication.publish(edition, actor=None, notes=notes)
    assert version.number == 2
    assert version.note == notes["en"]
    assert version.wording("note", "fa") == notes["fa"]


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_an_announced_edition_publishes(session, state):
    Edition.objects.filter(pk=session.edition_id).update(state=state)
    with pytest.raises(RefusedError, match="Announce the edition first"):
        publication.publish(session.edition, actor=None)


def test_there_is_nothing_to_publish_without_a_time(edition):
    make_session(edition)
    with pytest.raises(RefusedError, match="No session has a time"):
        publication.publish(edition, actor=None)
    assert not preview(edition).differs


def test_the_same_is_not_published_twice(edition, session):
    publication.publish(edition, actor=None)
    with pytest.raises(RefusedError, match="Nothing has changed since version 1"):
        publication.publish(edition, actor=None, notes={"en": "Again."})
    assert not preview(Edition.objects.get(pk=edition.pk)).differs


def test_a_change_needs_a_note_in_the_editions_language(edition, session):
    publication.publish(edition, actor=None)
    move(session, "10:00")
    with pytest.raises(RefusedError) as refused:
        publication.publish(edition, actor=None, notes={"fa": "دیرتر"})
    assert refused.value.field == "note_en"
    assert ProgrammeVersion.objects.count() == 1


def test_only_what_was_looked_at_is_published(edition, session):
    seen = preview(edition).fingerprint
    move(session, "10:00")
    with pytest.raises(RefusedError, match="has changed since you looked"):
        publication.publish(edition, actor=None, seen=seen)
    publication.publish(edition, actor=None, seen=preview(edition).fingerprint)


def test_a_capacity_or_a_translation_can_be_published_too(edition, session):
    room = make_room(edition, capacity=40)
    publication.publish(edition, actor=None)
    edition.refresh_from_db()
    room.capacity = 50
    room.save()
    assert preview(edition).differs
    assert preview(edition).changes == ()
    publication.publish(edition, actor=None, notes={"en": "More seats."})
    texts.translate(session, "title", {"fa": "نقشهٔ راه"})
    version = publication.publish(edition, actor=None, notes={"en": "In Persian."})
    assert version.number == 3


def test_the_database_refuses_to_change_or_delete_a_published_version(edition, session):
    version = publication.publish(edition, actor=None)
    rows = ProgrammeVersion.objects.filter(pk=version.pk)
    for act in (
        lambda: rows.update(note="Another story."),
        lambda: rows.update(content={}),
        lambda: Edition.objects.filter(pk=edition.pk).update(published=None) and rows.delete(),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            act()
    assert snapshot.read(rows.get().content) == snapshot.draft(edition)


def test_of_two_officers_who_publish_at_once_one_is_told(transactional_db, settings):
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and (
        connection.is_in_memory_db()
    ):
        pytest.skip("threads share nothing in a database in memory")
    session = make_session(make_edition(), day=2)
    seen = preview(session.edition).fingerprint
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def press() -> None:
        try:
            together.wait()
            publication.publish(session.edition, actor=None, seen=seen)
            outcomes.append("published")
        except RefusedError as refused:
            outcomes.append(str(refused))
        finally:
            connection.close()

    officers = [threading.Thread(target=press) for _ in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert sorted(outcomes) == ["Nothing has changed since version 1.", "published"]
    assert ProgrammeVersion.objects.count() == 1


# --- Setting the draft back ----------------------------------------------------------------------
@pytest.fixture
def published(edition) -> ProgrammeVersion:
    """A version with a full session and a plain one."""
    room = make_room(make_site(edition, "City Hall"), "Grand Hall")
    full = make_session(
        edition,
        day=2,
        title="Roadmap",
        description="What a strategy chooses.",
        module=make_module(edition),
        room=room,
        audience=Session.Audience.SIGN_UP,
        places=20,
        sign_up_until=local(edition, 1, "12:00"),
    )
    texts.translate(full, "title", {"fa": "نقشهٔ راه"})
    for role in ("speaker", "moderator"):
        make_part(full, make_participation(edition), role=role, order=role == "moderator")
    make_session(edition, day=3, title="Clinic")
    return publication.publish(edition, actor=None)


def test_everything_comes_back_as_it_was(edition, published):
    before = snapshot.draft(edition)
    full = edition.sessions.get(title="Roadmap")
    full.people.all().delete()
    make_part(full, make_participation(edition))
    texts.translate(full, "title", {"fa": "چیز دیگر", "ru": "Другое"})
    Session.objects.filter(pk=full.pk).update(
        title="Something else", description="", minutes=5, starts_at=None, room=None,
        module=None, audience="everyone", places=None, sign_up_until=None, kind="discussion",
    )  # fmt: skip
    edition.sessions.get(title="Clinic").cancel(actor=None)
    assert snapshot.draft(edition) != before
    officer = make_account()
    assert publication.reset_draft(published, actor=officer) == []
    assert snapshot.draft(edition) == before
    line = AuditEntry.objects.get(verb="programme.reset")
    assert (line.actor_id, line.facts) == (officer.id, {"number": 1})
    assert AuditEntry.objects.filter(verb="session.reinstated").count() == 1


def test_a_session_that_is_gone_is_made_again(edition, published):
    before = snapshot.draft(edition)
    edition.sessions.all().delete()
    publication.reset_draft(published, actor=None)
    assert snapshot.draft(edition) == before


def test_sessions_added_since_are_kept_and_wait(edition, published):
    added = make_session(edition, day=4, title="New")
    publication.reset_draft(published, actor=None)
    added.refresh_from_db()
    assert added.starts_at is None


def test_what_did_not_change_is_not_touched(edition, published):
    versions = dict(edition.sessions.values_list("id", "version"))
    move(edition.sessions.get(title="Clinic"), "15:00")
    publication.reset_draft(published, actor=None)
    roadmap = edition.sessions.get(title="Roadmap")
    assert roadmap.version == versions[roadmap.id]


def test_what_can_not_come_back_is_said(edition, published):
    roadmap = edition.sessions.get(title="Roadmap")
    roadmap.people.order_by("order").first().participation.delete()
    roadmap.module.delete()
    roadmap.room.delete()
    lost = publication.reset_draft(published, actor=None)
    assert [line.translate({0x2068: None, 0x2069: None}) for line in lost] == [
        "The room of “Roadmap” is gone.",
        "The module of “Roadmap” is gone.",
        "Somebody in “Roadmap” is gone.",
    ]
    roadmap.refresh_from_db()
    assert (roadmap.room, roadmap.module, roadmap.people.count()) == (None, None, 1)
    assert roadmap.places == 20


def test_a_published_session_is_cancelled_rather_than_removed(edition, published):
    with pytest.raises(RefusedError, match="cancel it instead"):
        sessions.remove_session(edition.sessions.first(), actor=None)


def test_a_version_keeps_the_moment_of_its_publication(edition, session):
    with clock.at(local(edition, 1, "08:00")):
        version = publication.publish(edition, actor=None)
    assert version.published_at == local(edition, 1, "08:00")
