"""What visitors of a workshop's pages read of papers: on a session's page, and as news."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from madang.core import clock, locales
from madang.papers import queries
from madang.papers.models import Agreement, Paper
from madang.workshops.latest import News
from madang.workshops.models import Edition
from madang.workshops.programme.entries import SessionEntry
from madang.workshops.queries.public import EditionRow


def of_session(edition: EditionRow, entry: SessionEntry, belongs: bool) -> SafeString:  # noqa: FBT001 - the registry's shape
    """The order of presentations of a session, with what everybody may read of them."""
    presented = queries.presented(entry.id, entry.starts_at)
    if not presented:
        return SafeString()
    context = {"row": edition, "entry": entry, "presented": presented, "belongs": belongs}
    return render_to_string("papers/session_part.html", context)


def news(edition_id: UUID) -> Iterable[News]:
    """That countries share their papers, since the last of them agreed (one query or two)."""
    shared = Paper.objects.filter(edition=edition_id, in_library=True, state=Paper.State.ACCEPTED)
    countries = shared.values("country").distinct().count()
    if not countries:
        return
    agreed = Agreement.objects.filter(
        paper__in=shared, purpose=Agreement.Purpose.LIBRARY, withdrawn_at__isnull=True
    )
    last = agreed.aggregate(last=Max("given_at"))["last"]
    slug = Edition.objects.values_list("slug", flat=True).get(pk=edition_id)
    said = ngettext(
        "Papers of %(number)s country to read",
        "Papers of %(number)s countries to read",
        countries,
    )
    yield News(
        said % {"number": locales.number(countries)},
        reverse("own_papers:papers", args=[slug]),
        last or clock.now(),
    )
