"""Opening the first account from the command line, and the nightly removal."""

import json
from datetime import timedelta

import pytest

from madang.core import clock
from madang.people.models import Account, Person
from madang.site import cli
from tests.factories import make_account, make_person

pytestmark = pytest.mark.django_db

SEO_YEON = ["user", "add", "--email", "Han@example.org", "--name", "한서연"]


def test_the_first_account_manages_accounts_and_gets_a_link_that_lets_in(client, capsys):
    assert cli.main([*SEO_YEON, "--role", "secretariat", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    account = Account.objects.get(email="han@example.org")
    assert account.person.name == "한서연"
    assert account.role_kinds() == {"secretariat"}
    page = client.get(answer["link"].removeprefix("http://127.0.0.1:8000"), follow=True)
    password = "a long password of hers"
    typed = {"password1": password, "password2": password}
    client.post(page.redirect_chain[-1][0], typed)
    assert Account.objects.get(pk=account.pk).check_password(password)
    used = client.get(answer["link"].removeprefix("http://127.0.0.1:8000"), follow=True)
    assert "has been used" in used.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (["--role", "focal_point"], "must be one of: secretariat, director"),
        (["--email", "no address"], "is not an e-mail address"),
        (["--name", " "], "Enter a name"),
    ],
)
def test_what_can_not_be_is_said_and_leaves_nothing_behind(capsys, change, sentence):
    assert cli.main([*SEO_YEON, *change]) == 1
    assert sentence in capsys.readouterr().err
    assert not Person.objects.exists()


def test_an_address_that_is_taken_is_refused(capsys):
    taken = make_account().email
    assert cli.main([*SEO_YEON, "--email", taken]) == 1
    assert "Another account has this" in capsys.readouterr().err
    assert Person.objects.count() == 1


def test_the_night_removes_what_is_over(capsys):
    with clock.at(clock.now() - timedelta(days=40)):
        person = make_person(phone="+679 555 0100")
    assert cli.main(["nightly"]) == 0
    assert "Personal data of 1 people" in capsys.readouterr().out
    assert Person.objects.get(pk=person.pk).phone == ""


def test_the_night_takes_nobodys_values_in_a_demo_whose_clock_goes_back_too(capsys, settings):
    settings.MADANG_DEMO = True
    with clock.at(clock.now() - timedelta(days=40)):
        person = make_person(phone="+679 555 0100")
    assert cli.main(["nightly"]) == 0
    assert "Personal data of 0 people" in capsys.readouterr().out
    assert Person.objects.get(pk=person.pk).phone == "+679 555 0100"
