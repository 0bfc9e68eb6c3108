"""Who may see and change what of groups.

The secretariat's pages ask `workshops.rules` about the edition (`of_edition`); these are the rules
on one group, for those who take part. Asked about a group with its round, session and plan.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from madang.core.policies import Rule, Who, has, own, role
from madang.groups.models import Group, Member
from madang.workshops.models import Participation, SessionPerson

_LEADING = (SessionPerson.Role.FACILITATOR, SessionPerson.Role.MODERATOR)


def _exists(rows: Callable[[Any], Any], path: str) -> Rule[Group]:
    """There is a row of `rows(person's id)` for the group; `path` leads from group to its key."""

    def allows(who: Who, group: Group) -> bool:
        return who.person_id is not None and bool(
            rows(who.person_id).filter(**{path: group.pk}).exists()
        )

    def where(who: Who) -> Q:
        if who.person_id is None:
            return Q(pk__in=())
        return Q(Exists(rows(who.person_id).filter(**{path: OuterRef("pk")})))

    return Rule(allows, where)


def _memberships(person_id: Any) -> Any:
    return Member.objects.filter(
        participation__person=person_id, participation__state=Participation.State.EXPECTED
    )


def _leaderships(person_id: Any) -> Any:
    return SessionPerson.objects.filter(
        participation__person=person_id,
        participation__state=Participation.State.EXPECTED,
        role__in=_LEADING,
    )


_AT = "round__plan__edition_id"
_published = has("round__plan__state", "published")
_is_member = _exists(_memberships, "group")
_leads = _exists(_leaderships, "session__group_round__groups")
_reports = own("rapporteur__person_id") & has("rapporteur__state", "expected")

# Who is in a group, and where it sits.
see_group = _published & role(
    "participant", "resource_person", "secretariat", "director", at=_AT
)  # fmt: skip
oversee_group = role("secretariat", "director", at=_AT)
# What a group is writing: its members, who leads the session, those who look after it all.
read_notes = (_published & (_is_member | _leads)) | oversee_group
write_notes = (_published & (_reports | _leads)) | role("secretariat", at=_AT)
judge_notes = (_published & _leads) | role("secretariat", at=_AT)

# Asked about an edition: one's own groups, and what all groups concluded.
belongs = role("participant", "resource_person", "secretariat", "director", at="id")
# Asked about things of a plan: their history and titles elsewhere.
oversee_plan = role("secretariat", "director", at="edition_id")
oversee_absence = own("participation__person_id") | role(
    "secretariat", "director", at="participation__edition_id"
)
oversee_conclusion = role("secretariat", "director", at="group__round__plan__edition_id")
