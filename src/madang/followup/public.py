"""What the public is told of results: a tab on the pages of the edition, and the news."""

from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from madang.core import clock, texts
from madang.followup.models import Result
from madang.workshops import latest
from madang.workshops.pages.navigation import OwnPage
from madang.workshops.queries.public import EditionRow

# Editions whose answer is kept.
KEPT = 512


def has_page(edition: EditionRow) -> bool:
    """Whether an edition has published results; asked once for each stamp of its pages.

    Before its first day there are none. Publishing touches the stamp (`actions.results`).
    """
    return edition.starts_on <= clock.today(edition.zone) and _has_page(
        edition.id, edition.page_stamp
    )


@lru_cache(maxsize=KEPT)
def _has_page(edition_id: UUID, _stamp: int) -> bool:
    return Result.objects.filter(edition=edition_id, state=Result.State.PUBLISHED).exists()


def news(edition_id: UUID) -> Iterator[latest.News]:
    """Published results, for the page of their edition."""
    found = list(
        Result.objects.filter(edition=edition_id, state=Result.State.PUBLISHED)
        .exclude(published_at=None)
        .select_related("edition")
        .order_by("-published_at")
    )
    texts.prefetch(found)
    for result in found:
        address = reverse("own_followup:results", args=[result.edition.slug])
        if result.published_at is not None:
            yield latest.News(
                result.wording("title"), f"{address}#{result.key}", result.published_at
            )


TAB = OwnPage("results", "own_followup:results", gettext_lazy("Results"), has_page)
