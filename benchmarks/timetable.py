"""How long the timetable takes, and how well it does, for weeks of 20, 40 and 80 sessions.

    python benchmarks/timetable.py [--seconds 1 60] [--sessions 20 40 80] [--seeds 0]

Prints JSON. `loose` is a week with room to spare, `tight` one with a third of the rooms.
"""

import argparse
import json
import random
import sys
from dataclasses import replace
from datetime import date, time, timedelta

import machine

from madang.methods.timetable import (
    Absence,
    Break,
    Day,
    Interest,
    Kind,
    Module,
    Problem,
    Room,
    Session,
    Travel,
    suggest,
)

MONDAY = date(2007, 10, 8)
LENGTHS = {"lecture": 60, "case study": 45, "group work": 90, "discussion": 60}


def week(count: int, *, tight: bool, seed: int) -> Problem:
    """An invented workshop of five days: `count` sessions, speakers, modules and wishes."""
    chance = random.Random(seed)  # noqa: S311 - an invented instance, not a secret
    kinds = list(LENGTHS)
    modules = [f"module {number}" for number in range(1, 5)]
    speakers = [f"speaker {number}" for number in range(1, 2 + count // 2)]
    sessions = [Session("opening", 60, plenary=True, size=40, room="hall", day=MONDAY)]
    for number in range(1, count - 1):
        kind = chance.choice(kinds)
        sessions.append(
            Session(
                f"session {number}",
                LENGTHS[kind],
                kind=kind,
                module=modules[number * len(modules) // count],
                people=tuple(chance.sample(speakers, chance.choice([1, 1, 2]))),
                size=chance.choice([10, 20, 20, 40]),
                needs=("projector",),
            )
        )
    sessions.append(
        Session("field trip", 240, plenary=True, size=40, room="exhibition", through_breaks=True)
    )
    names = [session.id for session in sessions]
    small = max(1, count // (36 if tight else 12))
    return Problem(
        days=tuple(
            Day(
                MONDAY + timedelta(days=number),
                time(9),
                time(18),
                (Break("lunch", time(12, 30), time(14)), Break("tea", time(16), time(16, 15))),
            )
            for number in range(5)
        ),
        rooms=(
            Room("hall", 120, "incheon", ("projector",)),
            Room("exhibition", 60, "seoul", reserved=True),
            *(Room(f"room {n}", 25, "incheon", ("projector",)) for n in range(1, small + 1)),
        ),
        sessions=tuple(sessions),
        kinds=(
            Kind("lecture", ("morning",)),
            Kind("case study"),
            Kind("group work", ("afternoon",)),
            Kind("discussion"),
        ),
        modules=tuple(
            Module(name, days=chance.choice(["spread", "together", "any"])) for name in modules
        ),
        travel=(Travel(("incheon", "seoul"), 60),),
        unavailable=tuple(
            Absence(person, MONDAY + timedelta(days=chance.randrange(5)))
            for person in speakers[::3]
        ),
        interests=tuple(Interest(tuple(chance.sample(names, min(5, count)))) for _ in range(37)),
        seed=seed,
    )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, nargs="+", default=[1, 60])
    parser.add_argument("--sessions", type=int, nargs="+", default=[20, 40, 80])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    arguments = parser.parse_args(argv)
    results = []
    for count in arguments.sessions:
        for tight in (False, True):
            for seed in arguments.seeds:
                for seconds in arguments.seconds:
                    problem = replace(week(count, tight=tight, seed=seed), seconds=seconds)
                    answer = suggest(problem)
                    results.append(
                        {
                            "sessions": count,
                            "rooms": len(problem.rooms),
                            "week": "tight" if tight else "loose",
                            "seed": seed,
                            "limit": seconds,
                            "status": answer.status,
                            "cost": answer.cost,
                            "bound": answer.bound,
                            "gap": answer.gap,
                            "seconds": answer.seconds,
                        }
                    )
    document = {"benchmark": "timetable", "machine": machine.describe(), "results": results}
    print(json.dumps(document, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
