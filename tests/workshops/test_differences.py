"""Laws of programmes: what is stored reads back the same, and a comparison finds every change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from madang.core.texts import Words
from madang.workshops.models import Session, SessionPerson
from madang.workshops.programme import sentences, snapshot
from madang.workshops.programme.differences import Change, ChangeKind, compare
from madang.workshops.programme.entries import (
    ModuleEntry,
    PartEntry,
    Programme,
    RoomEntry,
    SessionEntry,
)
from madang.workshops.programme.sentences import sentence, told

ZONES = ("Asia/Seoul", "Asia/Tehran", "Asia/Kathmandu", "Pacific/Apia", "UTC", "America/New_York")

plain = st.text(max_size=12)
words = st.builds(
    Words,
    texts=st.dictionaries(st.sampled_from(["en", "fa", "km"]), plain.filter(bool), max_size=3),
    source=st.sampled_from(["en", "fa"]),
)
ids = st.uuids()
moments = st.integers(0, 40 * 366 * 24 * 60).map(
    lambda minute: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
parts = st.builds(PartEntry, participation_id=ids, role=st.sampled_from(SessionPerson.Role.values))


@st.composite
def programmes(draw) -> Programme:
    """Any programme; rooms and modules that sessions refer to may be missing from it."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    modules = draw(st.lists(st.builds(ModuleEntry, ids, st.integers(1, 20), words), max_size=3))
    rooms = draw(
        st.lists(
            st.builds(RoomEntry, ids, words, st.integers(0, 500), ids, words, words), max_size=3
        )
    )
    some_room = st.none() | st.sampled_from([room.id for room in rooms] or [None]) | ids
    some_module = st.none() | st.sampled_from([module.id for module in modules] or [None])
    session = st.builds(
        SessionEntry,
        id=ids,
        kind=st.sampled_from(Session.Kind.values),
        title=words,
        description=words,
        module_id=some_module,
        starts_at=moments.map(lambda moment: moment.astimezone(zone)),
        minutes=st.integers(5, 1440),
        room_id=some_room,
        audience=st.sampled_from(Session.Audience.values),
        places=st.none() | st.integers(0, 1000),
        sign_up_until=st.none() | moments.map(lambda moment: moment.astimezone(zone)),
        is_cancelled=st.booleans(),
        people=st.lists(parts, max_size=3, unique=True).map(tuple),
    )
    first = draw(st.dates())
    return Programme(
        edition_id=draw(ids),
        time_zone=str(zone),
        first_day=first,
        last_day=first,
        modules=tuple(modules),
        rooms=tuple(rooms),
        sessions=tuple(draw(st.lists(session, max_size=4, unique_by=lambda entry: entry.id))),
    )


@given(programmes())
def test_what_is_written_reads_back_the_same(programme):
    stored = snapshot.write(programme)
    assert snapshot.read(stored) == programme
    assert snapshot.content_hash(snapshot.write(snapshot.read(stored))) == snapshot.content_hash(
        stored
    )


@given(programmes())
def test_nothing_differs_from_itself(programme):
    assert compare(programme, programme) == []
    assert compare(programme, snapshot.read(snapshot.write(programme))) == []


def essence(programme: Programme) -> dict:
    """What a visitor could tell of the sessions: the order of names and capacities left out."""
    return {
        entry.id: (
            replace(entry, room_id=None, module_id=None, people=()),
            entry.starts_at.utcoffset(),
            frozenset(entry.people),
            door(programme.room_by_id.get(entry.room_id)),
            subject(programme.module_by_id.get(entry.module_id)),
        )
        for entry in programme.sessions
    }


def door(room: RoomEntry | None) -> tuple | None:
    return room and (room.id, written(room.name), written(room.site), written(room.address))


def subject(module: ModuleEntry | None) -> tuple | None:
    return module and (module.id, module.number, written(module.title))


def written(text: Words) -> tuple[str, str]:
    return text.source, text.texts.get(text.source, "")


@given(programmes(), programmes(), st.data())
def test_nothing_is_found_only_where_nothing_differs(first, other, data):
    """Take some sessions of one programme for those of the other, in one zone, and compare."""
    zone = first.zone
    borrowed = [
        replace(
            entry,
            id=data.draw(st.sampled_from([*first.session_by_id, entry.id])),
            starts_at=entry.starts_at.astimezone(zone),
            sign_up_until=entry.sign_up_until and entry.sign_up_until.astimezone(zone),
        )
        for entry in other.sessions
    ]
    sessions = {entry.id: entry for entry in (*first.sessions, *borrowed)}
    second = replace(
        first, sessions=tuple(sessions.values()), rooms=other.rooms, modules=other.modules
    )
    for before, after in ((first, second), (second, first)):
        assert (compare(before, after) == []) == (essence(before) == essence(after))


@given(programmes(), programmes())
@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_change_has_a_sentence(language, before, after):
    after = replace(
        after,
        sessions=(*after.sessions, *(replace(entry, minutes=7) for entry in before.sessions)),
    )
    with override(language):
        changes = compare(before, after)
        for change in changes:
            assert sentence(change, before, after).strip()
        assert len(told(changes, before, after)) <= len(changes)


# --- One story each for what is easily got wrong -------------------------------------------------
SEOUL = ZoneInfo("Asia/Seoul")


def en(text: str, **others: str) -> Words:
    return Words({"en": text, **others}, "en")


@pytest.fixture
def programme() -> Programme:
    """Two sessions in one hall."""
    hall = RoomEntry(UUID(int=1), en("Hall"), 40, UUID(int=2), en("City Hall"), en("1 Road"))
    module = ModuleEntry(UUID(int=3), 1, en("Strategy"))
    first = SessionEntry(
        id=UUID(int=10), kind="lecture", title=en("Roadmap"), description=en(""),
        module_id=module.id, starts_at=datetime(2007, 10, 9, 9, 0, tzinfo=SEOUL), minutes=60,
        room_id=hall.id, audience="everyone", places=None, sign_up_until=None, is_cancelled=False,
        people=(PartEntry(UUID(int=20), "speaker"), PartEntry(UUID(int=21), "moderator")),
    )  # fmt: skip
    later = replace(
        first, id=UUID(int=11), title=en("Clinic"), starts_at=first.starts_at + timedelta(hours=2)
    )
    day = first.starts_at.date()
    return Programme(UUID(int=4), "Asia/Seoul", day, day, (module,), (hall,), (first, later))


def with_first(programme: Programme, **fields) -> Programme:
    first, later = programme.sessions
    return replace(programme, sessions=(replace(first, **fields), later))


def kinds(changes: list[Change]) -> list[str]:
    return [change.kind.value for change in changes]


def shown(before: Programme, after: Programme) -> list[str]:
    marks = str.maketrans("", "", "\u2068\u2069")
    return [text.translate(marks) for text in told(compare(before, after), before, after)]


def with_language(language: str, before: Programme, after: Programme) -> list[str]:
    with override(language):
        return shown(before, after)


def test_a_renamed_hall_is_said_once(programme):
    [hall] = programme.rooms
    renamed = replace(programme, rooms=(replace(hall, name=en("Blue Hall")),))
    assert kinds(compare(programme, renamed)) == ["room", "room"]
    assert shown(programme, renamed) == ["Hall, City Hall is now called Blue Hall, City Hall."]
    moved = replace(programme, rooms=(replace(hall, address=en("2 Road")),))
    assert shown(programme, moved) == ["The address of Hall, City Hall is now: 2 Road."]
    nowhere = replace(programme, rooms=(replace(hall, address=en("")),))
    assert shown(programme, nowhere) == ["The address of Hall, City Hall is no longer given."]


def test_a_renamed_module_is_said_once(programme):
    [module] = programme.modules
    renamed = replace(programme, modules=(replace(module, title=en("Choices")),))
    assert shown(programme, renamed) == ["Module 1 is now called “Choices”."]


def test_translations_and_capacities_of_rooms_change_no_session(programme):
    [hall] = programme.rooms
    other = replace(hall, capacity=80, name=en("Hall", fa="تالار"))
    assert compare(programme, replace(programme, rooms=(other,))) == []


def test_a_translation_of_a_title_is_a_change_of_its_own(programme):
    after = with_first(programme, title=en("Roadmap", fa="نقشهٔ راه"))
    assert kinds(compare(programme, after)) == ["translation"]
    assert with_language("fa", programme, after)


def test_a_new_title_that_reads_the_same_in_a_translation_is_said_so(programme):
    before = with_first(programme, title=en("Roadmap", fa="نقشهٔ راه"))
    after = with_first(programme, title=en("Roadmaps", fa="نقشهٔ راه"))
    assert kinds(compare(before, after)) == ["title"]
    texts_in_persian = with_language("fa", before, after)
    assert len(texts_in_persian) == 1
    assert texts_in_persian[0].count("نقشهٔ راه") == 1


def test_once_cancelled_nothing_else_about_it_is_told(programme):
    after = with_first(programme, is_cancelled=True, minutes=90, title=en("Other"))
    assert kinds(compare(programme, after)) == ["cancelled"]
    back = compare(after, programme)
    assert kinds(back) == ["reinstated", "length", "title"]


def test_a_session_that_is_new_and_cancelled_is_told_as_cancelled(programme):
    before = replace(programme, sessions=programme.sessions[1:])
    after = with_first(programme, is_cancelled=True)
    assert shown(before, after) == ["“Roadmap” (Tue 9 Oct, 09:00) is cancelled."]


def test_the_order_of_names_is_no_change(programme):
    people = programme.sessions[0].people
    assert compare(programme, with_first(programme, people=people[::-1])) == []


def test_a_corrected_time_zone_moves_every_session(programme):
    almaty = ZoneInfo("Asia/Almaty")
    moved = replace(
        programme,
        time_zone="Asia/Almaty",
        sessions=tuple(
            replace(entry, starts_at=entry.starts_at.astimezone(almaty))
            for entry in programme.sessions
        ),
    )
    assert kinds(compare(programme, moved)) == ["moved", "moved"]


def test_places_and_deadline_are_said_together(programme):
    until = datetime(2007, 10, 8, 12, 0, tzinfo=SEOUL)
    after = with_first(programme, audience="sign_up", places=20, sign_up_until=until)
    assert shown(programme, after) == [
        "“Roadmap”: sign up until Mon 8 Oct, 12:00; there are 20 places."
    ]


def test_a_form_of_a_later_release_is_refused_in_words(programme):
    stored = snapshot.write(programme) | {"format": 2}
    with pytest.raises(ValueError, match="Upgrade it first"):
        snapshot.read(stored)


def test_every_kind_of_change_is_told():
    assert set(sentences._SENTENCES) == set(ChangeKind)
