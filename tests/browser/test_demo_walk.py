"""A newcomer walks through the demo: from the one command to a published change and a booklet.

The story is one test: each of its parts stands on those before it, as for whoever tries it.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.support.demo import Demo

WORKSHOP = "/workshops/incheon-2007/"
LAB = "Lab A: a permit without a visit"
# Whom each role meets first: the heading of the page on which one click lands.
ROLES = {
    "secretariat": "Editions",
    "director": "Approvals",
    "focal point": "Nominations",
    "participant": "My week",
    "resource person": "My week",
    "institute coordinator": "Planning, designing, implementing and managing e-Government",
    "host": "Numbers",
    "visitor": "Planning, designing, implementing and managing e-Government",
}
PATIENCE = 40  # seconds for the worker, on a busy machine


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path)
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture
def page(browser: Browser, demo: Demo, picture: Callable[[Page, str], Path]) -> Iterator[Page]:
    """A newcomer's window on the demo; if the walk fails, a picture tells where it stood."""
    context = browser.new_context(
        base_url=demo.address, viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    picture(page, "demo-walk-end")
    context.close()
    assert not complaints


def test_a_newcomer_walks_through_the_demo(demo: Demo, page: Page) -> None:
    try_every_role(page)
    move_the_clock_through_the_moments(page)
    see_each_stage_of_the_cohort(page)
    told = change_a_session_and_publish_it(page)
    read_what_was_sent(page, told)
    find_each_moment_as_it_was_left(page)
    subscribe_to_the_calendar(page)
    print_the_booklet(page, "en")
    print_the_booklet(page, "fa")
    go_offline_and_read_on(page)
    switch_to_persian(page)

    demo.stop()
    demo.start()
    page.goto(f"{WORKSHOP}programme/")
    expect(page.locator("main")).to_contain_text("نسخهٔ ۵")

    demo.stop()
    assert "is forgotten" in demo.run("--reset")
    assert not demo.data.exists()
    demo.start()
    page.goto("/language/en/?next=/workshops/incheon-2007/versions/")
    expect(page.locator("main")).to_contain_text("Version 4")
    expect(page.locator("main")).not_to_contain_text("Version 5")


def sign_in(page: Page, role: str) -> None:
    """One click on the page that tells about the demo."""
    page.get_by_role("link", name="About the demo").click()
    choice = page.locator("main").get_by_text(role, exact=True)
    choice.click()


def move_clock(page: Page, moment: str) -> None:
    """The bar above every page."""
    bar = page.get_by_role("complementary", name="Demo", exact=True)
    bar.get_by_role("button", name=moment).click()
    expect(bar.get_by_role("button", name=moment)).to_have_attribute("aria-pressed", "true")


def try_every_role(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign in", exact=True).click()
    for role in ROLES:
        expect(page.locator("main").get_by_text(role, exact=True)).to_be_visible()
    page.get_by_role("button", name="secretariat", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ROLES["secretariat"])
    for role, heading in ROLES.items():
        sign_in(page, role)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        if role != "visitor":
            expect(page.get_by_role("status").first).to_contain_text("You are signed in as")


def move_the_clock_through_the_moments(page: Page) -> None:
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()

    move_clock(page, "Before the call")
    page.goto(f"{WORKSHOP}programme/")
    expect(page.locator("main")).to_contain_text("The programme is being prepared")
    page.goto(f"{WORKSHOP}recommendations/")
    expect(page.locator("main li, main tr").filter(has_text=re.compile(r"\w"))).not_to_have_count(0)

    page.goto(f"{WORKSHOP}programme/")
    move_clock(page, "Nominations open")
    expect(page.locator("main")).to_contain_text("Version 1, published on 2 July 2007")

    move_clock(page, "The week before")
    expect(page.locator("main")).to_contain_text("Version 4, published on 3 October 2007")
    page.get_by_role("link", name="News", exact=True).click()
    expect(page.locator("main")).to_contain_text("N/51/2007")
    expect(page.locator("main")).not_to_contain_text("Five days, twenty-one strategies")

    page.goto(f"{WORKSHOP}week/")
    move_clock(page, "Day three")
    now = page.locator(".nownext > div").first
    expect(now).to_contain_text("Lab A: a permit without a visit")
    expect(now).to_contain_text("Lab B: one register, many users")

    move_clock(page, "After the workshop")
    expect(page.locator("main")).to_contain_text("The workshop is over.")
    page.get_by_role("link", name="News", exact=True).click()
    page.get_by_role("link", name="Five days, twenty-one strategies").click()
    expect(page.locator("main")).to_contain_text("Thirty-seven participants from 21 countries")


def see_each_stage_of_the_cohort(page: Page) -> None:
    """The secretariat, signed in once, from the call to the cohort."""
    main = page.locator("main")
    move_clock(page, "Nominations open")
    sign_in(page, "secretariat")
    for moment, stage, words in (
        ("Before the call", "call/", "being prepared"),
        ("Nominations open", "call/", "open"),
        ("Nominations open", "nominations/", "Ерлан Сапаргалиев"),
        ("Screening", "screening/", "85"),
        ("Selection", "selection/", "Balanced, travel under 60,000"),
        ("Offers", "offers/", "Wijayanto"),
    ):
        move_clock(page, moment)
        page.goto(f"/manage/incheon-2007/cohort/{stage}")
        expect(main).to_contain_text(words)
    expect(page.get_by_role("complementary", name="Demo", exact=True)).to_be_visible()


def find_each_moment_as_it_was_left(page: Page) -> None:
    """What was published in the week before is not there earlier, and there on coming back."""
    main = page.locator("main")
    move_clock(page, "Offers")
    page.goto(f"{WORKSHOP}versions/")
    expect(main).not_to_contain_text("Version 3")
    move_clock(page, "The week before")
    expect(main).to_contain_text("Version 5")


def change_a_session_and_publish_it(page: Page) -> list[str]:
    """Lab A begins later and in another room; returns the names of those whom that concerns."""
    move_clock(page, "The week before")
    sign_in(page, "secretariat")
    page.locator("main").get_by_role("link", name="Planning, designing").first.click()
    page.get_by_role("link", name="Programme", exact=True).click()
    page.get_by_role("link", name=LAB).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Start").fill("10:50")
    page.get_by_label("Room").select_option(label="Great hall · Songdo training centre")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("10:50–12:05")

    page.get_by_role("link", name="Publish", exact=True).click()
    main = page.locator("main")
    expect(main).to_contain_text("now starts Wed 10 Oct, 10:50 (before: 10:45).")
    expect(main).to_contain_text("Great hall")
    expect(main).to_contain_text("19 people are told by mail, each in their own language.")
    main.get_by_text("Who they are").click()
    told = [line.split("\n")[0] for line in main.locator("details li").all_inner_texts()]
    page.get_by_label("What changed, in English").fill("Lab A is in the great hall, at 10:50.")
    page.get_by_role("button", name="Publish and tell those concerned").click()
    expect(page.get_by_role("status").first).to_contain_text("19 people are told by mail.")
    return told


def read_what_was_sent(page: Page, told: list[str]) -> None:
    """The worker writes and sends the mails; in the demo they are shown instead of leaving."""
    page.locator("tr", has_text="Version 5").get_by_role("link", name="Who was told").click()
    rows = page.locator("tbody tr")
    deadline = time.monotonic() + PATIENCE
    while rows.filter(has_text="shown here only").count() < len(told):
        assert time.monotonic() < deadline, "The worker did not send the messages."
        page.wait_for_timeout(300)
        page.reload()
    expect(rows).to_have_count(len(told))
    addresses = set(rows.locator("bdi").all_inner_texts())
    assert len(addresses) == len(told) == 19

    page.get_by_role("link", name="About the demo").click()
    page.get_by_role("link", name="Outbox").click()
    newest = page.locator("tbody tr").filter(has_text="shown here only")
    sent = [newest.nth(place).locator("bdi").inner_text() for place in range(len(told))]
    assert set(sent) == addresses
    in_english = newest.filter(has=page.locator("th[lang=en]")).first
    in_english.get_by_role("link").click()
    main = page.locator("main")
    for words in ("This concerns you", LAB, "10:50", "Lab A is in the great hall, at 10:50."):
        expect(main).to_contain_text(words)


def subscribe_to_the_calendar(page: Page) -> None:
    page.goto(f"{WORKSHOP}calendar/")
    address = page.get_by_label("The address, for any other calendar").first.input_value()
    with urlopen(address) as answer:  # noqa: S310  (the demo's own)
        assert answer.headers.get_content_type() == "text/calendar"
        calendar = Calendar.from_ical(answer.read())
    [lab] = [event for event in calendar.walk("VEVENT") if LAB in str(event["SUMMARY"])]
    assert isinstance(lab, Event)
    begins = lab.decoded("DTSTART").astimezone(ZoneInfo("Asia/Seoul"))
    assert (begins.day, f"{begins:%H:%M}") == (10, "10:50")
    assert "Great hall" in str(lab["LOCATION"])
    assert lab.decoded("DTEND") - lab.decoded("DTSTART") == timedelta(minutes=75)


def print_the_booklet(page: Page, language: str) -> None:
    """The worker sets it while a page waits; what was published last is in it."""
    page.goto(f"{WORKSHOP}programme/")
    page.get_by_role("link", name="Booklet to print").click()
    page.locator(f"main a[hreflang={language}]").first.click()
    ready = page.get_by_role("link", name="Open the booklet")
    expect(ready).to_be_visible(timeout=PATIENCE * 1000)
    answer = page.request.get(ready.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    booklet = PdfReader(BytesIO(answer.body()))
    assert str(booklet.trailer["/Root"]["/Lang"]).startswith(language)
    assert len(booklet.pages) % 4 == 0
    if language == "en":
        text = " ".join(sheet.extract_text() for sheet in booklet.pages)
        assert LAB in " ".join(text.split())


def go_offline_and_read_on(page: Page) -> None:
    page.goto(f"{WORKSHOP}week/")
    keep = page.locator("[data-keep]")
    keep.get_by_role("button", name="Keep the week").click()
    expect(keep.get_by_role("status")).to_have_text("Kept on this device.", timeout=60_000)
    page.context.set_offline(True)
    page.get_by_role("link", name="The whole programme").click()
    expect(page.locator("#offline")).to_contain_text("You are offline. This is how it was on")
    expect(page.locator("main")).to_contain_text("Version 5")
    page.get_by_role("link", name=LAB).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LAB)
    expect(page.locator("main")).to_contain_text("10:50–12:05")
    page.context.set_offline(False)


def switch_to_persian(page: Page) -> None:
    page.goto(f"{WORKSHOP}programme/")
    page.get_by_role("link", name="فارسی").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("برنامه")
    expect(page.locator("main")).to_contain_text("۱۰:۵۰")
    expect(page.locator("main")).to_contain_text("آزمایشگاه الف: پروانه بدون مراجعه")
