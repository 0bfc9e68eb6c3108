"""What is known of somebody's journeys and stays beside their encrypted words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.logistics.models import Errand, Leg, Stay
from madang.people.models import Person


def journeys(person: Person) -> Iterable[Mapping[str, Any]]:
    """Visas, tickets, journeys and nights, for a person's copy of their own data."""
    for errand in Errand.objects.filter(participation__person=person).order_by("pk"):
        yield {_("what for"): errand.get_kind_display(), _("state"): str(errand.state_label)}
    for leg in Leg.objects.filter(participation__person=person).order_by("at"):
        yield {
            _("which way"): leg.get_direction_display(),
            _("how"): leg.get_mode_display(),
            _("when"): leg.at,
        }
    for stay in Stay.objects.filter(participation__person=person).select_related("room__hotel"):
        yield {
            _("hotel"): str(stay.room.hotel.wording("name")) if stay.room else "",
            _("room"): str(stay.room or ""),
            _("first night"): stay.check_in,
            _("day of leaving"): stay.check_out,
            _("would like"): stay.get_sharing_display(),
            _("state"): stay.get_state_display(),
        }
