"""The stamp of what published pages show beside the frozen programme."""

from uuid import UUID

from django.db.models import F

from madang.workshops.models import Edition


def touch(edition: Edition | UUID) -> None:
    """Let kept copies of an edition's pages be made anew: a name, a material, a partner changed.

    The edition's version stays: nobody who is editing it is disturbed.
    """
    pk = edition.pk if isinstance(edition, Edition) else edition
    Edition.objects.filter(pk=pk).update(page_stamp=F("page_stamp") + 1)
