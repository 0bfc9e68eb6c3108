"""Letters and passport data in Chromium: accessible, fitting, and nothing kept on the device."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.cohorts.actions import letters, passports
from madang.core import clock
from madang.documents import verification
from madang.workshops.models import Edition
from tests.cohorts.factories import PASSPORT, make_letter_edition, make_passport
from tests.cohorts.test_letters import issued
from tests.factories import make_account
from tests.support.clients import client_of

SignIn = Callable[[Page, Any], None]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def edition() -> Edition:
    """A week in a month, to which six accepted to come; one gave her passport data."""
    first = clock.now().date() + timedelta(days=30)
    edition = make_letter_edition(
        6,
        title="Managing e-Government",
        starts_on=first,
        ends_on=first + timedelta(days=4),
    )
    make_passport(edition.nominations.get(number=1).person, edition)
    return edition


@pytest.fixture
def officer() -> Any:
    account = make_account(roles=["secretariat"])
    client_of(account)
    return account


def check(page: Page, address: str) -> None:
    """The page is accessible and as wide as the window."""
    page.goto(address)
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not found, f"{address}: {[(each['id'], each['nodes'][0]['html']) for each in found]}"
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, f"{address} is wider than the window."


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_pages_of_letters_are_accessible_and_fit(
    page: Page, phone: Page, edition: Edition, officer: Any, sign_in: SignIn, picture: Any,
    language: str,
) -> None:  # fmt: skip
    director = make_account(roles=["director"])
    batch = issued(edition, officer, director)
    visa = letters.begin(edition, "visa", "accepted", actor=officer)
    letter = batch.letters.select_related("document", "person").first()
    slug, person = edition.slug, edition.nominations.get(number=1).person
    addresses = {
        "letters": reverse("cohorts:letters", args=[slug]),
        "letterhead": reverse("cohorts:letterhead", args=[slug]),
        "wording": reverse("cohorts:wording", args=[slug, "visa"]),
        "begin": reverse("cohorts:batch_begin", args=[slug, "invitation"]),
        "batch": reverse("cohorts:batch", args=[slug, batch.pk]),
        "batch-visa": reverse("cohorts:batch", args=[slug, visa.pk]),
        "letter": reverse("cohorts:letter", args=[slug, batch.pk, letter.pk]),
        "passports": reverse("cohorts:passports", args=[slug]),
        "passport": reverse("cohorts:passport", args=[slug, person.pk]),
        "verify": reverse("documents:verify"),
        "verified": reverse("documents:verified", args=[verification.code(letter.document)]),
    }
    for window in (page, phone):
        sign_in(window, officer)
        window.goto(f"/language/{language}/?next=/offline/")
        for name, address in addresses.items():
            check(window, address)
            picture(window, f"letters-{name}-{language}-{'wide' if window is page else 'phone'}")


def test_somebody_gives_passport_data_and_the_device_keeps_none(
    phone: Page, edition: Edition, sign_in: SignIn
) -> None:
    person = edition.nominations.get(number=2).person
    sign_in(phone, make_account(roles=[("participant", edition)], person=person))
    own = reverse("cohort:my_letters", args=[edition.slug])
    check(phone, own)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.get_by_role("link", name="Give my passport data").click()
    for label, value in (
        ("Name as in the passport", PASSPORT["name"]),
        ("Passport number", PASSPORT["number"]),
        ("Nationality", PASSPORT["nationality"]),
        ("Date of birth", PASSPORT["born_on"]),
        ("Place of birth", PASSPORT["born_in"]),
        ("Date of issue", (clock.now().date() - timedelta(days=900)).isoformat()),
        ("Date of expiry", (clock.now().date() + timedelta(days=900)).isoformat()),
    ):
        phone.get_by_label(label).fill(value)
    phone.get_by_role("button", name="Save my passport data").click()
    expect(phone.get_by_text("Thank you: your passport data are kept.")).to_be_visible()
    assert passports.of(person).number == PASSPORT["number"]
    check(phone, reverse("cohort:my_passport", args=[edition.slug]))
    kept = phone.evaluate(
        "caches.keys().then((names) => Promise.all(names.map(async (name) =>"
        " (await (await caches.open(name)).keys()).map((request) => request.url))))"
        ".then((found) => found.flat())"
    )
    assert [url for url in kept if "/passport/" in url] == []


def test_whoever_holds_a_letter_verifies_it(
    phone: Page, edition: Edition, officer: Any, picture: Any
) -> None:
    batch = issued(edition, officer, make_account(roles=["director"]))
    document = batch.letters.first().document
    phone.goto(reverse("documents:verify"))
    phone.get_by_label("Code on the document").fill(verification.code(document).lower())
    phone.get_by_role("button", name="Verify").click()
    expect(phone.get_by_text("This document was issued and holds.")).to_be_visible()
    picture(phone, "verified-phone")
