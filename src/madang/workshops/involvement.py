"""What workshops know of a person: until when they were involved, and in what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext as _

from madang.people.models import Person
from madang.workshops.models import Participation, SignUp


def last_days(people: Sequence[UUID]) -> dict[UUID, datetime]:
    """The end of the last edition that each is or was expected at: one query for any number."""
    rows = (
        Participation.objects.filter(person_id__in=people)
        .exclude(state=Participation.State.CANCELLED)
        .values("person_id", "edition__time_zone")
        .annotate(last=Max("edition__ends_on"))
    )
    found: dict[UUID, datetime] = {}
    for row in rows:
        zone = ZoneInfo(row["edition__time_zone"])
        moment = datetime.combine(row["last"] + timedelta(days=1), time(), zone)
        found[row["person_id"]] = max(found.get(row["person_id"], moment), moment)
    return found


def participations(person: Person) -> Iterable[Mapping[str, Any]]:
    """Where a person takes part, for their copy of their own data."""
    rows = Participation.objects.filter(person=person).select_related(
        "edition", "country", "organisation"
    )
    for row in rows.order_by("edition__starts_on"):
        yield {
            _("edition"): str(row.edition),
            _("as"): row.get_kind_display(),
            _("state"): row.get_state_display(),
            _("country"): str(row.country or ""),
            _("organisation"): str(row.organisation or ""),
        }


def sign_ups(person: Person) -> Iterable[Mapping[str, Any]]:
    """What a person signed up for, for their copy of their own data."""
    rows = SignUp.objects.filter(participation__person=person).select_related("session")
    for row in rows.order_by("asked_at"):
        yield {
            _("session"): str(row.session),
            _("state"): row.get_state_display(),
            _("asked"): row.asked_at,
        }
