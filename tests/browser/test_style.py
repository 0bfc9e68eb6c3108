"""The components as Chromium shows them: accessible, fitting, readable in every frame."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from madang.site.views.style import FRAMES

NAMES = [frame.name for frame in FRAMES]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_in_any_frame(page, name):
    page.goto(f"/style/?frame={name}")
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_nothing_is_wider_than_the_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/style/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_where_one_is_in_a_long_row_of_links(phone):
    phone.goto(f"/style/?frame={NAMES[-1]}")
    current = phone.locator(".section [aria-current]")
    place = current.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 390


def test_the_first_key_leads_past_the_navigation(page):
    page.goto("/style/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("#main"))


def test_the_theme_of_a_frame_holds_whatever_the_reader_prefers(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/style/?frame=ltr-light")
    colours = page.evaluate(
        "[document.body, document.querySelector('.frame')]"
        ".map(part => getComputedStyle(part).backgroundColor)"
    )
    assert colours == ["rgb(18, 23, 28)", "rgb(251, 249, 244)"]


def test_paper_gets_the_content_without_the_navigation(page):
    page.goto("/style/?frame=ltr-light")
    page.emulate_media(media="print")
    assert not page.locator(".top .nav").is_visible()
    assert page.locator(".slots").is_visible()
