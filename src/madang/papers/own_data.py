"""What papers know of a person: for their own copy, and what goes when they are erased."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from madang.core import clock
from madang.papers.models import Agreement, Paper
from madang.people.models import Person
from madang.workshops.actions import stamps

# So long after the workshop the secretariat's notes on a delegation stay: why it got more time, or
# was excused. They may speak of somebody's illness.
NOTES_LAST = timedelta(days=30)


def papers(person: Person) -> Iterable[Mapping[str, Any]]:
    """The papers that somebody leads, for their copy of their own data."""
    led = Paper.objects.filter(lead__person=person).select_related("kind", "edition")
    for paper in led.order_by("pk"):
        yield {
            _("edition"): str(paper.edition),
            _("what it is"): str(paper.kind),
            _("title"): paper.title,
            _("state"): paper.get_state_display(),
        }


def agreements(person: Person) -> Iterable[Mapping[str, Any]]:
    """What somebody agreed to for their country, or took back."""
    theirs = Agreement.objects.filter(
        Q(given_by__person=person) | Q(withdrawn_by__person=person)
    ).select_related("paper")
    for each in theirs.order_by("pk"):
        yield {
            _("title"): each.paper.title,
            _("to what"): each.get_purpose_display(),
            _("given"): each.given_at,
            _("taken back"): each.withdrawn_at,
        }


def forget(person: Person) -> None:
    """The paper stays, it is its country's; that this person led it is forgotten."""
    led = Paper.objects.filter(lead__person=person)
    for edition_id in set(led.values_list("edition", flat=True)):
        stamps.touch(edition_id)
    led.update(lead=None)


def remove_notes() -> int:
    """Empty the notes on delegations whose workshop is over for thirty days; returns how many."""
    over = (clock.now() - NOTES_LAST).date()
    noted = Paper.objects.filter(edition__ends_on__lt=over).exclude(extension_note="", excuse="")
    return noted.update(extension_note="", excuse="")
