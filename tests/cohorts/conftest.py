"""What stories of offers and seats begin with: officers, and a decision that is in force."""

import pytest

from madang.cohorts.actions import decisions, scenarios
from madang.cohorts.models import Decision
from madang.core import approvals
from tests import factories as make
from tests.cohorts.factories import make_field, make_quota, make_scenario
from tests.nominations.factories import make_invitation
from tests.support.work import work


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def director():
    return make.make_account(roles=["director"])


@pytest.fixture
def decision(officer, director):
    """Four seats from twelve nominations, at most two a country, approved by the director."""
    call = make_field()
    make_quota(call, "country", "*", maximum=2)
    make_quota(call, "sex", "female", minimum=2)
    for alpha2 in ("FJ", "TH", "IR", "MN"):
        make_invitation(call, make.make_country(alpha2))
    scenario = make_scenario(call, officer, reserves=6)
    scenarios.solve(scenario, actor=officer)
    proposed = decisions.propose(scenario, remarks="", director=director, actor=officer)
    approval = approvals.latest(proposed)
    approvals.approve(approval, actor=director, seen=approval.digest)
    work()
    return Decision.objects.get(pk=proposed.pk)
