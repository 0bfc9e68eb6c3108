"""The timetable as a constraint programme for CP-SAT.

Times are minutes from the midnight before the first day. Each session has a start, whose domain
already holds what concerns it alone (hours, breaks, fixed times, absences), and one literal for
each group of rooms alike; within a group it does not matter which room, so a group of n rooms is a
resource of which n are there, and rooms are dealt out afterwards. The rules between two sessions
are disjunctions of "this one ends, and the way is walked, before that one starts".

Importing this module imports OR-Tools.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, time
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from madang.methods.timetable.problem import Day, Problem, Room, Session
from madang.methods.timetable.rules import Key, alike

DAY = 1440  # minutes
NOON = 720
Literal = Any  # cp_model.IntVar or its negation; OR-Tools' own types differ between releases


class Model:
    """The constraint programme of a problem under those of its rules that are in force."""

    def __init__(self, problem: Problem, keys: Collection[Key]) -> None:
        self.problem = problem
        self.keys = frozenset(keys)
        self.cp = cp_model.CpModel()
        self.first = min(day.date for day in problem.days)
        self.days = sorted(problem.days, key=lambda day: day.date)
        self.groups = alike(problem)
        self.ways = _ways(problem)
        self.sessions = {
            session.id: session
            for session in problem.sessions
            if ("held", (session.id,)) in self.keys
        }
        self.starts: dict[str, list[int]] = {}
        self.start: dict[str, Any] = {}
        self.interval: dict[str, Any] = {}
        self.in_group: dict[str, dict[int, Literal]] = {}
        self.at_site: dict[str, dict[str, Literal]] = {}
        self._before: dict[tuple[str, str, bool], Literal] = {}
        self._on_day: dict[str, dict[date, Literal]] = {}
        self.true = self.cp.new_constant(1)
        for session in self.sessions.values():
            self._place(session)
        self._rooms()
        self._people()
        self._plenaries()
        self._sequences()

    # What concerns one session

    def _place(self, session: Session) -> None:
        name = session.id
        self.starts[name] = starts = self._possible_starts(session)
        if not starts:
            self.cp.add_bool_or([])  # nowhere to go: the contradiction is the solver's to prove
            starts = [0]
        domain = cp_model.Domain.from_values(starts)
        self.start[name] = start = self.cp.new_int_var_from_domain(domain, f"start of {name}")
        self.interval[name] = self.cp.new_fixed_size_interval_var(start, session.length, name)
        groups = [index for index, group in enumerate(self.groups) if self._fits(session, group)]
        literals = {index: self.cp.new_bool_var(f"{name} in group {index}") for index in groups}
        self.cp.add_exactly_one(literals.values())
        self.in_group[name] = literals
        by_site: dict[str, list[Literal]] = defaultdict(list)
        for index, literal in literals.items():
            by_site[self.groups[index][0].site].append(literal)
        self.at_site[name] = {
            site: self.true if len(by_site) == 1 else self._any_of(members)
            for site, members in by_site.items()
        }

    def _any_of(self, exclusive: list[Literal]) -> Literal:
        """A literal that is true when one of some literals is, of which at most one can be."""
        if len(exclusive) == 1:
            return exclusive[0]
        literal = self.cp.new_bool_var("")
        self.cp.add(sum(exclusive) == literal)
        return literal

    def _fits(self, session: Session, group: tuple[Room, ...]) -> bool:
        room, about = group[0], (session.id,)
        if room.id != session.room and (room.reserved or ("fixed_room", about) in self.keys):
            return False
        return ("suits", about) not in self.keys or (
            room.capacity >= session.size and set(session.needs) <= set(room.features)
        )

    def _possible_starts(self, session: Session) -> list[int]:
        about = (session.id,)
        days = [
            day
            for day in self.days
            if ("fixed_day", about) not in self.keys or day.date == session.day
        ]
        away = [
            self._span(absence.day, absence.start, absence.end)
            for absence in self.problem.unavailable
            if absence.person in session.people
            and ("absence", (absence.person, str(absence.day))) in self.keys
        ]
        found = []
        for day in days:
            if session.start is not None and ("fixed_start", about) in self.keys:
                candidates = [self._midnight(day.date) + minute_of(session.start)]
                closed = away
            else:
                candidates = self._open_starts(session, day)
                closed = away + self._breaks(session, day)
            found += [
                start
                for start in candidates
                if all(start + session.length <= s or e <= start for s, e in closed)
            ]
        return found

    def _open_starts(self, session: Session, day: Day) -> list[int]:
        opens, closes = 0, DAY
        if ("hours", (str(day.date),)) in self.keys:
            opens, closes = minute_of(day.opens), minute_of(day.closes)
        grid = self.problem.grid
        earliest = -(-opens // grid) * grid
        midnight = self._midnight(day.date)
        return [midnight + m for m in range(earliest, closes - session.length + 1, grid)]

    def _breaks(self, session: Session, day: Day) -> list[tuple[int, int]]:
        if session.through_breaks:
            return []
        return [
            self._span(day.date, pause.start, pause.end)
            for pause in day.breaks
            if ("break", (str(day.date), pause.name)) in self.keys
        ]

    def _span(self, day: date, start: time | None, end: time | None) -> tuple[int, int]:
        midnight = self._midnight(day)
        return (
            midnight + (0 if start is None else minute_of(start)),
            midnight + (DAY if end is None else minute_of(end)),
        )

    def _midnight(self, day: date) -> int:
        return (day - self.first).days * DAY

    # What is between sessions

    def _rooms(self) -> None:
        for index, group in enumerate(self.groups):
            if ("rooms", tuple(room.id for room in group)) not in self.keys:
                continue
            optional = [
                self.cp.new_optional_fixed_size_interval_var(
                    self.start[name], self.sessions[name].length, literals[index], name
                )
                for name, literals in self.in_group.items()
                if index in literals
            ]
            if len(group) == 1:
                self.cp.add_no_overlap(optional)
            else:
                self.cp.add_cumulative(optional, [1] * len(optional), len(group))
            self._room_minutes(index, group)

    def _room_minutes(self, index: int, group: tuple[Room, ...]) -> None:
        """The sessions in some rooms fit into the minutes that the plenaries leave.

        It follows from the other rules, but proves in no time that a week is too full.
        """
        plenaries = set(self._plenary_names())
        inside = [
            name
            for name, literals in self.in_group.items()
            if index in literals and name not in plenaries
        ]
        spans = [span for name in inside for span in self._spans(name)]
        whole = minutes_in(spans)
        taken = sum(
            # A plenary that runs through a break takes only what lies outside of it.
            min((whole - minutes_in(spans, without=span) for span in self._spans(name)), default=0)
            for name in plenaries
        )
        used = [self.sessions[name].length * self.in_group[name][index] for name in inside]
        self.cp.add(sum(used) <= len(group) * (whole - taken))

    def _spans(self, name: str) -> list[tuple[int, int]]:
        """From when to when a session can be held."""
        return [(start, start + self.sessions[name].length) for start in self.starts[name]]

    def _people(self) -> None:
        held: dict[str, list[str]] = defaultdict(list)
        for name, session in self.sessions.items():
            for person in session.people:
                if ("person", (person,)) in self.keys:
                    held[person].append(name)
        pairs = {}
        for names in held.values():
            self.cp.add_no_overlap([self.interval[name] for name in names])
            pairs.update(dict.fromkeys(combinations(names, 2)))
        for one, other in pairs:
            self._keep_apart(one, other)

    def _plenary_names(self) -> list[str]:
        return [
            name
            for name, session in self.sessions.items()
            if session.plenary and ("plenary", (name,)) in self.keys
        ]

    def _plenaries(self) -> None:
        plenaries = self._plenary_names()
        # A plenary takes all of a resource of which every other session takes one part.
        whole = len(self.sessions)
        demands = [whole if name in plenaries else 1 for name in self.sessions]
        if plenaries:
            self.cp.add_cumulative(list(self.interval.values()), demands, whole)
        for one in plenaries:
            for other in self.sessions:
                if other != one:
                    self._keep_apart(one, other)

    def _keep_apart(self, one: str, other: str) -> None:
        """Leave time for the way between two sessions that an interval already keeps disjoint."""
        if self._far(one, other):
            self.cp.add_bool_or([self.before(one, other), self.before(other, one)])

    def _sequences(self) -> None:
        for one, other in self._ordered():
            self.cp.add(self.start[one] + self.sessions[one].length <= self.start[other])

    def _ordered(self) -> list[tuple[str, str]]:
        """The pairs of sessions of which the first must end before the second starts."""
        members: dict[str | None, list[str]] = defaultdict(list)
        for name, session in self.sessions.items():
            members[session.module].append(name)
        pairs = [
            (earlier, name)
            for name, session in self.sessions.items()
            for earlier in session.after
            if earlier in self.sessions and ("after", (name, earlier)) in self.keys
        ]
        for module in self.problem.modules:
            for before in module.after:
                if ("module_after", (module.id, before)) in self.keys:
                    pairs += [(a, b) for a in members[before] for b in members[module.id]]
        return pairs

    def _far(self, one: str, other: str) -> bool:
        return any(
            self.ways.get((here, there), 0) > 0
            for here in self.at_site[one]
            for there in self.at_site[other]
        )

    def before(self, one: str, other: str, *, walking: bool = True) -> Literal:
        """A literal that, when true, makes `one` end before `other` starts.

        When `walking`, there is time in between for the way from the one's site to the other's.
        """
        walking = walking and self._far(one, other)
        known = self._before.get((one, other, walking))
        if known is not None:
            return known
        ends = self.start[one] + self.sessions[one].length
        starts = self.start[other]
        literal = self.cp.new_bool_var("")
        self.cp.add(ends <= starts).only_enforce_if(literal)
        if walking:
            for here, is_here in self.at_site[one].items():
                for there, is_there in self.at_site[other].items():
                    way = self.ways.get((here, there), 0)
                    if way:
                        self.cp.add(ends + way <= starts).only_enforce_if(
                            literal, is_here, is_there
                        )
        self._before[one, other, walking] = literal
        return literal

    def on_day(self, name: str) -> dict[date, Literal]:
        """One literal for each day on which a session can be; the one of its day is true."""
        if name not in self._on_day:
            by_day: dict[date, list[int]] = defaultdict(list)
            for day in self.days:
                midnight = self._midnight(day.date)
                starts = [s for s in self.starts[name] if midnight <= s < midnight + DAY]
                if starts:
                    by_day[day.date] = starts
            self._on_day[name] = self._which(name, by_day)
        return self._on_day[name]

    def _which(self, name: str, parts: dict[Any, list[int]]) -> dict[Any, Literal]:
        """One literal for each part of the possible starts of a session."""
        if len(parts) == 1:
            return dict.fromkeys(parts, self.true)
        literals = {part: self.cp.new_bool_var("") for part in parts}
        for part, starts in parts.items():
            domain = cp_model.Domain.from_values(starts)
            self.cp.add_linear_expression_in_domain(self.start[name], domain).only_enforce_if(
                literals[part]
            )
        self.cp.add_exactly_one(literals.values())
        return literals

    def in_afternoon(self, name: str) -> Literal:
        parts: dict[Any, list[int]] = defaultdict(list)
        for start in self.starts[name]:
            parts[start % DAY >= NOON].append(start)
        return self._which(name, parts).get(True, 0)


def minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _ways(problem: Problem) -> dict[tuple[str, str], int]:
    """Minutes from site to site, where there are any; of two statements the longer holds."""
    ways: dict[tuple[str, str], int] = {}
    for travel in problem.travel:
        here, there = travel.between
        if here != there:
            minutes = max(travel.minutes, ways.get((here, there), 0))
            ways[here, there] = ways[there, here] = minutes
    return ways


def minutes_in(spans: Iterable[tuple[int, int]], *, without: tuple[int, int] = (0, 0)) -> int:
    """How many minutes lie in at least one of some spans, and not in the span `without`."""
    covered = reached = 0
    for start, end in sorted(spans):
        new = max(start, reached)
        if new < end:
            left_out = max(0, min(end, without[1]) - max(new, without[0]))
            covered += end - new - left_out
            reached = end
    return covered
