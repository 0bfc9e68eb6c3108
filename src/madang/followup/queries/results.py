"""Results with what they cite, as a reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from madang.core import links, texts
from madang.core.links import Link, Reference
from madang.core.policies import Who
from madang.followup.models import Result
from madang.people.models import Country


@dataclass(frozen=True)
class ShownResult:
    """A result, the country where it may be named, and what it cites of what the reader may see."""

    result: Result
    country: Country | None
    cited: list[tuple[str, Link]]


def published(edition_id: UUID, who: Who) -> list[ShownResult]:
    """What the public reads, the latest first."""
    found = Result.objects.filter(edition=edition_id, state=Result.State.PUBLISHED)
    return _shown(list(found.select_related("country").prefetch_related("links")), who)


def of_edition(edition_id: UUID, who: Who) -> list[ShownResult]:
    """Everything that was told, with the country whether or not it agreed: for the desk."""
    found = Result.objects.filter(edition=edition_id)
    rows = list(found.select_related("country").prefetch_related("links"))
    return _shown(rows, who, all_countries=True)


def _shown(rows: Sequence[Result], who: Who, *, all_countries: bool = False) -> list[ShownResult]:
    texts.prefetch(rows)
    texts.prefetch_referred(rows, "country")
    references = {
        (row.pk, Reference(it.thing_model, it.thing_id)) for row in rows for it in row.links.all()
    }
    cited = links.resolve({reference for _row, reference in references}, who)
    return [
        ShownResult(
            row,
            row.country if all_countries else row.shown_country,
            [
                (links.kind_of(it.thing_model), cited[reference])
                for it in row.links.all()
                if (reference := Reference(it.thing_model, it.thing_id)) in cited
            ],
        )
        for row in rows
    ]
