"""What is wished of a timetable, as the objective of its constraint programme."""

from collections import Counter, defaultdict
from itertools import combinations, permutations
from typing import Any

from madang.methods.timetable.model import Model
from madang.methods.timetable.problem import Session


def cost(model: Model) -> Any:
    """The linear expression of the cost of a timetable; `checking.terms` defines it."""
    weights = model.problem.weights
    parts = [
        weight * literal
        for weight, literals in (
            (weights.interests, _interests(model) if weights.interests else []),
            (weights.order, _order(model) if weights.order else []),
            (weights.time, _time(model) if weights.time else []),
            (weights.days, _days(model) if weights.days else []),
        )
        for literal in literals
    ]
    return sum(parts)


def _interests(model: Model) -> list[Any]:
    wanted: Counter[tuple[str, str]] = Counter()
    for interest in model.problem.interests:
        for one, other in combinations(sorted(interest.sessions), 2):
            wanted[one, other] += interest.weight
    clashes = []
    for (one, other), weight in wanted.items():
        if _never_together(model.sessions[one], model.sessions[other]):
            continue
        clash = model.cp.new_bool_var("")
        model.cp.add_bool_or([model.before(one, other), model.before(other, one), clash])
        clashes.append(weight * clash)
    return clashes


def _never_together(one: Session, other: Session) -> bool:
    return one.plenary or other.plenary or not set(one.people).isdisjoint(other.people)


def _order(model: Model) -> list[Any]:
    rank = {kind.id: index for index, kind in enumerate(model.problem.kinds)}
    members: dict[str, list[Session]] = defaultdict(list)
    for session in model.sessions.values():
        if session.module is not None and session.kind is not None:
            members[session.module].append(session)
    breaches = []
    for sessions in members.values():
        for one, other in permutations(sessions, 2):
            if rank[one.kind or ""] < rank[other.kind or ""]:
                breach = model.cp.new_bool_var("")
                model.cp.add_bool_or([model.before(one.id, other.id, walking=False), breach])
                breaches.append(breach)
    return breaches


def _time(model: Model) -> list[Any]:
    by_kind = {kind.id: kind.prefers for kind in model.problem.kinds}
    breaches: list[Any] = []
    for name, session in model.sessions.items():
        wishes = session.prefers or by_kind.get(session.kind or "", ())
        afternoon = model.in_afternoon(name) if {"morning", "afternoon"} & set(wishes) else 0
        numbers = {day.date: number for number, day in enumerate(model.days)}
        last = len(numbers) - 1
        for wish in wishes:
            match wish:
                case "morning":
                    breaches.append(afternoon)
                case "afternoon":
                    breaches.append(1 - afternoon)
                case "early":
                    breaches += [numbers[day] * on for day, on in model.on_day(name).items()]
                case "late":
                    breaches += [
                        (last - numbers[day]) * on for day, on in model.on_day(name).items()
                    ]
    return breaches


def _days(model: Model) -> list[Any]:
    breaches: list[Any] = []
    for module in model.problem.modules:
        names = [name for name, session in model.sessions.items() if session.module == module.id]
        if module.days == "any" or len(names) < 2:
            continue
        on_days: dict[Any, list[Any]] = defaultdict(list)
        for name in names:
            for day, literal in model.on_day(name).items():
                on_days[day].append(literal)
        if module.days == "spread":
            share = -(-len(names) // len(model.days))
            for literals in on_days.values():
                excess = model.cp.new_int_var(0, len(names), "")
                model.cp.add(excess >= sum(literals) - share)
                breaches.append(excess)
        else:
            used = [model.cp.new_bool_var("") for _ in on_days]
            for literals, use in zip(on_days.values(), used, strict=True):
                for literal in literals:
                    model.cp.add_implication(literal, use)
            breaches.append(sum(used) - 1)
    return breaches
