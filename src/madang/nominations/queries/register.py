"""The register of correspondence: entries with what lists and the keying-in show of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from madang.core import texts
from madang.core.models import StoredFile
from madang.nominations.models import Correspondence, Nomination
from madang.people.countries import in_order_of_names
from madang.people.models import Country
from madang.workshops.models import Edition

_LABEL = Correspondence._meta.label_lower


def of_edition(edition: Edition) -> QuerySet[Correspondence]:
    """Entries with how many scans they have and how many nominations were keyed in from them."""
    files = StoredFile.objects.filter(owner_model=_LABEL, owner_id=OuterRef("pk")).order_by()
    keyed = Nomination.objects.filter(source=OuterRef("pk")).order_by()
    return edition.correspondence.select_related("subject", "country").annotate(
        scans=Coalesce(Subquery(files.values("owner_id").annotate(n=Count("pk")).values("n")), 0),
        keyed=Coalesce(Subquery(keyed.values("source").annotate(n=Count("pk")).values("n")), 0),
    )


def filtered(rows: QuerySet[Correspondence], wanted: Mapping[str, Any]) -> QuerySet[Correspondence]:
    """Those that the filters of the list ask for."""
    for name in ("direction", "channel", "kind"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("country"):
        rows = rows.filter(country__alpha2=wanted["country"])
    if wanted.get("q"):
        rows = rows.filter(reference__icontains=wanted["q"].strip())
    if wanted.get("open"):
        rows = rows.filter(open_scans())
    return rows


def open_scans() -> Q:
    """Entries that bring more nominations than were keyed in; for rows of `of_edition`."""
    return Q(direction=Correspondence.Direction.RECEIVED, nominees_stated__gt=F("keyed"))


def next_to_key(edition: Edition, after: UUID | None = None) -> Correspondence | None:
    """The oldest entry that is not keyed in whole, other than `after`."""
    found = of_edition(edition).filter(open_scans()).order_by("at", "id")
    return found.exclude(pk=after).first()


def countries(edition: Edition) -> list[tuple[str, str]]:
    """The countries that the register speaks of, for a filter: code and name."""
    found = Country.objects.filter(pk__in=edition.correspondence.values("country"))
    return [(it.alpha2, str(it.wording("name"))) for it in in_order_of_names(found)]


def with_wordings(rows: list[Correspondence]) -> None:
    """Read the names of the countries of some rows, once for all of them."""
    texts.prefetch_referred(rows, "country")
