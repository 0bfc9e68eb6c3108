"""What may be told of a form, between counting and its frozen row."""

import json
from dataclasses import asdict
from typing import Any

from madang.evaluation.suppression import Block, Part, Publication, Told


def write(publication: Publication) -> str:
    """As it is stored: JSON in a fixed order."""
    return json.dumps(asdict(publication), sort_keys=True)


def read(content: str) -> Publication:
    """The same back."""
    stored: dict[str, Any] = json.loads(content)
    return Publication(stored["people"], tuple(_told(each) for each in stored["questions"]))


def _told(stored: dict[str, Any]) -> Told:
    blocks = tuple(Block(tuple(each["codes"]), each["share"]) for each in stored["blocks"])
    parts = tuple(Part(tuple(each["codes"]), each["mean"]) for each in stored["parts"])
    return Told(**stored | {"blocks": blocks, "parts": parts})
