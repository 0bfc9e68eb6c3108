"""The page where a cohort is chosen: rules as live controls, and why each nominee is in or out."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.cohorts.actions import scenarios as actions
from madang.cohorts.actions import solving
from madang.cohorts.models import Scenario
from madang.core.models import AuditEntry
from madang.nominations.actions import nominations
from madang.nominations.models import Merit, Nomination, Screening
from madang.people import own_data
from tests import factories as make
from tests.cohorts.factories import make_field, make_quota, make_scenario
from tests.support.work import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    return client


def address(name: str, scenario: Scenario, *more: object) -> str:
    return reverse(f"cohorts:{name}", args=[scenario.edition.slug, scenario.pk, *more])


def chosen(scenario: Scenario) -> set[int]:
    """The numbers of the nominations in a scenario's cohort."""
    scenario.refresh_from_db()
    return {Nomination.objects.get(pk=key).number for key in scenario.answer["selected"]}


def rules(scenario: Scenario, *quotas: tuple[str, object, object], **fields: object) -> dict:
    """What the form of a scenario sends."""
    rows = {
        f"quota-{index}-{name}": value
        for index, row in enumerate(quotas)
        for name, value in zip(("kind", "least", "most"), row, strict=True)
    }
    return {
        "name": scenario.name,
        "objective": scenario.objective,
        "seats": scenario.seats,
        "reserves": scenario.reserves,
        "budget": "",
        "version": scenario.version,
        "quota-TOTAL_FORMS": len(quotas),
        "quota-INITIAL_FORMS": 0,
        **rows,
        **fields,
    }


def test_a_scenario_begins_with_the_seats_and_quotas_of_the_call_and_is_solved_at_once(client):
    call = make_field()
    make_quota(call, "sex", "female", minimum=2)
    made = client.post(reverse("cohorts:selection", args=[call.edition.slug]), {"name": "Balanced"})
    scenario = Scenario.objects.get()
    assert made.url == address("scenario", scenario)
    assert scenario.seats == 4
    assert chosen(scenario) == {1, 2, 3, 4}
    text = client.get(made.url).content.decode()
    assert "Proven best within these rules." in text
    assert "Total merit 362" in text
    assert "What rules cost" in text


def test_a_rule_is_changed_and_the_page_says_what_it_costs(client, officer):
    call = make_field()
    scenario = make_scenario(call, officer)
    actions.solve(scenario, actor=officer)
    assert chosen(scenario) == {1, 2, 3, 4}
    scenario.refresh_from_db()
    sent = rules(scenario, ("sex=female", 3, ""), ("country=*", "", 1))
    response = client.post(address("scenario", scenario), sent, follow=True)
    assert chosen(scenario) == {2, 3, 4, 5}
    page = response.content.decode()
    assert "At least one fewer of" in page
    quotas = [(q.attribute, q.value, q.minimum, q.maximum) for q in scenario.quotas.all()]
    assert quotas == [("sex", "female", 3, None), ("country", "*", 0, 1)]


def test_each_nominee_left_out_is_told_what_stands_in_the_way(client, officer):
    call = make_field()
    make_quota(call, "country", "*", maximum=1)
    # The fifth is from the country of the first, whose seat is taken.
    Merit.objects.filter(nomination__number=5).update(value=90)
    scenario = make_scenario(call, officer)
    actions.solve(scenario, actor=officer)
    page = client.get(address("scenario", scenario)).content.decode()
    assert "short of the best cohort" in page
    assert "at most 1 of" in page


def test_an_impossible_scenario_names_the_smallest_relaxation_and_lets_it_give_way(client, officer):
    call = make_field()
    make_quota(call, "sector", "civil_society", minimum=6)
    scenario = make_scenario(call, officer)
    actions.solve(scenario, actor=officer)
    page = client.get(address("scenario", scenario)).content.decode()
    assert "No cohort keeps these rules." in page
    assert "2 fewer at least" in page
    client.post(address("scenario_move", scenario), {"move": "relaxations"})
    scenario.refresh_from_db()
    assert scenario.answer["status"] == "optimal"
    assert scenario.quotas.get().minimum == 4


def test_a_pin_takes_a_reason_and_shows_it(client, officer):
    call = make_field()
    scenario = make_scenario(call, officer)
    last = Nomination.objects.get(number=12)
    refused = client.post(address("pin", scenario, last.pk), {"kind": "include", "reason": " "})
    assert "required" in refused.content.decode()
    client.post(
        address("pin", scenario, last.pk), {"kind": "include", "reason": "Wrote the case study."}
    )
    assert 12 in chosen(scenario)
    page = client.get(address("scenario", scenario)).content.decode()
    assert "Wrote the case study." in page
    line = AuditEntry.objects.get(verb="pin.set")
    assert line.facts == {"kind": "include"}
    client.post(address("unpin", scenario, last.pk))
    assert 12 not in chosen(scenario)


def test_a_scenario_is_out_of_date_once_merit_has_changed(client, officer):
    call = make_field()
    scenario = make_scenario(call, officer)
    actions.solve(scenario, actor=officer)
    Merit.objects.filter(nomination__number=12).update(value=99)
    page = client.get(address("scenario", scenario)).content.decode()
    assert "have changed since it was solved" in page
    client.post(address("scenario_solve", scenario))
    assert 12 in chosen(scenario)


def test_one_more_of_several_kinds_at_once_is_weighed(client, officer):
    call = make_field()
    scenario = make_scenario(call, officer)
    actions.solve(scenario, actor=officer)
    asked = {"more-sex": "female", "more-sector": "civil_society"}
    page = client.get(address("scenario", scenario), asked).content.decode()
    assert "It costs" in page
    assert "sex: female" in page


def test_scenarios_stand_side_by_side(client, officer):
    call = make_field()
    plain = make_scenario(call, officer, "Merit alone")
    actions.solve(plain, actor=officer)
    other = actions.copy(plain, "More women", actor=officer)
    sent = rules(other, ("sex=female", 4, ""))
    client.post(address("scenario", other), sent)
    page = client.get(reverse("cohorts:compare", args=[call.edition.slug])).content.decode()
    assert "Merit alone" in page
    assert "More women" in page
    assert "Who differs" in page


def test_a_lottery_gives_everybody_a_chance(client, officer):
    call = make_field()
    make_quota(call, "sex", "female", minimum=2)
    scenario = make_scenario(call, officer, objective=Scenario.Objective.LOTTERY)
    actions.solve(scenario, actor=officer)
    assert scenario.answer["minimum"] == pytest.approx(1 / 3)
    page = client.get(address("scenario", scenario)).content.decode()
    assert "Proven fairest within these rules." in page


def test_who_does_not_choose_sees_no_scenario(officer):
    call = make_field()
    scenario = make_scenario(call, officer)
    for roles in (["participant"], [("focal_point", make.make_country("FJ"))], []):
        client = Client()
        client.force_login(make.make_account(roles=roles))
        assert client.get(address("scenario", scenario)).status_code == 404
    director = Client()
    director.force_login(make.make_account(roles=["director"]))
    assert director.get(address("scenario", scenario)).status_code == 200
    assert director.post(address("scenario", scenario), {}).status_code == 200
    scenario.refresh_from_db()
    assert scenario.answer is None


def test_a_large_scenario_is_solved_in_the_background(client, officer, monkeypatch):
    monkeypatch.setattr(solving, "AT_ONCE", 5)
    call = make_field()
    scenario = make_scenario(call, officer)
    sent = client.post(address("scenario_solve", scenario))
    assert sent.url.startswith("/tasks/")
    work()
    scenario.refresh_from_db()
    assert scenario.answer["status"] == "optimal"


def test_nominees_learn_that_officers_wrote_of_them_and_not_what(officer):
    call = make_field()
    nominee = Nomination.objects.get(number=1)
    scenario = make_scenario(call, officer)
    actions.pin(scenario, nominee, "exclude", "The minister prefers Sione.", actor=officer)
    nominations.change(nominee, {}, {"note": "Ask about Sione."}, actor=officer)
    Screening.objects.create(
        nomination=nominee, screener=officer, subject=nominee.subject, comment="Weaker than Sione."
    )
    client = Client()
    client.force_login(make.make_account(person=nominee.person))
    page = client.get(reverse("people:privacy")).content.decode()
    assert "Sione" not in page
    assert page.count("in confidence") == 3
    assert "Sione" not in str(own_data.copy_of(nominee.person, actor=None))


def test_pages_with_merit_stay_in_no_cache(client, officer):
    scenario = make_scenario(make_field(), officer)
    page = client.get(address("scenario", scenario))
    assert page["Cache-Control"] == "private, no-store"
