"""What is known of somebody's groups, for a copy of their own data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from madang.groups.models import Absence, Group, Member
from madang.people.models import Person


def groups(person: Person) -> Iterable[Mapping[str, Any]]:
    """In which groups they were, where they wrote for a group, and when they were away."""
    members = Member.objects.filter(participation__person=person)
    for member in members.select_related("group", "round__session").order_by("pk"):
        yield {_("session"): str(member.round.session), _("group"): member.group.number}
    written = Group.objects.filter(rapporteur__person=person)
    for group in written.select_related("round__session").order_by("pk"):
        yield {_("rapporteur in"): str(group.round.session), _("group"): group.number}
    for absence in Absence.objects.filter(participation__person=person):
        yield {_("away from"): absence.starts_at, _("back at"): absence.ends_at or ""}
