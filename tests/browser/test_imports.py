"""A file of nominations in Chromium: brought, settled, written; accessible and fitting."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from madang.core import clock
from madang.nominations.models import Import, Nomination
from tests.nominations.import_desk import ImportDesk
from tests.nominations.received import FOLDER
from tests.support.work import work

SignIn = Callable[[Page, Any], None]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RECEIVED = FOLDER / "nominations-as-received.xlsx"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")


@pytest.fixture
def desk() -> ImportDesk:
    return ImportDesk()


def check(page: Page, address: str) -> None:
    """The page is accessible and as wide as the window."""
    page.goto(address)
    found = Axe().run(page, options=WCAG).response["violations"]
    assert not found, f"{address}: {[(each['id'], each['nodes'][0]['html']) for each in found]}"
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, f"{address} is wider than the window."


def test_a_ministry_s_list_is_brought_settled_and_written(
    page: Page, desk: ImportDesk, sign_in: SignIn
) -> None:
    sign_in(page, desk.account)
    page.goto(desk.url("nominations"))
    page.get_by_role("link", name="Bring a file").click()
    page.get_by_label("Spreadsheet").set_input_files(RECEIVED)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work()
    page.get_by_role("link", name="Look at the lines").click()
    expect(page.get_by_text("Selection: about 40 seats")).to_be_visible()

    # Written in 2007, read today: the days of endorsement are old, and stand.
    page.locator("li", has_text="more than two years ago").get_by_role(
        "button", name="Leave as it is"
    ).click()
    mended = page.locator("li", has_text="a space within the address")
    mended.get_by_role("button", name="Take what is suggested, in all").click()
    expect(page.get_by_text("3 lines are settled.")).to_be_visible()
    page.locator("li", has_text="May be the same person").get_by_role(
        "button", name="Another person"
    ).click()
    expect(page.get_by_text("19 lines are settled.")).to_be_visible()
    page.locator("li", has_text="Seems to be the same person").get_by_role(
        "button", name="take what is newer"
    ).click()
    expect(page.get_by_text("4 lines are settled.")).to_be_visible()
    page.locator("li", has_text="Atlantis").get_by_role("link", name="Look at the line").click()
    page.get_by_label("take “Sri Lanka”").check()
    page.get_by_role("button", name="Settle").click()
    expect(page.get_by_text("The line is settled.")).to_be_visible()

    page.get_by_role("link", name="Write").click()
    expect(page.get_by_text("This can't be undone")).to_be_visible()
    page.get_by_label("Take the merit scores of the file").check()
    page.get_by_role("button", name="Write them").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work()
    page.get_by_role("link", name="Look at what was written").click()
    expect(page.locator("main .chip.good", has_text="written")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="What is left out (Excel)").click()
    assert download.value.suggested_filename.endswith(f"{clock.now():%Y-%m-%d}.xlsx")
    assert Nomination.objects.filter(origin="spreadsheet").count() > 80


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_pages_of_files_are_accessible_and_fit(
    page: Page, phone: Page, desk: ImportDesk, sign_in: SignIn, picture: Any, language: str
) -> None:
    batch = desk.bring_received()
    addresses = {
        "imports": desk.url("imports"),
        "import": desk.url("import", batch.pk),
        "import-reading": desk.url("import_reading", batch.pk),
        "import-line": desk.url("import_row", batch.pk, 105),
        "import-line-wrong": desk.url("import_row", batch.pk, 78),
        "import-write": desk.url("import_write", batch.pk),
        "import-discard": desk.url("import_discard", batch.pk),
    }
    assert Import.objects.count() == 1
    for window in (page, phone):
        sign_in(window, desk.account)
        window.goto(f"/language/{language}/?next=/offline/")
        for name, address in addresses.items():
            check(window, address)
            size = "phone" if window is phone else "desktop"
            picture(window, f"{name}-{language}-{size}")
