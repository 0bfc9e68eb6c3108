"""What the answers say in English, made of the same codes and ids that a program reads."""

from collections.abc import Sequence

from madang.methods.selection.problem import Code, Reason, Rule

SHOWN = 5  # ids that a sentence names before it counts the rest


def reason(name: str, why: Reason) -> str:
    """Why `name` is chosen or is not."""
    if why.code == "undecided":
        return f"{name} could not be compared with the others in the time allowed."
    parts = [_OPENINGS[why.chosen, why.code].format(name=name, points=amount(why.points))]
    side = f"{'Without' if why.chosen else 'With'} {name},"
    if why.points is not None:
        parts.append(f"{side} {_exchange(why)}")
    elif why.code in ("excluded", "included"):
        parts.append(f"{side} no cohort keeps the rules.")
    if why.rules and why.code != "needed":
        parts.append(f"In the way of taking a place: {_listed([rule(one) for one in why.rules])}.")
    parts += [one.text for one in why.relaxations]
    if why.indistinguishable and why.code in ("merit", "excluded", "included"):
        parts.append("The difference is within the uncertainty of the points.")
    return " ".join(parts)


def lot(name: str, why: Reason, chance: float) -> str:
    """Why `name` was drawn or not."""
    if why.code == "lot":
        drawn = "drawn" if why.chosen else "not drawn"
        return f"{name} was {drawn}, with a chance of {chance:.1%}."
    if why.code == "undecided":
        return f"No cohort with {name} was found in the time allowed."
    opening = _OPENINGS[why.chosen, why.code].format(name=name)
    return " ".join([opening, *(one.text for one in why.relaxations)])


def rule(one: Rule) -> str:
    """A rule, as the end of a sentence."""
    if one.kind == "quota":
        end = "at least" if one.limit == "min" else "at most"
        return f"{end} {amount(one.at)} with {one.attribute} = {one.value}"
    if one.kind == "budget":
        return f"the budget of {amount(one.at)}"
    return f"{one.id} is to be included"


_OPENINGS: dict[tuple[bool, Code], str] = {
    (False, "merit"): "{name} is {points} points short of the best cohort.",
    (True, "merit"): "The best cohort without {name} is worth {points} points less.",
    (False, "tie"): "A cohort with {name} is worth the same.",
    (True, "tie"): "A cohort without {name} is worth the same.",
    (False, "rules"): "No cohort with {name} keeps the rules.",
    (True, "needed"): "No cohort without {name} keeps the rules.",
    (False, "excluded"): "{name} is excluded.",
    (True, "included"): "{name} is to be included.",
}


def _exchange(why: Reason) -> str:
    enters = _listed(why.enters)
    leaves = _listed(why.leaves)
    moves = f"{leaves} would leave for {enters}" if leaves else "nobody would have to leave"
    return f"the best cohort is worth {amount(why.objective)}: {moves}."


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:SHOWN])
    if len(names) > SHOWN:
        shown.append(f"{len(names) - SHOWN} more")
    return ", ".join(shown)


def amount(value: float | None) -> str:
    """A number as a sentence has it: at most ten digits, none of them an empty decimal."""
    return "" if value is None else f"{value:.10g}"
