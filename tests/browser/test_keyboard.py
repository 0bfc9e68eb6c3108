"""The main journeys by keyboard alone: no test here touches the mouse, nor focuses by script."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.core import clock
from madang.core.models import Message
from madang.people.actions.accounts import open_account
from madang.people.models import Account
from madang.workshops.actions import publication
from madang.workshops.models import Edition, SignUp
from madang.workshops.pages import serving
from tests import factories as make

TABS = 120  # more than any of these pages has things to reach


@pytest.fixture(autouse=True)
def _nothing_from_before(settings) -> None:
    settings.EMAIL_BACKEND = "madang.core.mail.OutboxBackend"
    cache.clear()
    serving.forget()


@pytest.fixture
def edition() -> Edition:
    """A published week that begins tomorrow, with a trip to sign up for."""
    today = clock.now().date()
    edition = make.make_edition(
        slug="incheon-2007",
        starts_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=5),
    )
    room = make.make_room(edition, "Grand Hall")
    make.make_session(edition, day=1, at="09:00", title="Opening", room=room)
    make.make_session(edition, day=4, title="To Seoul", audience="sign_up", places=3)
    publication.publish(edition, actor=None)
    return edition


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called `name`."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const { activeElement: here } = document;
                const label = here.labels?.[0]?.textContent ?? "";
                return [here.getAttribute("aria-label"), label, here.textContent]
                    .map((text) => (text ?? "").trim());
            }"""
        )
        if any(text == name or text.startswith(f"{name} ") for text in found):
            return
    raise AssertionError(f"Tab never reached “{name}” on {page.url}")


def press(page: Page, name: str) -> None:
    """Reach a link or button by Tab and press it, which leads to another page."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in_by_keyboard(page: Page, account: Account) -> None:
    """From the first page: sign in by the code that was sent."""
    page.goto("/")
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    tab_to(page, "E-mail address")
    page.keyboard.type(account.email)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(reverse("account_confirm_login_code")))
    sent = Message.objects.latest("created_at").text
    code = re.search(r"^([A-Z0-9-]{6,})$", sent, re.MULTILINE)
    assert code is not None
    if page.evaluate("document.activeElement.name") != "code":
        tab_to(page, "Code")
    page.keyboard.type(code.group(1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="My account")).to_be_visible()


def account_with(role: str, edition: Edition) -> Account:
    account = open_account(make.make_person("Mere Vakalala"), actor=None, email="mere@example.org")
    make.make_role(account, role, edition)
    return account


def test_the_first_tab_skips_to_the_content(page: Page, edition: Edition) -> None:
    page.goto("/workshops/incheon-2007/programme/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_a_visitor_goes_from_the_first_page_to_a_session(page: Page, edition: Edition) -> None:
    page.goto("/")
    press(page, "See the programme")
    press(page, "Opening")
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")
    # Where one is can be seen: what has the focus has an outline.
    page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(style) != "none"


def test_a_participant_signs_in_by_code_and_up_for_the_trip(page: Page, edition: Edition) -> None:
    account = account_with("participant", edition)
    participation = make.make_participation(edition, account.person)
    sign_in_by_keyboard(page, account)
    page.goto("/workshops/incheon-2007/week/")
    press(page, "To Seoul")
    expect(page.get_by_role("heading", level=1)).to_have_text("To Seoul")
    press(page, "Sign up")
    expect(page.locator(".messages")).to_be_visible()
    assert SignUp.objects.get(participation=participation).state == SignUp.State.CONFIRMED


def test_the_secretariat_moves_a_session_and_publishes_it(page: Page, edition: Edition) -> None:
    account = account_with("secretariat", edition)
    sign_in_by_keyboard(page, account)
    page.goto(reverse("manage:timetable", args=[edition.slug]))
    opening = edition.sessions.get(title="Opening")
    before = opening.starts_at
    tab_to(page, "Pick up “Opening”")
    page.keyboard.press("Enter")
    page.keyboard.press("PageDown")
    with page.expect_response(lambda answer: str(opening.id) in answer.url):
        page.keyboard.press("Enter")
    opening.refresh_from_db()
    assert opening.starts_at == before + timedelta(hours=1)
    press(page, "Review and publish")
    tab_to(page, "What changed, in English")
    page.keyboard.type("The opening begins an hour later.")
    press(page, "Publish")
    expect(page.locator(".messages")).to_be_visible()
    edition.refresh_from_db()
    assert edition.published.number == 2
