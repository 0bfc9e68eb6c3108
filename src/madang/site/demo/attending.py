"""The demo's doors: badges, scans by two phones, codes on the screen, and what was settled."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from madang.attendance import badges as codes
from madang.attendance import rotating
from madang.attendance.actions import badges, entries, requests, scanning, settling
from madang.attendance.actions.scanning import Taken
from madang.attendance.models import CorrectionRequest, Doubt
from madang.core import clock
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content
from madang.site.demo.moments import SEOUL
from madang.site.demo.story import Step
from madang.workshops.models import Participation, Session, SignUp

# The phones at the doors; the second one's clock is seven minutes fast.
PHONES = (UUID(int=0x0DEA1), UUID(int=0x0DEA2))
FAST = (timedelta(0), timedelta(minutes=7))
# The second phone had no line on this day and synchronised the next morning.
NO_LINE = date(2007, 10, 9)
# When the door sends what it has: soon after the start, and once the late ones are in.
SENT = (timedelta(minutes=4), timedelta(minutes=32))
_ON_TIME, _LATE, _SELF = "on time", "late", "self"


def steps() -> Iterator[Step]:
    """Badges before the week; then, session by session, who came and when it was known."""
    stated = content("attendance")
    yield Step(stated["badges_made"], _make_badges)
    for number, entry in enumerate(content("sessions")["sessions"]):
        if entry["kind"] == "break":
            continue
        starts = entry["at"].replace(tzinfo=SEOUL)
        for late, after in zip((False, True), SENT, strict=True):
            yield Step(
                starts + after, partial(_scan, entry=entry, number=number, starts=starts, late=late)
            )
    yield Step(stated["phone_back"], _synchronise)
    yield from _by_hand(stated)


def _by_hand(stated: Mapping[str, Any]) -> Iterator[Step]:
    yield Step(stated["lost"]["at"], _replace)
    for each in stated["excused"]:
        yield Step(each["at"], partial(_excuse, entry=each))
    for each in stated["left"]:
        yield Step(each["at"], partial(_leave, entry=each))
    for name in ("strange", "foreign"):
        yield Step(stated[name]["at"], partial(_strange, entry=stated[name]))
    yield Step(stated["strange"]["settled"], _settle)
    yield Step(stated["note"]["at"], _object)
    yield Step(stated["note"]["answered"], _answer)


def _make_badges(company: Company) -> None:
    badges.give_missing(company.incheon, actor=company.officer)


# --- Scans ---------------------------------------------------------------------------------------
def _listed(company: Company) -> list[Participation]:
    """Everybody who takes part now, in an order that stays."""
    everybody = participants(company.incheon)
    return [everybody[email] for email in sorted(everybody)]


def _place(company: Company, number: int) -> Participation:
    """Somebody by their place in the list of all who came, cancelled or not."""
    came = company.incheon.participations.filter(
        kind=Participation.Kind.PARTICIPANT, badges__isnull=False
    ).distinct()
    found = sorted(came.select_related("person__subject"), key=lambda one: one.person.email)
    return found[number]


def _how(person: int, session: int) -> str:
    """How somebody comes to a session: a pattern that a week could have; "" for not at all."""
    if (person * 11 + session * 7) % 41 == 0:
        return ""
    if (person * 5 + session * 13) % 17 == 0:
        return _LATE
    return _SELF if (person + session) % 12 == 0 else _ON_TIME


def _minute(person: int, session: int, how: str) -> int:
    spread = (person * 3 + session) % 12
    return 14 + spread if how == _LATE else spread - 9


def _scan(
    company: Company, *, entry: Mapping[str, Any], number: int, starts: datetime, late: bool
) -> None:
    """What the phones took until now is sent; one without a line keeps it."""
    session = company.sessions[entry["key"]]
    if not late:
        for _place_of, one in _coming(company, session, number, _SELF):
            _check_in(one, session)
    batches = _batches(company, session, number, starts, late=late)
    for which, batch in enumerate(batches):
        if not (which == 1 and starts.date() == NO_LINE):
            _send(company, batch, which)


def _coming(
    company: Company, session: Session, number: int, how: str
) -> Iterator[tuple[int, Participation]]:
    """Those who come to a session in one way, each with their place in the list."""
    placed = set(
        SignUp.objects.filter(session=session, state=SignUp.State.CONFIRMED).values_list(
            "participation_id", flat=True
        )
    )
    for place, one in enumerate(_listed(company)):
        is_due = session.audience == Session.Audience.EVERYONE or one.pk in placed
        if is_due and _how(place, number) == how:
            yield place, one


def _batches(
    company: Company, session: Session, number: int, starts: datetime, *, late: bool
) -> tuple[list[Taken], list[Taken]]:
    """What each of the phones takes at the door of a session."""
    found: tuple[list[Taken], list[Taken]] = ([], [])
    how = _LATE if late else _ON_TIME
    for place, one in _coming(company, session, number, how):
        which = place % 2
        at = starts + timedelta(minutes=_minute(place, number, how))
        found[which].append(_taken(session, one, at, which))
    return found


def _taken(
    session: Session, one: Participation, at: datetime, which: int, act: str = "in"
) -> Taken:
    badge = one.badges.get(revoked_at__isnull=True)
    return Taken(
        uuid5(session.pk, f"{one.pk} {act}"),
        session.pk,
        act,
        at + FAST[which],
        offset=-int(FAST[which].total_seconds()),
        badge=badge.digest,
    )


def _send(company: Company, batch: list[Taken], which: int) -> None:
    if batch:
        actor = (company.officer, company.accounts["officer2"])[which]
        scanning.receive(company.incheon, batch, device=PHONES[which], actor=actor)


def _synchronise(company: Company) -> None:
    """The phone has a line again; some of it is sent twice, as after a line that dropped."""
    kept: list[Taken] = []
    for number, entry in enumerate(content("sessions")["sessions"]):
        starts = entry["at"].replace(tzinfo=SEOUL)
        if starts.date() != NO_LINE or entry["kind"] == "break":
            continue
        for late in (False, True):
            session = company.sessions[entry["key"]]
            kept += _batches(company, session, number, starts, late=late)[1]
    _send(company, kept[:20], 1)
    _send(company, kept, 1)


def _check_in(one: Participation, session: Session) -> None:
    code = rotating.code(session.pk, clock.now())
    entries.check_in(one, code, actor=getattr(one.person, "account", None))


def _leave(company: Company, *, entry: Mapping[str, Any]) -> None:
    """Somebody goes out before the end, and the first phone sees it."""
    session = company.sessions[entry["session"]]
    taken = _taken(session, _place(company, entry["participant"]), entry["at"], 0, "out")
    _send(company, [taken], 0)


# --- By hand, and to settle ----------------------------------------------------------------------
def _replace(company: Company) -> None:
    badges.replace(
        _place(company, content("attendance")["lost"]["participant"]), actor=company.officer
    )


def _excuse(company: Company, *, entry: Mapping[str, Any]) -> None:
    session = company.sessions[entry["session"]]
    entries.enter(session, _place(company, entry["participant"]), "excused", actor=company.officer)


def _strange(company: Company, *, entry: Mapping[str, Any]) -> None:
    """Something that is no badge is held before the camera."""
    session = company.sessions[entry["session"]]
    taken = Taken(
        uuid5(session.pk, "no badge"),
        session.pk,
        "in",
        entry["at"],
        badge=codes.digest(f"a hotel's key card {session.pk}"),
    )
    _send(company, [taken], 0)


def _settle(company: Company) -> None:
    session = company.sessions[content("attendance")["strange"]["session"]]
    doubt = Doubt.objects.select_related("scan__edition").get(scan__session=session)
    settling.settle(doubt.scan, None, actor=company.officer)


def _object(company: Company) -> None:
    stated = content("attendance")["note"]
    one = _place(company, stated["participant"])
    requests.ask(company.sessions[stated["session"]], one, stated["text"], actor=one.person.account)


def _answer(company: Company) -> None:
    asked = CorrectionRequest.objects.select_related("session__edition").get(
        session__edition=company.incheon
    )
    settling.answer(
        asked, content("attendance")["note"]["answer"], state="present", actor=company.officer
    )
