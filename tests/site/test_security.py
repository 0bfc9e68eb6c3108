"""What the whole site owes to whoever uses it, beside what the walk asks of every page."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from madang.core.models import Message
from madang.people.actions.accounts import open_account
from madang.people.models import Account
from tests.factories import make_account, make_person
from tests.support.clients import client_of


@pytest.fixture(autouse=True)
def _no_earlier_attempts(settings):
    settings.EMAIL_BACKEND = "madang.core.mail.OutboxBackend"
    cache.clear()
    yield
    cache.clear()


# --- An installation behind https ----------------------------------------------------------------
def test_checks_for_deployment_find_nothing_behind_https(tmp_path: Path):
    ours = {
        "MADANG_DATA": str(tmp_path / "data"),
        "MADANG_KEYS": str(tmp_path / "keys"),
        "MADANG_URL": "https://madang.example.org",
        "MADANG_HOSTS": "madang.example.org",
    }
    others = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MADANG_", "DJANGO_"))
    }
    for command in (["setup"], ["check", "--deploy"]):
        done = subprocess.run(
            [sys.executable, "-m", "madang.site.cli", *command],
            env=others | ours,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    flags = _settings(others | ours)
    assert flags == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
    }


def _settings(environment: dict[str, str]) -> dict[str, bool]:
    names = [
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "DEBUG",
    ]  # fmt: skip
    asked = (
        "import json; from madang.site import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, bool] = json.loads(done.stdout)
    return found


# --- Requests that lie ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_another_host_name_is_refused_and_never_repeated():
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "https:evil.example",
        "\t//evil.example",
    ],
)
def test_choosing_a_language_leads_to_no_other_site(onward):
    answer = Client().get("/language/fa/", {"next": onward})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    cookie = answer.cookies["django_language"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/"])
def test_signing_in_leads_to_no_other_site(onward):
    account = make_account()
    answer = client_of(account).get("/account/login/", {"next": onward})
    assert "evil.example" not in answer.get("Location", "")
    page = Client().get("/account/login/", {"next": onward})
    assert 'href="https://evil' not in page.text


@pytest.mark.django_db
def test_a_forged_form_changes_nothing():
    account = make_account()
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(account)
    answer = forged.post("/account/privacy/erase/", {"sure": "on"})
    assert answer.status_code == 403
    assert "<form" not in answer.text
    account.refresh_from_db()
    assert account.is_active


# --- Guessing ------------------------------------------------------------------------------------
@pytest.fixture
def alisi(db) -> Account:
    account = open_account(make_person("Alisi Vakatawa"), actor=None, email="alisi@example.org")
    account.set_password("correct horse battery")
    account.save()
    return account


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_code_cannot_be_found_by_trying_fifty(alisi):
    thief = Client()
    thief.post("/account/login/code/", {"email": alisi.email})
    sent = Message.objects.latest("created_at").text
    code = re.search(r"^([A-Z0-9-]{6,})$", sent, re.MULTILINE).group(1)
    for number in range(50):
        thief.post("/account/login/code/confirm/", {"code": f"WRON{number:02}"})
    thief.post("/account/login/code/confirm/", {"code": code})
    assert not is_signed_in(thief)


def test_no_more_than_three_codes_a_minute_are_sent_to_one_address(alisi):
    for _ in range(50):
        Client().post("/account/login/code/", {"email": alisi.email})
    assert Message.objects.count() == 3


def test_a_password_cannot_be_found_by_trying_fifty(alisi):
    right = {"login": alisi.email, "password": "correct horse battery"}
    for number in range(50):
        Client().post("/account/login/", right | {"password": f"wrong {number}"})
    hers = Client()
    hers.post("/account/login/", right)
    assert not is_signed_in(hers)
    cache.clear()  # once the time is over
    hers.post("/account/login/", right)
    assert is_signed_in(hers)


def test_who_has_no_account_is_answered_as_who_has(alisi):
    known, unknown = Client(), Client()
    first = known.post("/account/login/code/", {"email": alisi.email})
    second = unknown.post("/account/login/code/", {"email": "nobody@example.org"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
