"""What the bank of a series holds, and where its questions were asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from madang.core import texts
from madang.learning.analysis.results import ItemResult, TestResult
from madang.learning.models import Competency, ExamItem, Item, ItemVersion
from madang.methods import documents
from madang.workshops.models import Edition


@dataclass(frozen=True)
class Use:
    """A question in one test: the version that was asked, and how it went, once that is told."""

    place: ExamItem
    result: ItemResult | None


def items(edition: Edition) -> QuerySet[Item]:
    """The bank of an edition's series, with what each question asks."""
    return Item.objects.filter(series=edition.series_id).select_related("newest", "competency")


def filtered(rows: QuerySet[Item], wanted: Mapping[str, Any]) -> QuerySet[Item]:
    if wanted.get("module"):
        rows = rows.filter(module_number=wanted["module"])
    if wanted.get("kind"):
        rows = rows.filter(newest__stored__kind=wanted["kind"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("q"):
        words = wanted["q"].strip().casefold()
        # JSON is searched here: databases differ in how they fold letters.
        found = [
            pk
            for pk, text in rows.values_list("pk", "newest__stored__text")
            if any(words in said.casefold() for said in (text or {}).values())
        ]
        rows = rows.filter(pk__in=found)
    return rows


def named(rows: list[Item]) -> list[Item]:
    """Items with the names of their competencies in all languages (one query)."""
    texts.prefetch_referred(rows, "competency")
    return rows


def competencies(edition: Edition) -> list[Competency]:
    """What a series wants people to be able to do (two queries)."""
    found = list(Competency.objects.filter(series=edition.series_id))
    texts.prefetch(found)
    return found


def versions(item: Item) -> list[ItemVersion]:
    return list(item.versions.all())


def uses(item: Item) -> list[Use]:
    """Every test that asks the question, the latest first, with what was frozen of it."""
    places = (
        ExamItem.objects.filter(version_asked__item=item)
        .select_related("version_asked", "exam__edition", "exam__result")
        .order_by("-exam__edition__starts_on", "exam__kind")
    )
    found = list(places)
    texts.prefetch_referred([place.exam for place in found], "edition")
    return [Use(place, _result(place)) for place in found]


def _result(place: ExamItem) -> ItemResult | None:
    frozen = getattr(place.exam, "result", None)
    if frozen is None:
        return None
    told = documents.read(TestResult, frozen.content)
    wanted = str(place.version_asked_id)
    return next((each for each in told.items if each.version == wanted), None)
