"""Signing in: by a code, a password, an authenticator app; and what it does not tell."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from madang.core.models import AuditEntry, Message
from madang.people.actions.accounts import close_account, open_account
from madang.people.models import Account
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PASSWORD = "four words are enough"


@pytest.fixture(autouse=True)
def _mail_and_no_limits_from_before(settings):
    settings.EMAIL_BACKEND = "madang.core.mail.OutboxBackend"
    cache.clear()


@pytest.fixture
def alisi() -> Account:
    return open_account(make_person("Alisi Vakatawa"), actor=None, email="alisi@example.org")


def ask_for_code(client: Client, email: str):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def code_sent() -> str:
    message = Message.objects.latest("created_at")
    return re.search(r"^([A-Z0-9-]{6,})$", message.text, re.MULTILINE).group(1)


def use_app(account: Account) -> str:
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret


def code_of_app(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("people:account")).status_code == 200


def test_the_way_in_offers_a_code_a_passkey_and_a_password(client):
    page = client.get(reverse("account_login")).content.decode()
    for way in ("Send me a code", "Sign in with a passkey", "Sign in with a password"):
        assert way in page


def test_who_has_an_account_signs_in_by_a_code(client, alisi):
    response = ask_for_code(client, "ALISI@example.org")
    assert "a code is on its way" in response.content.decode()
    code = code_sent()
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert response.status_code == 302
    assert is_signed_in(client)


def test_the_mail_with_the_code_is_short_and_under_her_key(client, alisi):
    ask_for_code(client, alisi.email)
    message = Message.objects.get()
    assert message.subject_id == alisi.person.subject_id
    assert message.heading == f"Your code to sign in: {code_sent()}"
    assert "quarter of an hour" in message.text


def test_a_wrong_code_lets_nobody_in_and_three_end_the_attempt(client, alisi):
    ask_for_code(client, alisi.email)
    url = reverse("account_confirm_login_code")
    for _attempt in range(3):
        client.post(url, {"code": "WRONG1"})
    client.post(url, {"code": code_sent()})
    assert not is_signed_in(client)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, alisi):
    known = ask_for_code(Client(), alisi.email)
    unknown = ask_for_code(Client(), "nobody@example.org")
    assert Message.objects.count() == 1

    def seen(response):
        text = re.sub(r'value="[^"]*"', "", response.content.decode())
        return text.replace("alisi@example.org", "…").replace("nobody@example.org", "…")

    assert seen(known) == seen(unknown)
    assert known.redirect_chain == unknown.redirect_chain


def test_asking_for_a_new_password_tells_nothing_either(client, alisi):
    url = reverse("account_reset_password")
    known = client.post(url, {"email": alisi.email}, follow=True)
    unknown = client.post(url, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.address for message in Message.objects.all()] == [alisi.email]


def test_a_password_lets_in_and_a_wrong_one_does_not(client, alisi):
    alisi.set_password(PASSWORD)
    alisi.save()
    url = reverse("account_login")
    page = client.post(url, {"login": alisi.email, "password": "wrong"}).content.decode()
    assert "not correct" in page
    assert "<details open" in page
    client.post(url, {"login": alisi.email.upper(), "password": PASSWORD})
    assert is_signed_in(client)


def test_guessing_passwords_is_stopped(client, alisi):
    alisi.set_password(PASSWORD)
    alisi.save()
    url = reverse("account_login")
    for _guess in range(5):
        client.post(url, {"login": alisi.email, "password": "wrong"})
    response = client.post(url, {"login": alisi.email, "password": PASSWORD})
    assert "Too many failed login attempts" in response.content.decode()
    assert not is_signed_in(client)


def test_asking_for_codes_again_and_again_is_stopped(client, alisi):
    for _request in range(5):
        ask_for_code(Client(), alisi.email)
    assert Message.objects.count() == 3


def test_an_authenticator_app_is_asked_for_after_the_password(client, alisi):
    alisi.set_password(PASSWORD)
    alisi.save()
    secret = use_app(alisi)
    response = client.post(
        reverse("account_login"), {"login": alisi.email, "password": PASSWORD}, follow=True
    )
    assert "Enter the code that your authenticator app shows" in response.content.decode()
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of_app(secret)})
    assert is_signed_in(client)


def test_the_secret_of_an_app_is_sealed_in_the_database(alisi):
    secret = use_app(alisi)
    kept = Authenticator.objects.get(user=alisi).data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_gives_recovery_codes(client, alisi):
    client.force_login(alisi)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of_app(secret)}, follow=True)
    assert response.redirect_chain == [(reverse("mfa_view_recovery_codes"), 302)]
    assert len(response.context["unused_codes"]) == 10
    assert "Your app gives the code" in client.get(reverse("mfa_index")).content.decode()
    assert "If this was not you" in Message.objects.get().text
    for name in APP_PAGES:
        check_page(client.get(reverse(name)))


def test_signing_in_makes_a_new_session(client, alisi):
    client.get(reverse("account_login"))
    ask_for_code(client, alisi.email)
    before = client.session.session_key
    client.post(reverse("account_confirm_login_code"), {"code": code_sent()})
    assert client.session.session_key != before


def test_a_closed_account_gets_no_code(client, alisi):
    close_account(alisi, actor=None)
    ask_for_code(client, alisi.email)
    assert not Message.objects.exists()


def test_nobody_signs_up(client):
    page = client.get(reverse("account_signup"))
    assert "Accounts are opened for you" in page.content.decode()
    client.post(reverse("account_signup"), {"email": "me@example.org", "password1": PASSWORD})
    assert not Account.objects.exists()


def test_a_new_address_counts_once_its_owner_confirms_it(client, alisi):
    client.force_login(alisi)
    client.post(reverse("account_email"), {"email": "New@example.org", "action_add": ""})
    assert Account.objects.get(pk=alisi.pk).email == "alisi@example.org"
    mail = next(m for m in Message.objects.all() if m.address == "new@example.org")
    link = re.search(r"http://testserver(\S+)", mail.text).group(1)
    assert "Is <bdi>new@example.org</bdi> your" in client.get(link).content.decode()
    client.post(link)
    account = Account.objects.get(pk=alisi.pk)
    assert account.email == account.person.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(account.email, True)]
    assert AuditEntry.objects.get(verb="person.changed").facts == {"fields": ["email"]}


PAGES = (
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
)
OWN_PAGES = (
    "account_logout",
    "account_email",
    "account_set_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
)
APP_PAGES = ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes")


def check_page(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1>") == 1
    assert "style=" not in page
    assert not re.search(r"\son\w+=", page)
    for script in re.findall(r"<script([^>]*)>", page):
        assert "src=" in script or 'type="application/json"' in script


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_on_the_way_in_keeps_to_the_strict_policy(client, name, language):
    client.cookies["django_language"] = language
    check_page(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_page_about_signing_in_keeps_to_the_strict_policy(client, alisi, name):
    client.force_login(alisi)
    check_page(client.get(reverse(name)))


def test_pages_that_confirm_who_it_is_keep_to_it_too(client, alisi):
    alisi.set_password(PASSWORD)
    alisi.save()
    client.force_login(alisi)
    response = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Enter your password again" in response.content.decode()
    check_page(response)
    for name in ("account_change_password", "account_reauthenticate"):
        check_page(client.get(reverse(name), follow=True))
