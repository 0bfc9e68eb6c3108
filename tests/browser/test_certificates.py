"""A certificate in Chromium: a name confirmed on a phone, collected, verified by somebody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from madang.certificates.models import Certificate
from madang.core import clock
from madang.documents import verification
from madang.workshops.models import Edition
from tests import factories as make
from tests.certificates.factories import make_attended, make_issued, make_rules
from tests.support.clients import client_of

SignIn = Callable[[Page, Any], None]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def edition() -> Edition:
    """A week that was over yesterday, with rules, and two who attended it."""
    officer = make.make_account(roles=["secretariat"])
    first = clock.now().date() - timedelta(days=6)
    edition = make.make_edition(starts_on=first, ends_on=first + timedelta(days=4))
    make_rules(edition, officer)
    make_attended(edition, (5, 2))
    return edition


def check(page: Page) -> None:
    """The page is accessible and as wide as the window."""
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_my_certificate_is_collected_and_verified_by_somebody_else(
    phone: Page, page: Page, edition: Edition, sign_in: SignIn, picture: Any, tmp_path: Any
) -> None:
    part = edition.participations.order_by("created_at", "pk").first()
    holder = make.make_account(roles=[("participant", edition)], person=part.person)
    officer, director = (make.make_account(roles=[kind]) for kind in ("secretariat", "director"))
    sign_in(phone, holder)
    phone.goto(f"/workshops/{edition.slug}/to-do/")
    phone.get_by_role("link", name="Your certificate").click()
    phone.get_by_role("link", name="Confirm my name").click()
    phone.get_by_label("Your name, as you write it").fill("زهرا محمدی")
    phone.get_by_label("The same in Latin letters").fill("Zahra Mohammadi")
    check(phone)
    phone.get_by_role("button", name="Confirm my name").click()
    expect(phone.get_by_text("your name is confirmed")).to_be_visible()

    make_issued(edition, officer, director)
    certificate = Certificate.objects.get(participation=part, kind="attended")
    phone.reload()
    check(phone)
    picture(phone, "certificate-phone")
    card = phone.locator("section.card", has_text="Certificate of attendance")
    with phone.expect_download() as download:
        card.get_by_role("link", name="Digital credential").click()
    file = tmp_path / "credential.json"
    download.value.save_as(file)

    page.goto("/credentials/verify/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("is unaltered, and holds")).to_be_visible()
    check(page)
    picture(page, "certificate-verified")
    public = "/verify/" + verification.code(certificate.document) + "/"
    page.goto(public)
    expect(page.get_by_text("زهرا محمدی")).to_have_count(0)
    card.get_by_role("button", name="Show my name").click()
    page.reload()
    expect(page.get_by_text("زهرا محمدی")).to_be_visible()


def test_the_secretariat_reads_who_fulfils_what(
    page: Page, phone: Page, edition: Edition, sign_in: SignIn, picture: Any
) -> None:
    officer, director = (make.make_account(roles=[kind]) for kind in ("secretariat", "director"))
    client_of(officer)
    issued = make_issued(edition, officer, director)
    for window in (page, phone):
        sign_in(window, officer)
        for name, part in (
            ("certificates", ""),
            ("list", f"lists/{issued[0].batch_id}/"),
            ("one", f"{issued[0].pk}/"),
            ("rule", "rules/completed/"),
            ("person", f"people/{issued[0].participation_id}/"),
        ):
            window.goto(f"/manage/{edition.slug}/certificates/{part}")
            check(window)
            picture(window, f"certificates-{name}-{window.viewport_size['width']}")
