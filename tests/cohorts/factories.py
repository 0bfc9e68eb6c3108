"""Makes what the choice of a cohort needs for tests; everybody is invented."""

from decimal import Decimal
from typing import Any

from madang.cohorts.actions import scenarios as actions
from madang.cohorts.models import Scenario
from madang.nominations.models import Call, Merit, Nomination, Quota
from madang.people.models import Account
from madang.workshops.models import Edition
from tests import factories as make
from tests.nominations.factories import make_call, make_nomination

COUNTRIES = ("FJ", "TH", "IR", "MN")
SECTORS = ("government", "academia", "civil_society")


def make_merit(nomination: Nomination, value: float, **fields: Any) -> Merit:
    """What a nomination is worth, as screening would have said."""
    values = {"origin": Merit.Origin.SCREENING, "opinions": 2, "uncertainty": 2} | fields
    return Merit.objects.create(nomination=nomination, value=Decimal(str(value)), **values)


def make_field(how_many: int = 12, edition: Edition | None = None, **fields: Any) -> Call:
    """A call with eligible nominations from four countries, three sectors and both sexes.

    The first has the most merit, and each has three points less than the one before.
    """
    edition = edition or make.make_edition(seats=4)
    call = make_call(edition, **fields)
    for index in range(how_many):
        nomination = make_nomination(
            edition,
            country=make.make_country(COUNTRIES[index % len(COUNTRIES)]),
            state=Nomination.State.ELIGIBLE,
            sector=SECTORS[index % len(SECTORS)],
            sex="female" if (index + index // 4) % 2 else "male",
            attended_before=index % 5 == 0,
        )
        make_merit(nomination, 95 - 3 * index)
    return call


def make_quota(call: Call, attribute: str, value: str, **fields: Any) -> Quota:
    values = {"order": call.quotas.count()} | fields
    return Quota.objects.create(call=call, attribute=attribute, value=value, **values)


def make_scenario(call: Call, officer: Account, name: str = "Balanced", **fields: Any) -> Scenario:
    """A scenario with the call's quotas, begun as an officer would."""
    return actions.begin(call.edition, {"name": name} | fields, actor=officer)
