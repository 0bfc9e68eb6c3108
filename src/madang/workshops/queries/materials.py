"""Materials of an edition as the secretariat sees them, withdrawn ones included."""

from django.db.models import OuterRef, QuerySet, Subquery

from madang.core import texts
from madang.workshops.models import Edition, Material, MaterialVersion


def in_edition(edition: Edition) -> QuerySet[Material]:
    """Materials with their session and the number of their newest version."""
    newest = MaterialVersion.objects.filter(material=OuterRef("pk")).order_by("-number")
    return (
        Material.objects.filter(edition=edition)
        .select_related("session")
        .annotate(
            newest_number=Subquery(newest.values("number")[:1]),
            newest_id=Subquery(newest.values("pk")[:1]),
        )
        .order_by("order", "id")
    )


def with_files(materials: list[Material]) -> list[Material]:
    """The same, with `newest` (version and file) and all wordings (three queries)."""
    newest = MaterialVersion.objects.select_related("file").in_bulk(
        [material.newest_id for material in materials if material.newest_id]
    )
    for material in materials:
        material.newest = newest.get(material.newest_id)
    texts.prefetch(materials)
    texts.prefetch_referred(materials, "session")
    return materials
