"""A lottery drawn in a room: frozen and hashed first, dice thereafter, checked by anybody."""

import hashlib
import subprocess
import sys

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from madang.cohorts.actions import decisions, drawings, scenarios
from madang.cohorts.models import Drawing, Scenario
from madang.people.actions.refusal import RefusedError
from tests import factories as make
from tests.cohorts.factories import make_field, make_quota, make_scenario

pytestmark = pytest.mark.django_db
DICE = "4 1 6 2 2 5 3 3 1 6"


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def lottery(officer):
    call = make_field()
    make_quota(call, "country", "*", maximum=1)
    scenario = make_scenario(call, officer, objective=Scenario.Objective.LOTTERY)
    scenarios.solve(scenario, actor=officer)
    return scenario


def test_the_officer_freezes_rolls_and_draws_in_the_browser(lottery, officer):
    client = Client()
    client.force_login(officer)
    here = reverse("cohorts:drawing", args=[lottery.edition.slug, lottery.pk])
    assert "Freeze the list and the rules" in client.get(here).content.decode()
    client.post(here + "freeze/")
    drawing = Drawing.objects.get()
    page = client.get(here).content.decode()
    assert drawing.digest in page
    assert "Draw, once and for all" in page
    client.post(here, {"seed": f"  {DICE} ", "witnesses": 12})
    drawing.refresh_from_db()
    assert (drawing.seed, drawing.witnesses) == (DICE, 12)
    assert "Who was drawn" in client.get(here).content.decode()


def test_the_fingerprint_is_that_of_the_text_and_no_name_or_merit_is_in_it(lottery, officer):
    drawing = drawings.freeze(lottery, actor=officer)
    client = Client()
    text = client.get(reverse("cohort:drawing_frozen", args=[drawing.digest])).content
    assert hashlib.sha256(text).hexdigest() == drawing.digest
    assert b"Nominee" not in text
    assert b"merit" not in text


def test_anybody_draws_the_same_with_the_recipe_of_the_page(lottery, officer, tmp_path):
    drawing = drawings.freeze(lottery, actor=officer)
    drawn = drawings.draw(drawing, DICE, witnesses=None, actor=officer)
    visitor = Client()
    page = visitor.get(reverse("cohort:drawing", args=[drawing.digest]))
    assert page.status_code == 200
    (tmp_path / "frozen.json").write_text(drawing.frozen, newline="")
    recipe = drawings.recipe().replace('"the seed"', repr(DICE))
    ran = subprocess.run(
        [sys.executable, "-c", recipe], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert eval(ran.stdout) == list(drawings.result(drawn).members)  # noqa: S307 - our own list


def test_it_is_drawn_once(lottery, officer):
    drawing = drawings.freeze(lottery, actor=officer)
    with pytest.raises(RefusedError, match="frozen already"):
        drawings.freeze(lottery, actor=officer)
    with pytest.raises(RefusedError, match="dice"):
        drawings.draw(drawing, "  ", witnesses=None, actor=officer)
    with pytest.raises(RefusedError, match="ten times"):
        drawings.draw(drawing, "4 1 6", witnesses=None, actor=officer)
    drawings.draw(drawing, DICE, witnesses=None, actor=officer)
    with pytest.raises(RefusedError, match="drawn once"):
        drawings.draw(drawing, "1 1 1", witnesses=None, actor=officer)


def test_whoever_dislikes_the_result_can_not_draw_from_a_copy(lottery, officer):
    drawings.draw(drawings.freeze(lottery, actor=officer), DICE, witnesses=3, actor=officer)
    copied = scenarios.copy(lottery, "Again", actor=officer)
    scenarios.solve(copied, actor=officer)
    with pytest.raises(RefusedError, match="has been drawn for this edition"):
        drawings.freeze(copied, actor=officer)


def test_of_two_lotteries_that_are_frozen_one_is_drawn(lottery, officer):
    other = scenarios.copy(lottery, "Another", actor=officer)
    scenarios.solve(other, actor=officer)
    first, second = (drawings.freeze(each, actor=officer) for each in (lottery, other))
    drawings.draw(first, DICE, witnesses=3, actor=officer)
    with pytest.raises(RefusedError, match="has been drawn for this edition"):
        drawings.draw(second, DICE, witnesses=3, actor=officer)
    # Both have the same list, rules and panels, so that one fingerprint stands for both.
    page = Client().get(reverse("cohort:drawing", args=[second.digest])).content.decode()
    assert DICE in page


def test_rules_are_settled_once_frozen(lottery, officer):
    drawings.freeze(lottery, actor=officer)
    lottery.refresh_from_db()
    with pytest.raises(RefusedError, match="frozen"):
        scenarios.change(lottery, {"seats": 3}, [], expected_version=lottery.version, actor=officer)


def test_a_cohort_is_proposed_from_what_was_drawn(lottery, officer):
    director = make.make_account(roles=["director"])
    drawing = drawings.freeze(lottery, actor=officer)
    with pytest.raises(RefusedError, match="Draw the lottery first"):
        decisions.propose(lottery, remarks="", director=director, actor=officer)
    drawn = drawings.draw(drawing, DICE, witnesses=3, actor=officer)
    decision = decisions.propose(lottery, remarks="", director=director, actor=officer)
    chosen = decision.verdicts.filter(outcome="chosen")
    numbers = {str(number) for number in chosen.values_list("nomination__number", flat=True)}
    assert numbers == set(drawings.result(drawn).members)
    assert decision.facts["drawing"]["digest"] == drawing.digest
    assert decision.facts["drawing"]["count"] == 1


def test_the_database_refuses_to_change_a_drawn_lottery(lottery, officer):
    drawing = drawings.freeze(lottery, actor=officer)
    drawings.draw(drawing, DICE, witnesses=3, actor=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Drawing.objects.filter(pk=drawing.pk).update(seed="6 6 6")
