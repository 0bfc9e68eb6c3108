"""Reading without a connection: the programme after one visit, and the week by choice."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from madang.core import clock
from madang.people.models import Account
from madang.workshops.actions import materials, publication
from madang.workshops.models import Edition
from madang.workshops.pages import serving
from tests import factories as make
from tests.browser.conftest import PHONE
from tests.support.line import Line

SignIn = Callable[[Page, Any], None]
PROGRAMME = "/workshops/incheon-2007/programme/"
WEEK = "/workshops/incheon-2007/week/"
SINCE = "You are offline. This is how it was on"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    serving.forget()


@pytest.fixture
def edition(live_server: LiveServer) -> Edition:
    """A week of ten published sessions, two with slides, that is going on now."""
    today = clock.now().date()
    edition = make.make_edition(
        slug="incheon-2007",
        title="Managing e-Government",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=3),
    )
    room = make.make_room(edition, "Grand Hall")
    sessions = make.make_sessions(edition, 10, room=room)
    for session, title in zip(sessions[:2], ("Slides", "A paper"), strict=True):
        values = {"title": title, "session": session, "audience": "public"}
        materials.add_material(edition, values, b"%PDF-1.4\n%%EOF\n", actor=None)
    publication.publish(edition, actor=None)
    return edition


def participant(edition: Edition, name: str) -> Account:
    account = make.make_account(person=make.make_person(name), roles=[("participant", edition)])
    make.make_participation(edition, account.person)
    return account


def visit(page: Page, address: str) -> None:
    """Open a page and wait until the worker has kept it."""
    page.goto(address)
    wait_until_kept(page, address)


def wait_until_kept(page: Page, address: str, *, is_kept: bool = True) -> None:
    page.evaluate(
        """async ([address, isKept]) => {
            await navigator.serviceWorker.ready;
            const there = () => caches.match(address, { cacheName: "pages-2", ignoreVary: true });
            for (let tries = 0; tries < 100; tries += 1) {
                if (Boolean(await there()) === isKept) return;
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            throw new Error(`${address} is still ${isKept ? "not " : ""}kept`);
        }""",
        [address, is_kept],
    )


def kept(page: Page) -> list[str]:
    """The addresses of the pages and files that are kept on the device."""
    found: list[str] = page.evaluate(
        """async () => {
            const found = [];
            for (const name of ["pages-2", "files-2"]) {
                const cache = await caches.open(name);
                for (const { url } of await cache.keys()) found.push(new URL(url).pathname);
            }
            return found;
        }"""
    )
    return found


def lose_connection(page: Page) -> None:
    page.context.set_offline(True)


def test_after_one_visit_the_programme_is_read_without_a_connection(
    phone: Page, edition: Edition
) -> None:
    visit(phone, PROGRAMME)
    lose_connection(phone)
    phone.reload()
    expect(phone.get_by_role("status").filter(has_text=SINCE)).to_be_visible()
    first = edition.sessions.order_by("starts_at").first()
    assert first is not None
    expect(phone.get_by_role("link", name=first.title).first).to_be_visible()
    # It is drawn as it always is: the stylesheet is kept too.
    assert phone.evaluate("document.styleSheets[0].cssRules.length") > 0


def test_a_session_that_was_opened_is_there_and_one_that_was_not_is_said_to_be_missing(
    phone: Page, edition: Edition
) -> None:
    opened, other = list(edition.sessions.all())[:2]
    visit(phone, PROGRAMME)
    visit(phone, f"/workshops/incheon-2007/sessions/{opened.id}/")
    lose_connection(phone)
    phone.goto(f"/workshops/incheon-2007/sessions/{opened.id}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text(opened.title)
    phone.goto(f"/workshops/incheon-2007/sessions/{other.id}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("No connection")
    items = phone.locator("#kept li")
    expect(items).to_have_count(2)
    expect(items.first).to_contain_text(str(clock.machine_now().year))
    phone.get_by_role("link", name=opened.title).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(opened.title)


def test_the_week_and_chosen_materials_are_kept_in_one_go(phone: Page, edition: Edition) -> None:
    visit(phone, "/workshops/incheon-2007/materials/")
    phone.get_by_label("A paper").check()
    phone.get_by_role("button", name="Keep the week").click()
    expect(phone.get_by_text("Kept on this device.")).to_be_visible(timeout=30_000)
    paths = kept(phone)
    for session in edition.sessions.all():
        assert f"/workshops/incheon-2007/sessions/{session.id}/" in paths
    files = [path for path in paths if path.startswith("/files/")]
    assert len(files) == 1
    lose_connection(phone)
    last = edition.sessions.order_by("starts_at").last()
    assert last is not None
    phone.goto(f"/workshops/incheon-2007/sessions/{last.id}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text(last.title)
    text = phone.evaluate(
        "async (path) => (await (await fetch(path)).text()).slice(0, 8)", files[0]
    )
    assert text == "%PDF-1.4"


def test_whoever_signs_in_or_out_leaves_nothing_to_the_next(
    phone: Page, sign_in: SignIn, edition: Edition
) -> None:
    sign_in(phone, participant(edition, "Mere Vakalala"))
    visit(phone, "/workshops/incheon-2007/people/")
    expect(phone.get_by_role("main")).to_contain_text("Mere Vakalala")
    visit(phone, WEEK)
    phone.goto(reverse("account_logout"))
    phone.get_by_role("main").get_by_role("button", name="Sign out").click()
    wait_until_kept(phone, "/workshops/incheon-2007/people/", is_kept=False)
    sign_in(phone, participant(edition, "Sione Vunipola"))
    visit(phone, WEEK)
    assert kept(phone) == [WEEK]
    lose_connection(phone)
    phone.goto("/workshops/incheon-2007/people/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("No connection")


def test_what_cannot_be_sent_stays_in_its_form(
    page: Page, sign_in: SignIn, edition: Edition
) -> None:
    account = participant(edition, "Mere Vakalala")
    sign_in(page, account)
    visit(page, PROGRAMME)
    page.goto(reverse("people:profile"))
    page.get_by_label("Position").fill("Deputy Secretary")
    lose_connection(page)
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing was sent")
    expect(page.get_by_label("Position")).to_have_value("Deputy Secretary")
    page.context.set_offline(False)
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_be_visible()
    account.person.refresh_from_db()
    assert account.person.position == "Deputy Secretary"


@pytest.fixture
def line(live_server: LiveServer) -> Iterator[Line]:
    line = Line(live_server.url)
    yield line
    line.close()


@pytest.fixture
def distant(new_context: Callable[..., BrowserContext], line: Line, edition: Edition) -> Page:
    """A phone at the other end of the line."""
    return new_context(**PHONE | {"locale": "en"}).new_page()


def test_on_a_line_that_is_too_slow_the_kept_page_is_shown_and_says_so(
    distant: Page, line: Line
) -> None:
    visit(distant, line.url + PROGRAMME)
    line.delay = 6
    distant.goto(line.url + PROGRAMME, timeout=30_000)
    expect(distant.locator("#offline")).to_contain_text("The line is too slow")
    line.delay = 0
    distant.goto(line.url + PROGRAMME)
    expect(distant.locator("#offline")).to_have_count(0)


def test_a_line_that_dies_without_a_word_is_no_different(distant: Page, line: Line) -> None:
    visit(distant, line.url + PROGRAMME)
    line.cut()
    distant.goto(line.url + PROGRAMME)
    expect(distant.locator("#offline")).to_contain_text("This is how it was on")


def test_what_an_earlier_worker_kept_is_thrown_away(phone: Page, edition: Edition) -> None:
    phone.goto("/style/")
    phone.evaluate("caches.open('pages-1').then((cache) => cache.put('/x', new Response('x')))")
    visit(phone, PROGRAMME)
    assert "pages-1" not in phone.evaluate("caches.keys()")


def test_in_persian_the_moment_is_told_in_its_calendar_and_digits(
    phone: Page, edition: Edition
) -> None:
    phone.goto(f"/language/fa/?next={PROGRAMME}")
    visit(phone, PROGRAMME)
    lose_connection(phone)
    phone.reload()
    told = phone.locator("#offline").inner_text()
    assert any(digit in told for digit in "۰۱۲۳۴۵۶۷۸۹")
    assert not any(digit in told for digit in "0123456789")


def test_without_script_the_programme_is_whole_and_nothing_is_promised(
    new_context: Callable[..., BrowserContext], edition: Edition
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PROGRAMME)
    assert edition.sessions.count() == 10
    for session in edition.sessions.all():
        expect(page.get_by_role("link", name=session.title, exact=True).first).to_be_visible()
    page.goto("/workshops/incheon-2007/materials/")
    expect(page.get_by_role("button", name="Keep the week")).to_be_hidden()
