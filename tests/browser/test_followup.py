"""A plan on Friday, the answer six months later, and a supervisor who sees what was released."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from madang.core import clock
from madang.core.models import Message
from madang.followup.actions import asking
from madang.followup.models import Action, Round
from madang.workshops.models import Edition
from tests import factories as make
from tests.followup import factories as follow

SignIn = Callable[[Page, Any], None]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def edition() -> Edition:
    """A week that ends today: a live server's clock does not stand still on a Friday of 2007."""
    zone = ZoneInfo("Asia/Seoul")
    today, now = clock.today(zone), clock.now()
    edition = make.make_edition(
        slug="incheon-2007", starts_on=today - timedelta(days=4), ends_on=today
    )
    make.make_module(edition, title="Strategic planning and design")
    follow.begin(
        edition,
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=1),
        hint="**One step** that is in your own power.",
    )
    return edition


def six_months_pass(edition: Edition) -> None:
    """The day of the round is today, and the worker asks."""
    Round.objects.filter(edition=edition, months=6).update(opens_on=clock.today(edition.zone))
    asking.ask_due()


def check(page: Page) -> None:
    """The page is accessible and as wide as the window."""
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def address_in(template: str) -> str:
    text = Message.objects.get(template=template).text
    return str(re.search(r"/follow-up/\S+", text)[0])  # type: ignore[index]


def enter_code(page: Page) -> None:
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code")).to_be_visible()
    mails = Message.objects.filter(template="people/mails/access_code").order_by("-created_at")
    page.get_by_label("Code").fill(re.search(r"\d{6}", mails[0].text)[0])  # type: ignore[index]
    page.get_by_role("button", name="Go on").click()


def test_a_plan_is_made_followed_up_and_confirmed(
    phone: Page, page: Page, sign_in: SignIn, picture: Any, edition: Edition
) -> None:
    person = make.make_person("Mere Vakalala", email="mere@example.org")
    account = make.make_account(roles=[("participant", edition)], person=person)
    make.make_participation(edition, person)

    sign_in(phone, account)
    phone.goto("/workshops/incheon-2007/to-do/")
    phone.get_by_role("link", name="Make your action plan").click()
    for number, what in ((1, "Write the charter"), (2, "Train two colleagues")):
        phone.locator(f"#id_a{number}-what").fill(what)
        phone.locator(f"#id_a{number}-by_when").fill("2008-03-01")
        phone.locator(f"#id_a{number}-sign").fill("Anybody can read it.")
    expect(phone.locator("#saved")).to_contain_text("Saved at")
    check(phone)
    picture(phone, "followup-plan")
    phone.get_by_role("button", name="Hand it in").click()
    expect(phone.get_by_text("Your plan is handed in.")).to_be_visible()
    check(phone)
    assert [it.what for it in Action.objects.all()] == ["Write the charter", "Train two colleagues"]

    six_months_pass(edition)
    phone.context.clear_cookies()
    phone.goto(address_in("followup/mails/asked"))
    enter_code(phone)
    first = phone.locator("section.card").nth(0)
    first.get_by_label("done").check()
    first.get_by_label("How can one see it?").fill("It hangs in the lift.")
    second = phone.locator("section.card").nth(1)
    second.get_by_label("given up").check()
    check(phone)
    picture(phone, "followup-answer")
    phone.get_by_role("button", name="Send my answer").click()
    phone.get_by_label("Name of your supervisor").fill("Director Tuisuva")
    phone.get_by_label("Their e-mail address").fill("boss@example.org")
    phone.get_by_label("How one can see it: It hangs in the lift.").check()
    phone.get_by_label("I agree that this person sees").check()
    check(phone)
    picture(phone, "followup-share")
    phone.get_by_role("button", name="Ask my supervisor").click()
    expect(phone.get_by_text("Your supervisor gets a mail")).to_be_visible()

    page.goto(address_in("followup/mails/supervisor"))
    enter_code(page)
    expect(page.get_by_text("It hangs in the lift.")).to_be_visible()
    expect(page.get_by_text("Write the charter")).to_be_visible()
    for hidden in ("Train two colleagues", "given up"):
        expect(page.get_by_text(hidden)).to_have_count(0)
    check(page)
    page.get_by_label("partly").check()
    page.get_by_label("Your comment").fill("I have seen the draft.")
    picture(page, "followup-supervisor")
    page.get_by_role("button", name="Give this answer").click()
    expect(page.get_by_text("Thank you: your answer is kept.")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("I have seen the draft.")).to_be_visible()
    phone.get_by_role("link", name="Take it back").click()
    phone.get_by_role("button", name="Take it back").click()
    expect(phone.get_by_text("Your supervisor sees nothing any more.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("This link opens nothing").first).to_be_visible()
