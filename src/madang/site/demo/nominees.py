"""Everybody who was nominated, as the content says it, and as the actions take it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from madang.site.demo.content import content

KINDS = {"government": "government", "academia": "university", "civil_society": "association"}
RESPONSIBILITY = {
    "government": "Answers for part of the national e-Government programme and reports on it.",
    "academia": "Teaches public servants and advises the ministry on its strategy.",
    "civil_society": "Brings together the users of e-services and speaks for them.",
    "private": "Builds e-services that governments buy.",
}
STAGES = ("under_way", "drafted", "adopted", "none")


@dataclass(frozen=True)
class Nominee:
    """One invented person whom a country nominated.

    `merit` is what the officers' scores are made from, in points of a hundred; `fate` is what
    became of the nomination, empty where it was simply considered; `comes` says who took part.
    """

    country: str
    place: int
    name: str
    latin: str
    sex: str
    sector: str
    position: str
    years: int
    level: int
    merit: float
    fate: str = ""
    email: str = ""
    before: bool = False
    comes: bool = False

    def person(self) -> dict[str, Any]:
        """What is entered of the person."""
        latin = {"latin_name": self.latin} if self.latin else {}
        return {
            "name": self.name,
            "sort_name": self.latin or self.name,
            "email": self.email,
            "position": self.position,
            "language": "fa" if self.country == "IR" else "en",
            **latin,
        }

    def values(self, organisation: str) -> dict[str, Any]:
        """What is entered of the nomination."""
        return {
            "organisation_name": organisation,
            "responsibility": RESPONSIBILITY[self.sector],
            "sector": self.sector,
            "sex": self.sex,
            "years_experience": self.years,
            "language_level": self.level,
            "attended_before": self.before,
            "preference": self.place,
        }

    def answers(self, keys: list[str]) -> dict[str, str]:
        """What they answered, by the keys of the call's questions."""
        stage, with_partners, which, brings = keys
        answers = {stage: STAGES[ord(self.country[1]) % len(STAGES)]}
        partners = self.sector == "private" or self.place % 3 == 2
        answers[with_partners] = "yes" if partners else "no"
        if partners:
            answers[which] = "A shared data centre; who carries the risk of demand is open."
        if self.merit >= 60:
            answers[brings] = "What we would do otherwise if we began again today."
        return answers


@cache
def everybody() -> tuple[Nominee, ...]:
    """All who were nominated, country by country, in the order of the ministry's preference."""
    listed: list[Mapping[str, Any]] = [
        *({**entry, "comes": True} for entry in content("people")["participants"]),
        *content("nominations")["nominees"],
    ]
    found = []
    for country in (entry["code"] for entry in content("nominations")["countries"]):
        own = [entry for entry in listed if entry["country"] == country]
        found += [_nominee(entry, place) for place, entry in enumerate(own, start=1)]
    return tuple(found)


def of(country: str) -> list[Nominee]:
    """Whom a country nominated."""
    return [nominee for nominee in everybody() if nominee.country == country]


def fated(fate: str) -> Nominee:
    """The one of whom the story tells this."""
    [found] = [nominee for nominee in everybody() if nominee.fate == fate]
    return found


def _nominee(entry: Mapping[str, Any], place: int) -> Nominee:
    position = entry["position"]
    return Nominee(
        country=entry["country"],
        place=place,
        name=entry["name"],
        latin=entry.get("latin", ""),
        sex=entry["sex"],
        sector=entry["sector"],
        position=position if isinstance(position, str) else position["en"],
        years=entry["years"],
        level=entry["level"],
        merit=entry["merit"],
        fate=entry.get("fate", ""),
        email=entry.get("email") or _address(entry),
        before=entry.get("before", False),
        comes=entry.get("comes", False),
    )


def _address(entry: Mapping[str, Any]) -> str:
    latin = unicodedata.normalize("NFKD", entry.get("latin", entry["name"]).replace("Đ", "D"))
    letters = latin.replace("đ", "d").encode("ascii", "ignore").decode().lower()
    local = re.sub("[^a-z]+", ".", letters).strip(".")
    return f"{local}@{KINDS.get(entry['sector'], 'company')}.example"
