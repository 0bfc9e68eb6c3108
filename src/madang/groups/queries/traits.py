"""By what groups are balanced: a value for each person, where one is known."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from madang.groups.models import GroupPlan
from madang.nominations.models import Nomination
from madang.workshops.models import Participation

NAMES = ("maturity", "sex", "newcomers", "sector")


def of(plan: GroupPlan, everybody: Iterable[Participation]) -> dict[str, dict[UUID, str]]:
    """Values by trait and participation, of those traits only that the plan asks for.

    Sex and sector are those of the nomination; who was nominated by nobody has none.
    """
    listed = list(everybody)
    found: dict[str, dict[UUID, str]] = {}
    if plan.balance_maturity:
        levels = dict(plan.levels.values_list("country_id", "value"))
        found["maturity"] = {
            one.pk: levels[one.country_id] for one in listed if one.country_id in levels
        }
    if plan.balance_sex or plan.balance_sector:
        found |= _nominated(plan, listed)
    if plan.balance_newcomers:
        earlier = set(
            Participation.objects.filter(
                person__in=[one.person_id for one in listed],
                kind=Participation.Kind.PARTICIPANT,
                state=Participation.State.EXPECTED,
                edition__starts_on__lt=plan.edition.starts_on,
            ).values_list("person_id", flat=True)
        )
        found["newcomers"] = {
            one.pk: "before" if one.person_id in earlier else "first" for one in listed
        }
    return found


def _nominated(plan: GroupPlan, listed: list[Participation]) -> dict[str, dict[UUID, str]]:
    rows = Nomination.objects.filter(edition=plan.edition_id).exclude(
        state=Nomination.State.WITHDRAWN
    )
    known: Mapping[UUID, tuple[str, str]] = {
        person: (sex, sector)
        for person, sex, sector in rows.order_by("id").values_list("person_id", "sex", "sector")
    }
    return {
        name: {
            one.pk: known[one.person_id][place]
            for one in listed
            if one.person_id in known and known[one.person_id][place]
        }
        for place, name in enumerate(("sex", "sector"))
    }
