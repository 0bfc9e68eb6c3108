"""The officer on duty: emergency contacts without a connection, and for nobody else; on paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.workshops.pages import serving
from tests import factories as make
from tests.browser.test_offline import SINCE, SignIn, visit, wait_until_kept
from tests.logistics import factories as travel

EMERGENCY = "/workshops/incheon-2007/emergency/"


@pytest.fixture(autouse=True)
def _empty_shelf() -> None:
    serving.forget()


def test_emergency_contacts_are_there_without_a_connection_until_somebody_else_signs_in(
    page: Page, sign_in: SignIn
) -> None:
    edition = make.make_edition(slug="incheon-2007")
    travel.make_contact(travel.make_traveller(edition, "Mere Vakalala"))
    sign_in(page, make.make_account(roles=[("secretariat", edition)]))
    visit(page, EMERGENCY)
    page.context.set_offline(True)
    page.goto(EMERGENCY)
    expect(page.get_by_text(SINCE)).to_be_visible()
    expect(page.get_by_text("Sela Vakalala (sister)")).to_be_visible()
    page.context.set_offline(False)
    sign_in(page, make.make_account(roles=[("host", edition)]))
    page.goto(reverse("travelling:lists", args=[edition.slug]))
    wait_until_kept(page, EMERGENCY, is_kept=False)


def test_on_paper_the_contacts_stand_without_navigation_or_buttons(
    page: Page, sign_in: SignIn
) -> None:
    edition = make.make_edition(slug="incheon-2007")
    travel.make_contact(travel.make_traveller(edition, "Mere Vakalala"))
    sign_in(page, make.make_account(roles=[("secretariat", edition)]))
    page.goto(EMERGENCY)
    page.emulate_media(media="print")
    expect(page.get_by_text("Sela Vakalala (sister)")).to_be_visible()
    expect(page.get_by_role("link", name="Print it (PDF)")).to_be_hidden()
    expect(page.get_by_role("navigation").first).to_be_hidden()
