"""Which forms the published programme asks for, and how those that are there differ from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from madang.core import locales
from madang.evaluation.models import Form
from madang.workshops.models import Edition, Session
from madang.workshops.programme import snapshot
from madang.workshops.programme.entries import Programme, SessionEntry

TAUGHT = frozenset(
    {
        Session.Kind.LECTURE,
        Session.Kind.CASE_STUDY,
        Session.Kind.GROUP_WORK,
        Session.Kind.DISCUSSION,
        Session.Kind.HANDS_ON,
        Session.Kind.FIELD_TRIP,
    }
)
SESSION_OPEN = timedelta(hours=48)
PULSE_UNTIL = time(12)
END_FROM = time(13)
END_UNTIL = time(23, 59)
END_OPEN = timedelta(days=7)


@dataclass(frozen=True)
class Wanted:
    """A form that the programme asks for; `speakers` by the ids of their participations."""

    kind: str
    opens_at: datetime
    closes_at: datetime
    title: str
    day: date | None = None
    session_id: UUID | None = None
    speakers: tuple[UUID, ...] = ()

    @property
    def place(self) -> tuple[str, date | None, UUID | None]:
        """What it is about: there is one form for each."""
        return self.kind, self.day, self.session_id


@dataclass(frozen=True)
class Difference:
    """How a form differs from the programme: "new", "moved", "speakers" or "gone"."""

    what: str
    title: str

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        said = {
            "new": _("There is no form yet."),
            "moved": _("It took another time."),
            "speakers": _("Other people have a part in it."),
            "gone": _("The programme does not have it any more; the form is kept for its edits."),
        }
        return said[self.what]


def place(form: Form) -> tuple[str, date | None, UUID | None]:
    """What a form is about."""
    return form.kind, form.day, form.session_id


def programme_of(edition: Edition) -> Programme | None:
    """The published programme, if there is one."""
    return snapshot.published_by_id(edition.published_id) if edition.published_id else None


def wanted(edition: Edition) -> list[Wanted]:
    """The forms that the published programme asks for; without one, that about the whole."""
    programme = programme_of(edition)
    found = list(_of_programme(programme)) if programme else []
    return [*found, _end(edition)]


def differences(edition: Edition, forms: list[Form]) -> list[Difference]:
    """What making the forms anew would change, and what it would keep."""
    here = {place(form): form for form in forms}
    asked = wanted(edition)
    found = []
    for each in asked:
        form = here.pop(each.place, None)
        if form is None:
            found.append(Difference("new", each.title))
        elif form.is_prepared and not form.is_counted:
            if is_moved(form, each):
                found.append(Difference("moved", str(form.title)))
            if {speaker.participation_id for speaker in form.speakers.all()} != set(each.speakers):
                found.append(Difference("speakers", str(form.title)))
    found += [Difference("gone", str(form.title)) for form in here.values() if form.is_prepared]
    return found


def is_moved(form: Form, each: Wanted) -> bool:
    """Whether its times follow the programme and are others now."""
    times = (form.opens_at, form.closes_at)
    return not form.has_own_times and times != (each.opens_at, each.closes_at)


def _of_programme(programme: Programme) -> Iterator[Wanted]:
    for day in programme.days:
        taught = [entry for entry in programme.on(day) if _is_taught(entry)]
        if not taught:
            continue
        for entry in taught:
            yield Wanted(
                kind=Form.Kind.SESSION,
                opens_at=entry.ends_at,
                closes_at=entry.ends_at + SESSION_OPEN,
                title=str(entry.title),
                session_id=entry.id,
                speakers=tuple(dict.fromkeys(part.participation_id for part in entry.people)),
            )
        next_day = day + timedelta(days=1)
        yield Wanted(
            kind=Form.Kind.PULSE,
            opens_at=max(entry.ends_at for entry in taught),
            closes_at=datetime.combine(next_day, PULSE_UNTIL, programme.zone),
            title=locales.calendar_date(day, "full"),
            day=day,
        )


def _is_taught(entry: SessionEntry) -> bool:
    return entry.kind in TAUGHT and not entry.is_cancelled


def _end(edition: Edition) -> Wanted:
    return Wanted(
        kind=Form.Kind.END,
        opens_at=edition.moment(edition.ends_on, END_FROM),
        closes_at=edition.moment(edition.ends_on + END_OPEN, END_UNTIL),
        title=_("The whole workshop"),
    )
