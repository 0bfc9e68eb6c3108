"""Who may see and change what of papers.

The secretariat's pages ask `workshops.rules` about the edition (`of_edition`); these are the rules
on what belongs to a delegation: the participants who are expected from one country.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from madang.core.policies import Rule, Who, follow, has, role
from madang.workshops.models import Participation

_KIND, _STATE = Participation.Kind.PARTICIPANT, Participation.State.EXPECTED


def _delegation(before: str = "") -> Rule[Any]:
    """Whoever is in the delegation that a paper is of; `before` is the path to the paper."""
    edition, country = f"{before}edition_id", f"{before}country_id"

    def members(who: Who, of_edition: Any, of_country: Any) -> Any:
        return Participation.objects.filter(
            edition=of_edition,
            country=of_country,
            person=who.person_id,
            kind=_KIND,
            state=_STATE,
        )

    def allows(who: Who, thing: Any) -> bool:
        if who.person_id is None:
            return False
        return bool(members(who, follow(thing, edition), follow(thing, country)).exists())

    def where(who: Who) -> Q:
        if who.person_id is None:
            return Q(pk__in=())
        return Q(Exists(members(who, OuterRef(edition), OuterRef(country))))

    return Rule(allows, where)


# --- Asked about a paper -------------------------------------------------------------------------
work_on = _delegation()
# A focal point looks at how their country's papers stand, and no further.
see_state = work_on | role("focal_point", at="country_id")
see_paper = work_on | role("secretariat", "director", at="edition_id")

# --- Asked about files ---------------------------------------------------------------------------
_public = has("paper__edition__state", "announced", "closed")
_in_library = (
    has("is_accepted", True)  # noqa: FBT003 - a value, not a switch
    & has("paper__in_library", True)  # noqa: FBT003
    & _public
)
see_version = (
    _delegation("paper__") | role("secretariat", "director", at="paper__edition_id") | _in_library
)
# A template tells nothing of anybody: whoever takes part may start from it.
see_template = role("secretariat", "director", "participant", at="kind__request__edition_id")

# --- Asked about the request and its kinds -------------------------------------------------------
see_request = role("secretariat", "director", at="edition_id")
see_kind = role("secretariat", "director", at="request__edition_id")
