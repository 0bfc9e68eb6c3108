"""Reference numbers: one run for each prefix, without gaps."""

from django.db import transaction

from madang.documents.models import Series

DIGITS = 3


def next_reference(prefix: str, *, year: int | None = None) -> str:
    """The next reference of a run: "INC/INV/001", or "INC/INV/2007/001" of a year.

    The number is taken in the caller's transaction, which holds the run until it ends: a number
    that is rolled back is given to the next document. Take numbers shortly before the commit.
    """
    run = prefix if year is None else f"{prefix}/{year}"
    with transaction.atomic():
        Series.objects.get_or_create(prefix=run)
        series = Series.objects.select_for_update().get(prefix=run)
        series.last += 1
        series.save(update_fields=["last"])
    return f"{run}/{series.last:0{DIGITS}d}"
