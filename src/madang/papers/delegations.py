"""The delegations of an edition: who is expected from each country, with whom one can write to."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

from madang.workshops.models import Edition, Participation


def members(edition: Edition) -> QuerySet[Participation]:
    """Participants who are expected from some country."""
    return Participation.objects.so_far().filter(
        edition=edition,
        kind=Participation.Kind.PARTICIPANT,
        state=Participation.State.EXPECTED,
        country__isnull=False,
    )


def of(edition: Edition) -> dict[UUID, list[Participation]]:
    """Everybody by country, with their names and the country (one query)."""
    found: dict[UUID, list[Participation]] = defaultdict(list)
    for one in members(edition).select_related("person__subject", "country").order_by("id"):
        found[one.country_id].append(one)
    return found
