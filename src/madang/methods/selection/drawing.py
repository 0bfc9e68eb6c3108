r"""The drawing of a panel, which anybody can check, now and in a hundred years.

1. `freeze` writes down who is on the list, the rules and the panels with their weights, as one text
   in a canonical form. Its SHA-256, the fingerprint, is made public.
2. Only then comes the seed, from public randomness: dice that are rolled in the room, for instance.
3. `draw` is SHA-256 of both. Nobody could choose the panels to suit the seed, nor the seed to suit
   the panels, and everybody with the text and the seed gets the same panel:

       import hashlib, json
       text, seed = open("frozen.json", "rb").read(), "the seed"
       panels = json.loads(text)["panels"]
       total = sum(int(panel["weight"]) for panel in panels)
       key, blocks, turn = hashlib.sha256(text).hexdigest(), -(-total.bit_length() // 256), 0
       sha = lambda b: hashlib.sha256(f"{key}\n{seed}\n{turn}\n{b}".encode()).hexdigest()
       top = 2 ** (256 * blocks) // total * total
       while (number := int("".join(map(sha, range(blocks))), 16)) >= top: turn += 1
       ticket = number % total
       while ticket >= 0: panel = panels.pop(0); ticket -= int(panel["weight"])
       print(panel["members"])

The frozen text is JSON in UTF-8 with keys in the order of their code points, no space between
tokens, no escapes but those that JSON demands, and a line feed at the end. Weights are whole
numbers in decimal, as texts, for they can be larger than JSON readers keep; so are amounts of
money, without superfluous zeros. `list` has each nominee's id, the attributes that quotas speak of,
and the cost if there is a budget: what is needed to see that the panels keep the rules, and nothing
else; merit is not in it.

Each panel has as many of the numbers 0 … total − 1 as its weight, in the order of the panels. The
digests of as many blocks as the total has (each 256 bits), one after the other, are one large
number; it is refused, and the next turn taken, if it lies above the largest multiple of the total,
so that each ticket is exactly as likely as every other.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from madang.methods.selection.problem import Panel, Problem

FORM = "madang drawing 1"
BITS = 256


@dataclass(frozen=True)
class Frozen:
    """The canonical text and its fingerprint, the SHA-256 in hexadecimal."""

    text: bytes
    fingerprint: str


@dataclass(frozen=True)
class Drawing:
    """The panel drawn: its place among the panels (from 0) and its members.

    `ticket` is the number drawn from 0 … `tickets` − 1, in the turn `turn` (from 0); `digest` is
    the first SHA-256 of that turn, in hexadecimal.
    """

    fingerprint: str
    seed: str
    panel: int
    members: tuple[str, ...]
    ticket: int
    tickets: int
    turn: int
    digest: str


def freeze(problem: Problem, panels: Sequence[Panel]) -> Frozen:
    """The list, the rules and the panels as a text that is the same for ever, with its hash."""
    quoted = {quota.attribute for quota in problem.quotas}
    people = []
    for nominee in problem.nominees:
        held = {name: value for name, value in nominee.attributes.items() if name in quoted}
        person: dict[str, Any] = {"attributes": held, "id": nominee.id}
        if problem.budget is not None:
            person["cost"] = _amount(nominee.cost)
        people.append(person)
    document = {
        "form": FORM,
        "list": people,
        "panels": [{"members": panel.members, "weight": panel.weight} for panel in panels],
        "rules": {
            "budget": None if problem.budget is None else _amount(problem.budget),
            "exclude": problem.exclude,
            "include": problem.include,
            "quotas": [
                {
                    "attribute": quota.attribute,
                    "max": problem.seats if quota.max is None else quota.max,
                    "min": quota.min,
                    "value": quota.value,
                }
                for quota in problem.quotas
            ],
            "seats": problem.seats,
        },
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    written = text.encode() + b"\n"
    return Frozen(written, hashlib.sha256(written).hexdigest())


def draw(frozen: Frozen, seed: str) -> Drawing:
    """The panel that a seed draws, the same one each time.

    Raises `ValueError` for an empty seed and for a text without panels, or whose fingerprint is
    another.
    """
    if not seed.strip():
        raise ValueError("a drawing needs a seed")
    if hashlib.sha256(frozen.text).hexdigest() != frozen.fingerprint:
        raise ValueError("the text does not have this fingerprint")
    panels = json.loads(frozen.text)["panels"]
    tickets = sum(int(panel["weight"]) for panel in panels)
    if tickets < 1:
        raise ValueError("there is no panel to draw")
    blocks = -(-tickets.bit_length() // BITS)
    refused_from = 2 ** (BITS * blocks) // tickets * tickets
    turn = 0
    while True:
        digests = [
            hashlib.sha256(f"{frozen.fingerprint}\n{seed}\n{turn}\n{block}".encode()).hexdigest()
            for block in range(blocks)
        ]
        drawn = int("".join(digests), 16)
        if drawn < refused_from:
            break
        turn += 1
    ticket = drawn % tickets
    index, passed = 0, int(panels[0]["weight"])
    while ticket >= passed:
        index += 1
        passed += int(panels[index]["weight"])
    return Drawing(
        fingerprint=frozen.fingerprint,
        seed=seed,
        panel=index,
        members=tuple(panels[index]["members"]),
        ticket=ticket,
        tickets=tickets,
        turn=turn,
        digest=digests[0],
    )


def verify(text: bytes, drawing: Drawing) -> list[str]:
    """What does not agree between a frozen text and what was drawn; an empty list if all does."""
    fingerprint = hashlib.sha256(text).hexdigest()
    if fingerprint != drawing.fingerprint:
        return [f"the text's fingerprint is {fingerprint}, not {drawing.fingerprint}"]
    again = draw(Frozen(text, fingerprint), drawing.seed)
    names = ("panel", "members", "ticket", "tickets", "turn", "digest")
    return [
        f"the {name} is {getattr(again, name)}, not {getattr(drawing, name)}"
        for name in names
        if getattr(again, name) != getattr(drawing, name)
    ]


def _amount(value: float) -> str:
    """Money in decimal, without exponent and superfluous zeros: 700, 12.5."""
    text = format(Decimal(repr(value)), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
