"""Badges as lists show them and as they are printed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from madang.attendance.models import Badge
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people


@dataclass(frozen=True)
class Holder:
    """Somebody expected, their badge where they have one, and how many were replaced."""

    participation: Participation
    badge: Badge | None

    @property
    def replaced(self) -> int:
        return self.badge.number - 1 if self.badge else 0


def holders(edition: Edition, *, kind: str = "", q: str = "") -> list[Holder]:
    """Everybody expected, by name (four queries)."""
    badges = {
        badge.participation_id: badge
        for badge in Badge.objects.filter(participation__edition=edition, revoked_at__isnull=True)
    }
    expected = people.in_edition(edition).filter(state=Participation.State.EXPECTED)
    found = people.filtered(expected, {"kind": kind, "q": q})
    listed = people.by_name(people.with_wordings(found))
    return [Holder(one, badges.get(one.pk)) for one in listed]


def current(edition: Edition, kind: str = "") -> list[Badge]:
    """The badges that hold of everybody expected, by name."""
    found = _named().filter(
        participation__edition=edition,
        participation__state=Participation.State.EXPECTED,
        revoked_at__isnull=True,
    )
    if kind:
        found = found.filter(participation__kind=kind)
    return sorted(found, key=lambda badge: badge.participation.person.sort_key)


def of_person(participation: Participation) -> list[Badge]:
    """The badge of one person, in a list; empty where they have none."""
    return list(_named().filter(participation=participation, revoked_at__isnull=True))


def _named() -> QuerySet[Badge]:
    return Badge.objects.select_related(
        "participation__person__subject",
        "participation__country",
        "participation__organisation",
        "participation__edition",
    )
