"""Reading nominations: whole ones in few queries, whatever their number."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from madang.nominations.models import Answer, Nomination


def whole(nominations: QuerySet[Nomination] | None = None) -> QuerySet[Nomination]:
    """Nominations with all that completeness, eligibility and a page of one ask for.

    The edition, its call and its questions are read once for all of them.
    """
    rows: QuerySet[Any] = Nomination.objects.all() if nominations is None else nominations
    # What every nomination has one of is joined: SQLite can't be asked for thousands of other keys.
    return rows.select_related(
        "subject", "person__subject", "country", "organisation", "source", "endorsement__subject"
    ).prefetch_related(
        "edition__call__questions__choices",
        Prefetch("answers", Answer.objects.select_related("subject")),
    )
