"""The call, the countries and the register in Chromium: accessible, fitting, usable on a phone."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from madang.core import clock, files
from madang.core.exports import Column, Table
from madang.documents import tables
from madang.nominations.models import Call, Correspondence, Quota
from tests.factories import make_account, make_country, make_edition, make_partner
from tests.nominations.factories import (
    make_call,
    make_invitation,
    make_nominate_link,
    make_nomination,
    make_question,
)

SignIn = Callable[[Page, Any], None]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJg"
    "gg=="
)


@pytest.fixture
def call() -> Call:
    """An open call to three countries, one of which sent a fax of three nominations."""
    edition = make_edition(seats=40)
    make_partner(edition, role="organiser")
    made = make_call(
        edition,
        introduction="Forty officials learn **by doing**: five days, travel and rooms paid.",
        eligibility="- Officials who decide on e-services\n- or who build them",
        most_per_country=3,
        least_language=3,
    )
    first = make_question(made, "team", text="Do you lead a team?", kind="yes_no")
    make_question(
        made, "size", ("small", "large"), text="How large is it?", kind="one",
        depends_on=first, depends_value="yes",
    )  # fmt: skip
    Quota.objects.create(call=made, attribute="country", value="*", maximum=2)
    Quota.objects.create(call=made, attribute="sex", value="female", minimum=16)
    for code in ("FJ", "KR", "TH"):
        make_invitation(made, make_country(code))
    make_nominate_link(made.invitations.first())
    make_nomination(edition, country=make_country("KR"))
    entry = make_fax(made)
    files.store(b64decode(PNG), owner=entry, actor=None, name="page.png", subject=entry.subject)
    return made


def make_fax(call: Call) -> Correspondence:
    return Correspondence.objects.create(
        edition=call.edition, country=make_country("FJ"), direction="received", channel="fax",
        kind="nomination", reference="NV/12/2007", at=clock.now(), nominees_stated=3,
        summary="Nominates three officials of the ministry",
    )  # fmt: skip


def every_page(call: Call) -> list[tuple[str, str]]:
    slug = call.edition.slug
    invitation, entry = call.invitations.first(), Correspondence.objects.get()
    question = call.questions.first()
    pages = [
        ("call",), ("call_edit",), ("quotas",), ("question_add",), ("call_preview",),
        ("question_edit", question.pk), ("countries",), ("countries_add",),
        ("country", invitation.pk), ("country_edit", invitation.pk), ("register",),
        ("entry_add",), ("entry", entry.pk), ("key_in", entry.pk),
    ]  # fmt: skip
    found = [(name, reverse(f"nominations:{name}", args=[slug, *more])) for name, *more in pages]
    return [*found, ("public", reverse("nominating:call", args=[slug]))]


def complaints(page: Page, call: Call, picture: Any, size: str) -> dict[str, Any]:
    """What axe finds, and pages wider than the window, by the name of the page."""
    found: dict[str, Any] = {}
    for name, address in every_page(call):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        picture(page, f"call-{name}-{size}")
        seen = Axe().run(page, options=WCAG)
        if seen.violations_count:
            found[name] = seen.generate_report()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[name] = "wider than the window"
    return found


def test_every_page_is_accessible_and_fits_a_desk(
    page: Page, sign_in: SignIn, call: Call, picture: Any
) -> None:
    sign_in(page, make_account(roles=["secretariat"]))
    assert complaints(page, call, picture, "desk") == {}


def test_every_page_is_accessible_and_fits_a_phone(
    phone: Page, sign_in: SignIn, call: Call, picture: Any
) -> None:
    sign_in(phone, make_account(roles=["secretariat"]))
    assert complaints(phone, call, picture, "phone") == {}


def test_a_fax_is_keyed_in_beside_its_image(page: Page, sign_in: SignIn, call: Call) -> None:
    sign_in(page, make_account(roles=["secretariat"]))
    page.goto(reverse("nominations:register", args=[call.edition.slug]))
    page.get_by_role("link", name="Key in the next").click()
    expect(page.get_by_role("heading", name="Nomination 1 of 3")).to_be_visible()
    image = page.get_by_role("img", name="The scan")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    expect(page.get_by_label("How large is it?")).to_have_count(0)
    page.get_by_label("Name", exact=True).fill("Laisa Vunibola")
    page.get_by_role("button", name="Save, and on to the next").click()
    expect(page.get_by_role("heading", name="Nomination 2 of 3")).to_be_visible()


def test_a_pdf_stands_beside_the_form(page: Page, sign_in: SignIn, call: Call) -> None:
    entry = Correspondence.objects.get()
    letter = tables.pdf(Table([Column("a", "A")], [["b"]]), "A letter", "", "en")
    file = files.store(letter, owner=entry, actor=None, name="a.pdf", subject=entry.subject)
    sign_in(page, make_account(roles=["secretariat"]))
    page.goto(reverse("nominations:key_in", args=[call.edition.slug, entry.pk]))
    expect(page.locator(f'iframe[src="{file.get_absolute_url()}"]')).to_be_visible()


def test_the_deadline_is_told_on_the_readers_own_clock(page: Page, call: Call) -> None:
    page.goto(reverse("nominating:call", args=[call.edition.slug]))
    expect(page.get_by_text("On your clock:")).to_be_visible()
