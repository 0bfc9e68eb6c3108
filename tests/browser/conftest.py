"""Chromium against a live server.

A test asks for `page` (a desktop's window) or `phone` (a phone's) and for `live_server`, and signs
in with `sign_in(page, account)`. A page that breaks the content security policy, or whose script
fails, fails the test. `picture(page, name)` keeps a screenshot in var/screenshots.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.support import chromium
from tests.support.shared import CHECKOUT

# How long a page may take where other tests run too: no test is about time.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

SCREENSHOTS = CHECKOUT / "var" / "screenshots"
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.ARGUMENTS
        )
        yield running
        running.close()


@pytest.fixture
def new_context(
    browser: Browser, live_server: LiveServer
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens windows that share nothing: `new_context(**Playwright's options)`."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A desktop's window; the test fails if a script or the security policy complained in it."""
    yield from _watched(new_context(**DESKTOP).new_page())


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A phone's window; the test fails if a script or the security policy complained in it."""
    yield from _watched(new_context(**PHONE).new_page())


def _watched(page: Page) -> Iterator[Page]:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    assert not complaints, f"The page complained: {complaints}"


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Any], None]:
    """Signs an account in by a session cookie: `sign_in(page, account)`."""

    def sign_in(page: Page, account: Any) -> None:
        session = SessionStore()
        session[SESSION_KEY] = account._meta.pk.value_to_string(account)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.save()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": str(session.session_key),
                    "url": live_server.url,
                }
            ]
        )

    return sign_in


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], Path]:
    """Keeps a screenshot of the whole page: `picture(page, "programme-phone")`."""

    def picture(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return picture
