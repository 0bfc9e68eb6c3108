"""Accounts in the browser: a passkey from the first tap to the next sign-in, and how pages look."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from madang.core import clock
from madang.people.actions.accounts import open_account
from madang.people.actions.roles import delegate_role, grant_role
from madang.people.models import Account
from tests.factories import make_account, make_country, make_person

SignIn = Callable[[Page, Any], None]
Picture = Callable[[Page, str], Any]


@pytest.fixture
def alisi() -> Account:
    person = make_person(
        "Alisi Vakatawa",
        phone="+679 555 0100",
        position="Deputy Secretary, Ministry of Communications",
        biography="She led the first network of telecentres on the outer islands.",
    )
    account = open_account(person, actor=None, email="alisi@example.org")
    grant_role(account, actor=None, kind="focal_point", scope=make_country("FJ"))
    return account


def add_security_chip(page: Page) -> None:
    """Give the browser a chip that always says yes, as a finger on a telephone would."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_lets_in(
    page: Page, sign_in: SignIn, alisi: Account, live_server: LiveServer
) -> None:
    add_security_chip(page)
    sign_in(page, alisi)
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_label("It lets me in without anything else")).to_be_checked()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.context.clear_cookies()
    page.goto(reverse("people:privacy"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="My account")).to_be_visible()
    page.goto(reverse("people:account"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Alisi Vakatawa")


def test_a_passkey_that_does_not_work_is_said_and_another_way_stays(
    page: Page, live_server: LiveServer
) -> None:
    add_security_chip(page)  # which holds no passkey yet
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work")
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()


def test_without_script_the_code_and_the_password_are_there(
    new_context: Callable[..., Any], live_server: LiveServer
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(reverse("account_login"))
    expect(page.get_by_role("button", name="Send me a code")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_text("Sign in with a password").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_the_pages_hold_on_a_phone_and_on_a_desk(
    page: Page, phone: Page, sign_in: SignIn, picture: Picture, alisi: Account
) -> None:
    officer = make_account(person=make_person("Seo-yeon Han"), roles=["secretariat"])
    for name in ("نیلوفر کیانی‌فر", "Tomasi Koroi", "Bataar"):
        make_account(person=make_person(name), roles=[("focal_point", make_country("MN"))])
    delegate_role(
        alisi.roles.get(),
        actor=alisi,
        to=Account.objects.get(email=officer.email),
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=14),
    )
    own = ["people:account", "people:profile", "people:roles", "people:privacy", "people:erase"]
    own += ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_email"]
    managed = [reverse("people_manage:accounts"), reverse("people_manage:account_add")]
    managed += [
        reverse("people_manage:account", args=[alisi.pk]),
        reverse("people_manage:role_grant", args=[alisi.pk, "focal_point"]),
        reverse("people_manage:account_close", args=[alisi.pk]),
    ]
    for window, width in ((page, "1280"), (phone, "390")):
        look(window, [reverse("account_login")], picture, width)
        sign_in(window, alisi)
        look(window, [reverse(name) for name in own], picture, width)
        window.context.clear_cookies()
        sign_in(window, officer)
        look(window, managed, picture, width)


def look(window: Page, urls: list[str], picture: Picture, width: str) -> None:
    """Open each page, see that nothing sticks out sideways, and keep a picture."""
    for url in urls:
        window.goto(url)
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert window.evaluate(sideways) <= 0, url
        name = "-".join("one" if part.startswith("01") else part for part in url.split("/") if part)
        picture(window, f"people-{name}-{width}")
