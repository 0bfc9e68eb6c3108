"""What is known of somebody's attendance beside their encrypted words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.attendance.models import Attendance, Badge, Scan
from madang.people.models import Person


def attendance(person: Person) -> Iterable[Mapping[str, Any]]:
    """How a person attended each session, for a copy of their own data."""
    rows = Attendance.objects.filter(participation__person=person).select_related("session")
    for row in rows.order_by("session__starts_at", "pk"):
        yield {
            _("session"): str(row.session),
            _("attendance"): row.get_state_display(),
            _("minutes"): row.minutes,
            _("first seen"): row.first_at,
            _("last seen"): row.last_at,
        }


def scans(person: Person) -> Iterable[Mapping[str, Any]]:
    """Every entry of the log about a person."""
    for scan in Scan.objects.filter(participation__person=person).order_by("at", "pk"):
        yield {
            _("moment"): scan.at,
            _("what"): scan.get_act_display(),
            _("how"): scan.get_method_display(),
        }


def badges(person: Person) -> Iterable[Mapping[str, Any]]:
    """A person's badges, without the codes on them."""
    for badge in Badge.objects.filter(participation__person=person).order_by("pk"):
        yield {
            _("number"): badge.number,
            _("made"): badge.created_at,
            _("replaced"): badge.revoked_at,
        }
