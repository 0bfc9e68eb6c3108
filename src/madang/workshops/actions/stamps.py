"""The stamp of what published pages show beside the frozen programme."""

from uuid import UUID

from django.db.models import F

from madang.workshops.models import Edition, Participation


def touch(edition: Edition | UUID) -> None:
    """Let kept copies of an edition's pages be made anew: a name, a material, a partner changed.

    The edition's version stays: nobody who is editing it is disturbed.
    """
    pk = edition.pk if isinstance(edition, Edition) else edition
    Edition.objects.filter(pk=pk).update(page_stamp=F("page_stamp") + 1)


def touch_for_person(person_id: UUID) -> None:
    """The same for every edition in which somebody takes part."""
    editions = Participation.objects.filter(person=person_id).values("edition")
    Edition.objects.filter(pk__in=editions).update(page_stamp=F("page_stamp") + 1)
