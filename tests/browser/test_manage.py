"""The secretariat's pages in Chromium: accessible, fitting, and usable by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.workshops.models import Module
from tests.factories import make_account
from tests.workshops.manage_pages import Week, make_week

SignIn = Callable[[Page, Any], None]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def week() -> Week:
    return make_week()


def every_page(week: Week) -> list[str]:
    above = [reverse(f"manage:{name}") for name in ("desk", "series_list", "series_add")]
    return above + week.read + week.change


def complaints(page: Page, addresses: list[str]) -> dict[str, Any]:
    """What axe finds, and pages wider than the window, by address."""
    found: dict[str, Any] = {}
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        seen = Axe().run(page, options=WCAG)
        if seen.violations_count:
            found[address] = seen.generate_report()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[address] = "wider than the window"
    return found


def test_every_page_is_accessible_on_a_desk(page: Page, sign_in: SignIn, week: Week) -> None:
    sign_in(page, make_account(roles=["secretariat"]))
    assert complaints(page, every_page(week)) == {}


def test_pages_are_accessible_on_a_dark_phone_from_right_to_left(
    phone: Page, sign_in: SignIn, week: Week
) -> None:
    sign_in(phone, make_account(roles=["secretariat"]))
    phone.emulate_media(color_scheme="dark")
    phone.goto("/language/fa/?next=/style/")
    # What changes something are forms and questions of a few shapes: one in four stands for all.
    assert complaints(phone, week.read + week.change[::4]) == {}
    assert phone.locator("html").get_attribute("dir") == "rtl"


def test_a_module_is_added_by_keyboard_alone(page: Page, sign_in: SignIn, week: Week) -> None:
    sign_in(page, make_account(roles=["secretariat"]))
    page.goto(reverse("manage:module_add", args=[week.edition.slug]))
    page.get_by_label("Title").focus()
    page.keyboard.press("Enter")
    # What is wrong is said first, and leads to its field.
    page.locator(".errors a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Implementation")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("The module is added.")
    assert Module.objects.filter(title="Implementation").exists()
