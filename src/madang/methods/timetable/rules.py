"""The rules of a problem one by one, so that a contradiction can name those that make it.

A rule's `kind` and what its `about` holds:

held (session) · hours (day) · break (day, name) · fixed_day, fixed_start, fixed_room (session) ·
suits (session): its room has the seats and features · rooms (rooms alike): each holds one session
at a time · person (person): in one place at a time · absence (person, day) · plenary (session) ·
after (session, earlier session) · module_after (module, earlier module)
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from madang.methods.timetable.problem import Problem, Room, Rule, Session

Key = tuple[str, tuple[str, ...]]

# What giving up one rule of a kind costs, against the others: wishes of the organisers are moved
# more easily than people and places, and a session is left out last.
PRICES = {
    "fixed_day": 10,
    "fixed_start": 10,
    "fixed_room": 10,
    "after": 11,
    "module_after": 11,
    "break": 12,
    "hours": 13,
    "plenary": 14,
    "absence": 15,
    "person": 16,
    "suits": 17,
    "rooms": 18,
    "held": 24,
}


def key(rule: Rule) -> Key:
    return rule.kind, rule.about


def alike(problem: Problem) -> list[tuple[Room, ...]]:
    """The rooms in groups whose members can stand in for each other.

    A room that some session is fixed in, or that is reserved, is a group of its own.
    """
    fixed = {session.room for session in problem.sessions}
    groups: dict[object, list[Room]] = defaultdict(list)
    for room in problem.rooms:
        own = room.id if room.id in fixed or room.reserved else None
        groups[own, room.site, room.capacity, frozenset(room.features)].append(room)
    return [tuple(group) for group in groups.values()]


def every_rule(problem: Problem) -> list[Rule]:
    """Every rule of the problem, those first whose absence makes it smallest."""
    found = [
        Rule(
            "held",
            (session.id,),
            f"“{session.id}” ({session.length} minutes) takes place.",
            f"Leave “{session.id}” out.",
        )
        for session in problem.sessions
    ]
    for session in problem.sessions:
        found += _of_session(session)
    found += _of_modules(problem)
    found += _of_people(problem)
    found += _of_rooms(problem)
    found += _of_days(problem)
    return found


def _of_session(session: Session) -> Iterator[Rule]:
    name, about = f"“{session.id}”", (session.id,)
    if session.day is not None:
        yield Rule(
            "fixed_day", about, f"{name} is on {session.day}.", f"Let {name} be on another day."
        )
    if session.start is not None:
        yield Rule(
            "fixed_start",
            about,
            f"{name} starts at {session.start:%H:%M}.",
            f"Let {name} start at another time.",
        )
    if session.room is not None:
        yield Rule(
            "fixed_room",
            about,
            f"{name} is in “{session.room}”.",
            f"Let {name} be in another room.",
        )
    if session.size or session.needs:
        wanted = [f"{session.size} seats"] if session.size else []
        wanted += [f"“{need}”" for need in session.needs]
        yield Rule(
            "suits",
            about,
            f"{name} needs a room with {', '.join(wanted)}.",
            f"Let {name} do with another room, or provide one with {', '.join(wanted)}.",
        )
    if session.plenary:
        yield Rule(
            "plenary",
            about,
            f"{name} is for everybody: nothing runs beside it.",
            f"Let other sessions run beside {name}.",
        )
    for earlier in session.after:
        yield Rule(
            "after",
            (session.id, earlier),
            f"{name} comes after “{earlier}”.",
            f"Let {name} start before “{earlier}” has ended.",
        )


def _of_modules(problem: Problem) -> Iterator[Rule]:
    for module in problem.modules:
        for earlier in module.after:
            yield Rule(
                "module_after",
                (module.id, earlier),
                f"The module “{module.id}” comes after “{earlier}”.",
                f"Let the module “{module.id}” start before “{earlier}” has ended.",
            )


def _of_people(problem: Problem) -> Iterator[Rule]:
    speaking = Counter(person for session in problem.sessions for person in session.people)
    for person, sessions in speaking.items():
        if sessions > 1:
            yield Rule(
                "person",
                (person,),
                f"“{person}” can be in one place at a time.",
                f"Find somebody else for a session of “{person}”.",
            )
    away = {(absence.person, str(absence.day)): None for absence in problem.unavailable}
    for person, day in away:
        if person in speaking:
            yield Rule(
                "absence",
                (person, day),
                f"“{person}” is not available all of {day}.",
                f"Ask “{person}” for other times on {day}.",
            )


def _of_rooms(problem: Problem) -> Iterator[Rule]:
    for group in alike(problem):
        names = ", ".join(f"“{room.id}”" for room in group)
        yield Rule(
            "rooms",
            tuple(room.id for room in group),
            f"{names}: one session at a time in a room.",
            f"Provide more rooms like “{group[0].id}”.",
        )


def _of_days(problem: Problem) -> Iterator[Rule]:
    for day in problem.days:
        date = str(day.date)
        yield Rule(
            "hours",
            (date,),
            f"On {date} sessions run from {day.opens:%H:%M} to {day.closes:%H:%M}.",
            f"Begin earlier or end later on {date}.",
        )
        for pause in {pause.name: pause for pause in day.breaks}.values():
            yield Rule(
                "break",
                (date, pause.name),
                f"“{pause.name}” on {date} is kept free.",
                f"Let a session run into “{pause.name}” on {date}.",
            )
