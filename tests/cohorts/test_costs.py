"""What pages of the cohort cost: the same queries for few nominees and for hundreds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.cohorts.actions import decisions, offers, scenarios
from madang.cohorts.models import Decision, Offer
from madang.core import approvals
from madang.nominations.models import Merit, Nomination
from tests import factories as make
from tests.cohorts.factories import COUNTRIES, make_field, make_quota, make_scenario
from tests.nominations.factories import make_nominations
from tests.support.work import work

pytestmark = pytest.mark.django_db


def story(how_many: int) -> tuple[Client, dict[str, str]]:
    """An edition with so many nominees, up to offers that were sent; the addresses of its pages."""
    officer = make.make_account(roles=["secretariat"])
    director = make.make_account(roles=["director"])
    edition = make.make_edition(seats=how_many // 3)
    call = make_field(3, edition)
    make_quota(call, "sex", "female", minimum=1)
    for alpha2 in COUNTRIES:
        country = make.make_country(alpha2)
        made = make_nominations(
            edition, how_many // 4, country=country, state=Nomination.State.ELIGIBLE
        )
        Merit.objects.bulk_create(
            Merit(nomination=each, value=50, origin="imported", version=1) for each in made
        )
    scenario = make_scenario(call, officer)
    scenarios.solve(scenario, actor=officer)
    other = scenarios.copy(scenario, "Otherwise", actor=officer)
    scenarios.pin(other, edition.nominations.first(), "exclude", "Came last year.", actor=officer)
    scenarios.solve(other, actor=officer)
    decision = decisions.propose(scenario, remarks="", director=director, actor=officer)
    approval = approvals.latest(decision)
    approvals.approve(approval, actor=director, seen=approval.digest)
    work()
    decision = Decision.objects.get(pk=decision.pk)
    offers.prepare(decision, actor=officer)
    Offer.objects.update(state=Offer.State.SENT, sent_at=decision.created_at)
    slug = edition.slug
    client = Client()
    client.force_login(officer)
    return client, {
        "selection": reverse("cohorts:selection", args=[slug]),
        "scenario": reverse("cohorts:scenario", args=[slug, scenario.pk]),
        "compare": reverse("cohorts:compare", args=[slug]),
        "decision": reverse("cohorts:decision", args=[slug, decision.pk]),
        "offers": reverse("cohorts:offers", args=[slug]),
        "offer": reverse("cohorts:offer", args=[slug, decision.offers.first().pk]),
    }


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_page_asks_as_many_questions_for_hundreds_as_for_a_few():
    client, few = story(16)
    before = {name: cost(client, address) for name, address in few.items()}
    client, many = story(240)
    after = {name: cost(client, address) for name, address in many.items()}
    assert after == before
