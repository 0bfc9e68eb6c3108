"""Who may take, see and correct attendance.

The secretariat's pages ask `workshops.rules` about the edition; these are the rules on sessions and
on what belongs to one person.
"""

from typing import Any

from django.db.models import Model, Q

from madang.core.policies import Rule, Who, has, own, role
from madang.workshops.models import Participation, SessionPerson


def _parts(who: Who) -> Any:
    """The sessions in which somebody has a part, as the draft has them now."""
    return SessionPerson.objects.filter(
        participation__person=who.person_id,
        participation__state=Participation.State.EXPECTED,
    ).values("session")


def _has_part(who: Who, session: Model) -> bool:
    return who.person_id is not None and _parts(who).filter(session=session.pk).exists()


def _with_part(who: Who) -> Q:
    return Q(pk__in=_parts(who)) if who.person_id is not None else Q(pk__in=())


# Asked about a session: the secretariat, and those who teach it.
take_session = role("secretariat", at="edition_id") | (
    role("resource_person", at="edition_id") & Rule(_has_part, _with_part)
)
# Asked about an edition: whoever may take any session of it gets there by `take_session`.
take_all = role("secretariat", at="id")

# The page for a phone at the door, which shows only sessions of the first rule.
see_door = role("secretariat", "resource_person", at="edition_id")

# Asked about a participation: one's own attendance.
own_attendance = own("person_id") & has("state", "expected")

# Asked about a thing: its title and history elsewhere.
see_scan = role("secretariat", "director", at="edition_id")
see_request = own("participation__person_id") | role("secretariat", at="participation__edition_id")
