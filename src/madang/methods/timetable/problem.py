"""What a timetable is asked for and what is answered, as frozen dataclasses.

Days are dates, times of day are local to the venue, lengths are minutes. A document in JSON has
the same fields under the same names, with `"2007-10-08"` for a date and `"09:30"` for a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Literal

from madang.methods.documents import (
    Between,
    InvalidDocumentError,
    Length,
    Unique,
    refuse_any_unknown,
    refuse_unknown,
)

Name = Annotated[str, Length(1, 200)]
Names = Annotated[tuple[Name, ...], Length(0, 1000), Unique()]
Weight = Annotated[int, Between(0, 1000)]
Preferred = Literal["morning", "afternoon", "early", "late"]


@dataclass(frozen=True)
class Break:
    """A time of a day at which no session runs, such as lunch."""

    name: Name
    start: time
    end: time


@dataclass(frozen=True)
class Day:
    """A day of the workshop and the hours into which its sessions go."""

    date: date
    opens: time
    closes: time
    breaks: Annotated[tuple[Break, ...], Length(0, 20)] = ()


@dataclass(frozen=True)
class Room:
    """A place that holds one session at a time; a destination of a field trip is one, too.

    Rooms at the same `site` are a walk of no time apart; see `Travel` for the others. A `reserved`
    room takes only sessions that are fixed in it.
    """

    id: Name
    capacity: Annotated[int, Between(0, 1_000_000)]
    site: str = ""
    features: Names = ()
    reserved: bool = False


@dataclass(frozen=True)
class Travel:
    """Minutes between two sites, either way; sites that no `Travel` joins are 0 minutes apart."""

    between: tuple[str, str]
    minutes: Annotated[int, Between(0, 1440)]


@dataclass(frozen=True)
class Kind:
    """A kind of session; the order of `Problem.kinds` is the order wished within a module.

    `prefers` says when: before noon or after it, on early or on late days.
    """

    id: Name
    prefers: Annotated[tuple[Preferred, ...], Unique()] = ()


@dataclass(frozen=True)
class Module:
    """A part of the programme. It starts when the modules in `after` have ended.

    `days` wishes its sessions spread evenly over the days, or together on few.
    """

    id: Name
    after: Names = ()
    days: Literal["any", "spread", "together"] = "any"


@dataclass(frozen=True)
class Session:
    """What is to be placed.

    `people` must be there and can't be elsewhere meanwhile. `size` is the seats needed and `needs`
    the features of the room. A `plenary` is for everybody: nothing runs beside it. `after` names
    sessions that end before this one starts. A fixed `day`, `start` or `room` stays; a session with
    a fixed `start` may lie outside the opening hours (a dinner) and across breaks, one that runs
    `through_breaks` (a field trip) across breaks only.
    """

    id: Name
    length: Annotated[int, Between(1, 1440)]
    kind: str | None = None
    module: str | None = None
    people: Names = ()
    size: Annotated[int, Between(0, 1_000_000)] = 0
    needs: Names = ()
    plenary: bool = False
    after: Names = ()
    prefers: Annotated[tuple[Preferred, ...], Unique()] = ()
    day: date | None = None
    start: time | None = None
    room: str | None = None
    through_breaks: bool = False


@dataclass(frozen=True)
class Absence:
    """A person is not there on a day, from `start` (or its beginning) to `end` (or its end)."""

    person: Name
    day: date
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True)
class Interest:
    """Sessions that the same participants want; `weight` is how many they are, for instance."""

    sessions: Annotated[tuple[Name, ...], Length(2, 1000), Unique()]
    weight: Annotated[int, Between(1, 100_000)] = 1


@dataclass(frozen=True)
class Weights:
    """What one breach of each wish costs; 0 switches the wish off.

    interests: two sessions that the same participants want can't both be attended (each unit of
    weight); order: a session comes before one of an earlier kind in its module has ended; time: a
    session on the wrong side of noon, or each day away from the first (early) or the last (late);
    days: each session above an even share in a day (spread), or each day beyond one (together).
    """

    interests: Weight = 10
    order: Weight = 5
    time: Weight = 2
    days: Weight = 3


@dataclass(frozen=True)
class Problem:
    """A programme to be arranged. Sessions start on multiples of `grid` minutes of the day."""

    days: Annotated[tuple[Day, ...], Length(1, 60), Unique("date")]
    rooms: Annotated[tuple[Room, ...], Length(1, 300), Unique("id")]
    sessions: Annotated[tuple[Session, ...], Length(0, 1000), Unique("id")]
    kinds: Annotated[tuple[Kind, ...], Length(0, 100), Unique("id")] = ()
    modules: Annotated[tuple[Module, ...], Length(0, 200), Unique("id")] = ()
    travel: Annotated[tuple[Travel, ...], Length(0, 1000)] = ()
    unavailable: Annotated[tuple[Absence, ...], Length(0, 10_000)] = ()
    interests: Annotated[tuple[Interest, ...], Length(0, 10_000)] = ()
    weights: Weights = field(default_factory=Weights)
    grid: Annotated[int, Between(1, 240)] = 15
    seed: Annotated[int, Between(0, 2**31 - 1)] = 0
    seconds: Annotated[float, Between(0.1, 86_400)] = 60


@dataclass(frozen=True)
class Placement:
    """Where a session goes."""

    session: str
    day: date
    start: time
    room: str


@dataclass(frozen=True)
class Rule:
    """A rule of the problem that took part in a contradiction.

    `kind` and `about` (the ids it speaks of; see `rules.py`) let a program say it in any
    language; `text` says it in English, and `relaxation` what giving it up means.
    """

    kind: str
    about: tuple[str, ...]
    text: str
    relaxation: str


@dataclass(frozen=True)
class Suggestion:
    """The answer.

    `optimal`: no timetable costs less (`bound` = `cost`). `feasible`: the best found in the time;
    none costs less than `bound`, and `gap` is (cost − bound) / cost. `infeasible`: proven that no
    timetable keeps all the rules. Each of `conflicts` is a set of rules that contradict each other,
    as small as it could be made in the time; giving up `relaxations` makes a timetable possible:
    the cheapest such rules (by `rules.PRICES`), or, where half of the time did not suffice to find
    these, rules of which none could be taken back. They are empty where the time was too short.
    `unknown`: neither found nor disproven in the time. `terms` splits the cost by `Weights`.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    placements: tuple[Placement, ...] = ()
    cost: int | None = None
    bound: int | None = None
    gap: float | None = None
    terms: dict[str, int] = field(default_factory=dict)
    conflicts: tuple[tuple[Rule, ...], ...] = ()
    relaxations: tuple[Rule, ...] = ()
    seconds: float = 0.0


def refuse_mistakes(problem: Problem) -> None:
    """Raise `InvalidDocumentError` where a part names what is not there or times run backwards."""
    sessions = {session.id for session in problem.sessions}
    rooms = {room.id for room in problem.rooms}
    kinds = {kind.id for kind in problem.kinds}
    modules = {module.id for module in problem.modules}
    dates = {day.date for day in problem.days}
    sites = {room.site for room in problem.rooms}
    for index, day in enumerate(problem.days):
        path = f"$.days[{index}]"
        _forward(day.opens, day.closes, f"{path}.closes")
        for number, pause in enumerate(day.breaks):
            _forward(pause.start, pause.end, f"{path}.breaks[{number}].end")
    for index, session in enumerate(problem.sessions):
        path = f"$.sessions[{index}]"
        refuse_unknown(session.room, rooms, f"{path}.room", "room")
        refuse_unknown(session.module, modules, f"{path}.module", "module")
        refuse_unknown(session.kind, kinds, f"{path}.kind", "kind")
        refuse_unknown(session.day, dates, f"{path}.day", "day")
        refuse_any_unknown(session.after, sessions, f"{path}.after", "session")
        _not_itself(session.after, session.id, f"{path}.after")
    for index, module in enumerate(problem.modules):
        refuse_any_unknown(module.after, modules, f"$.modules[{index}].after", "module")
        _not_itself(module.after, module.id, f"$.modules[{index}].after")
    for index, travel in enumerate(problem.travel):
        refuse_any_unknown(travel.between, sites, f"$.travel[{index}].between", "site")
    for index, absence in enumerate(problem.unavailable):
        path = f"$.unavailable[{index}]"
        refuse_unknown(absence.day, dates, f"{path}.day", "day")
        if absence.start is not None and absence.end is not None:
            _forward(absence.start, absence.end, f"{path}.end")
    for index, interest in enumerate(problem.interests):
        refuse_any_unknown(interest.sessions, sessions, f"$.interests[{index}].sessions", "session")


def _not_itself(names: Sequence[str], itself: str, path: str) -> None:
    if itself in names:
        raise InvalidDocumentError(f"{path}[{names.index(itself)}]", "can't come after itself")


def _forward(start: time, end: time, path: str) -> None:
    if end <= start:
        raise InvalidDocumentError(path, f"must come after {start:%H:%M}, not be {end:%H:%M}")
