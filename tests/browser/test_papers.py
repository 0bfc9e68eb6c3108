"""A country paper from a phone to the room: sent, accepted, and opened from My week."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from madang.core import clock
from madang.papers.actions import asking
from madang.workshops.actions import publication
from madang.workshops.models import Edition
from madang.workshops.pages import serving
from tests import factories as make
from tests.papers import factories as papers

SignIn = Callable[[Page, Any], None]


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    serving.forget()


@pytest.fixture
def edition(live_server: LiveServer) -> Edition:
    """A week that begins today, with a session in which countries present."""
    today = clock.now().astimezone(make.make_edition().zone).date()
    edition = make.make_edition(
        slug="incheon-2007", starts_on=today, ends_on=today + timedelta(days=4)
    )
    make.make_session(
        edition, day=1, at="23:00", minutes=55, title="Countries introduce themselves"
    )
    publication.publish(edition, actor=None)
    return edition


def test_a_delegation_sends_its_slides_from_a_phone_and_they_open_in_the_room(
    phone: Page, page: Page, sign_in: SignIn, picture: Any, edition: Edition
) -> None:
    officer = make.make_account(roles=[("secretariat", edition)])
    delegate = papers.make_delegate(edition, "FJ", "Mere Vakalala")
    request = papers.make_request(edition, deadline=clock.now() + timedelta(days=3))
    asking.open_request(request, actor=officer)

    sign_in(phone, delegate.person.account)
    phone.goto("/workshops/incheon-2007/to-do/")
    phone.get_by_role("link", name="Slides of Fiji").click()
    phone.get_by_label("File").set_input_files(
        {"name": "mine.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}
    )
    phone.locator("#id_title").fill("One counter for all islands")
    phone.get_by_label("It may be shown in the room").check()
    picture(phone, "papers-phone")
    phone.get_by_role("button", name="Send it to the secretariat").click()
    expect(phone.get_by_text("It is sent.")).to_be_visible()

    sign_in(page, officer)
    page.goto("/manage/incheon-2007/papers/")
    picture(page, "papers-board")
    page.get_by_role("link", name="One counter for all islands").click()
    page.get_by_role("link", name="Accept", exact=True).click()
    page.get_by_role("button", name="Accept it").click()
    page.goto("/manage/incheon-2007/papers/places/give/")
    page.get_by_label("Session").select_option(label="Countries introduce themselves")
    page.get_by_label("Fiji").check()
    page.get_by_role("button", name="Give these places").click()
    expect(page.get_by_text("1 delegation has a place.")).to_be_visible()

    phone.goto("/workshops/incheon-2007/week/")
    expect(phone.get_by_role("link", name="Fiji: One counter for all islands")).to_be_visible()
    phone.get_by_role("link", name="your delegation presents").first.click()
    expect(phone.get_by_role("link", name="Slides")).to_be_visible()
    picture(phone, "papers-room")
