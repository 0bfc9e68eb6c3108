"""Every page is accessible: axe finds nothing, in both directions and both themes.

The addresses are those of the walk (tests/scenarios/table.py), each as somebody who finds
something there. What differs between the themes is contrast alone, which does not depend on the
direction, so that the second theme is asked once and for nothing else.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Error, Page

from tests.scenarios.table import TABLE
from tests.support.addresses import Pattern, patterns
from tests.support.world import make_world

SignIn = Callable[[Page, Any], None]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "options => axe.run(document, options).then((found) => found.violations)"
# Asked in this order; the first who is named in the table opens the page.
READERS = ("secretariat", "secretariat here", "participant here", "focal point", "visitor")
PARTS = 3  # so that the work spreads over the workers


def reader_of(pattern: Pattern) -> str | None:
    row = TABLE.get(pattern.name)
    if row is None or row.post:
        return None
    if pattern.name.startswith("account_") and not row.sign_in:
        return "visitor"
    return next((reader for reader in READERS if reader in row.who), None)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", ["en", "fa"])
def test_axe_finds_nothing(page: Page, sign_in: SignIn, language: str, part: int) -> None:
    world = make_world()
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"/language/{language}/?next=/offline/")
    found: dict[str, Any] = {}
    for reader in READERS:
        page.context.clear_cookies(name="sessionid")
        account = world.accounts[reader]
        if account is not None:
            sign_in(page, account)
            _prove_again(page)
        asked = [pattern for pattern in patterns() if reader_of(pattern) == reader]
        for pattern in asked[part::PARTS]:
            address = pattern.address(world, world.here)
            if complaints := _complaints(page, address, dark=language == "en"):
                found[address] = complaints
    assert not found, "\n".join(f"{address}: {what}" for address, what in found.items())


def _complaints(page: Page, address: str, *, dark: bool) -> list[str]:
    """What axe says of a page; nothing of what is no page."""
    page.emulate_media(color_scheme="light")
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return []
        raise
    if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    page.evaluate(AXE)
    found = page.evaluate(RUN, {"runOnly": RULES})
    if dark:
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(RUN, {"runOnly": ["color-contrast"]})
    return [
        f"{each['id']}: {'; '.join(node['html'][:200] for node in each['nodes'][:3])}"
        for each in found
    ]


def _prove_again(page: Page) -> None:
    """Say in the session that the password has just been given, as security pages ask."""
    cookie = next(each for each in page.context.cookies() if each["name"] == "sessionid")
    session = SessionStore(cookie["value"])
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
