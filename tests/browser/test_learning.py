"""A test is taken on a phone, in Persian, left and gone on with, and read afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from madang.core import clock
from madang.learning.actions import assembling, freezing
from madang.learning.models import Exam, Sitting
from madang.workshops.models import Edition
from madang.workshops.pages import serving
from tests import factories as make
from tests.learning import factories as learn

SignIn = Callable[[Page, Any], None]


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    serving.forget()


@pytest.fixture
def exam(live_server: LiveServer) -> Exam:
    """A test of four kinds of questions that can be taken now."""
    today = clock.now().date()
    edition = make.make_edition(
        slug="incheon-2007", starts_on=today, ends_on=today + timedelta(days=4)
    )
    make.make_module(edition, 1)
    items = [
        learn.make_item(edition, learn.make_content(kind, answers, text=text))
        for kind, answers, text in (
            ("single", "*People\nMachines\nMoney", "Whom does a service serve?"),
            ("number", "35 ± 0.5 %", "How many per cent are 84 of 240?"),
            ("order", "Vision\nStrategy\nPlan", "Put these in order."),
            ("short", "Incheon\nاینچئون", "Where are we?"),
        )
    ]
    return plan(edition, items)


def plan(edition: Edition, items: list[Any]) -> Exam:
    now = clock.now()
    times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=1)}
    values = {**times, "minutes": 8}
    exam = assembling.plan(edition, "pre", values, expected_version=None, actor=None)
    assembling.choose_items(exam, {item.pk: "" for item in items}, actor=None)
    exam.publish(actor=None)
    return exam


def answer(phone: Page) -> None:
    """Answer the question that is shown, whichever it is."""
    if phone.get_by_text("Whom does a service serve?").count():
        phone.get_by_label("People").check()
    elif phone.get_by_text("84 of 240").count():
        phone.get_by_role("textbox").fill("۳۵")
    elif phone.get_by_text("Put these in order.").count():
        for place, name in enumerate(("Vision", "Strategy", "Plan"), start=1):
            phone.get_by_label(name).select_option(str(place))
    else:
        phone.get_by_role("textbox").fill("اينچئون")


def test_a_test_is_taken_on_a_phone_and_told_to_its_person(
    phone: Page, sign_in: SignIn, picture: Any, exam: Exam
) -> None:
    account, _participation = learn.make_learner(exam.edition)
    sign_in(phone, account)
    phone.goto("/workshops/incheon-2007/to-do/")
    phone.get_by_role("link", name="Test before the week").click()
    expect(phone.get_by_text("You need not take it, and nobody asks why.")).to_be_visible()
    picture(phone, "test-before")
    phone.get_by_role("button", name="Begin").click()
    answer(phone)
    picture(phone, "test-question")
    phone.get_by_role("button", name="Save and leave").click()
    expect(phone.get_by_text("1 of 4 answered.")).to_be_visible()
    phone.get_by_role("button", name="Go on").click()
    for _ in range(3):
        answer(phone)
        phone.get_by_role("button", name="Save and go on").click()
    answer(phone)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_text("All questions are answered.")).to_be_visible()
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_text("Thank you. Your own result is here after")).to_be_visible()
    assert Sitting.objects.get().state == Sitting.State.HANDED_IN

    Exam.objects.update(closes_at=clock.now() - timedelta(minutes=1))
    freezing.freeze_due()
    phone.reload()
    expect(phone.get_by_text("4 of 4")).to_be_visible()
    picture(phone, "test-result")
    phone.goto("/language/fa/?next=/workshops/incheon-2007/tests/pre/")
    expect(phone.locator("html")).to_have_attribute("dir", "rtl")
    picture(phone, "test-result-fa")


def test_a_test_is_taken_without_scripts(new_context: Any, sign_in: SignIn, exam: Exam) -> None:
    account, _participation = learn.make_learner(exam.edition)
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, account)
    page.goto("/workshops/incheon-2007/tests/pre/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="All questions on one page").click()
    page.get_by_label("People").check()
    page.get_by_role("button", name="Save all answers").click()
    expect(page.get_by_text("These questions are still open")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Your own result is here after")).to_be_visible()
