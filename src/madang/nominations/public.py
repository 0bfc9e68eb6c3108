"""What the public is told of a call: its tab on the pages of the edition, and the news."""

from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.texts import Wording
from madang.nominations.models import Call
from madang.workshops import latest
from madang.workshops.pages.navigation import OwnPage
from madang.workshops.queries.public import EditionRow

# Editions whose answer is kept.
KEPT = 512


def shown(edition_id: UUID) -> Call | None:
    """The call of an edition once it was opened."""
    return Call.objects.filter(edition=edition_id).exclude(state=Call.State.DRAFT).first()


def has_page(edition: EditionRow) -> bool:
    """Whether an edition has a public call; asked once for each stamp of its pages.

    Opening the call touches the stamp (`actions.calls.move`).
    """
    return _has_page(edition.id, edition.page_stamp)


@lru_cache(maxsize=KEPT)
def _has_page(edition_id: UUID, _stamp: int) -> bool:
    return shown(edition_id) is not None


def news(edition_id: UUID) -> Iterator[latest.News]:
    """That a call is open, for the page of its edition."""
    call = shown(edition_id)
    if call is not None and call.state == Call.State.OPEN and call.opened_at is not None:
        edition = call.edition
        yield latest.News(
            Wording(_("The call for nominations is open"), ""),
            reverse("nominating:call", args=[edition.slug]),
            call.opened_at,
        )


TAB = OwnPage("call", "nominating:call", gettext_lazy("Call"), has_page)
