"""Whatever people write, a calendar stays well-formed and says it whole."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from madang.core.identifiers import uuid7
from madang.core.texts import Words
from madang.workshops.calendars import calendar as calendars
from madang.workshops.calendars.events import Writer
from madang.workshops.programme.entries import Programme, RoomEntry, SessionEntry
from madang.workshops.programme.history import Past
from tests.support.calendars import require_well_formed

odd = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
        st.sampled_from("\r\n,;:\\\"^'\t\x07\x7f\u2028میپ한ក👩🏽‍💻"),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(title=odd, description=odd, site=odd)
def test_any_text_comes_through_whole(title, description, site):
    past = odd_session(title, f"```\n{description}\n```", site)
    frame = calendars.frame(
        title, time_zone="Asia/Seoul", days=(date(2007, 10, 8),) * 2, language="en"
    )
    content = calendars.filled(frame, [Writer("incheon-2007", {}).session(past)]).encode()
    require_well_formed(content)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["SUMMARY"] == written(title)
    assert written(site) in event["LOCATION"]
    assert event["DESCRIPTION"].endswith(f"/sessions/{past.entry.id}/")


def odd_session(title: str, description: str, site: str) -> Past:
    """A session with these texts, published once."""
    place, moment = uuid7(), datetime(2007, 7, 2, tzinfo=UTC)
    words = {name: Words({"en": text}, "en") for name, text in (("", ""), ("Hall", "Hall"))}
    entry = SessionEntry(
        id=uuid7(), kind="lecture", title=Words({"en": title}, "en"),
        description=Words({"en": description}, "en"), module_id=None,
        starts_at=datetime(2007, 10, 8, 9, tzinfo=ZoneInfo("Asia/Seoul")), minutes=60,
        room_id=place, audience="everyone", places=None, sign_up_until=None, is_cancelled=False,
        people=(),
    )  # fmt: skip
    room = RoomEntry(place, words["Hall"], 0, uuid7(), Words({"en": site}, "en"), words[""])
    day = date(2007, 10, 8)
    programme = Programme(uuid7(), "Asia/Seoul", day, day, (), (room,), (entry,))
    return Past(entry, programme, 1, moment, moment)


def written(text: str) -> str:
    """As a calendar can write it: no controls, one kind of line end."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
