"""People are written to when an account is opened for them, a role delegated, a text decided on."""

from datetime import UTC, datetime, timedelta

import pytest

from madang.core import approvals, clock
from madang.core.models import Message
from madang.newsroom import actions as newsroom
from madang.people.actions.accounts import close_account, open_account, open_account_for_new_person
from madang.people.actions.roles import delegate_role
from tests.factories import make_account, make_country, make_edition, make_person
from tests.support.work import work

pytestmark = pytest.mark.django_db

MONDAY = datetime(2007, 10, 8, tzinfo=UTC)


@pytest.fixture
def officer():
    return make_account(roles=["secretariat"], person=make_person("Kim Haneul"))


def mails() -> dict[str, Message]:
    """What the worker wrote, by address."""
    work()
    return {message.address: message for message in Message.objects.all()}


def test_the_owner_of_a_new_account_is_told_how_to_sign_in(officer, settings):
    open_account_for_new_person(actor=officer, name="Alisi Vakatawa", email="Alisi@example.org")
    mail = mails()["alisi@example.org"]
    assert mail.heading == "An account was opened for you"
    assert mail.text.startswith("Dear Alisi Vakatawa,\n")
    assert "Kim Haneul opened an account for you" in mail.text
    assert "your address, alisi@example.org," in mail.text
    assert f"{settings.MADANG_URL}/account/login/\n" in mail.text


def test_the_owner_reads_it_in_their_own_language(officer):
    person = make_person("علیسی", language="fa")
    open_account(person, actor=officer, email="alisi@example.org")
    mail = mails()["alisi@example.org"]
    assert mail.language == "fa"
    assert mail.text.startswith("علیسی")


def test_who_opens_the_first_account_by_a_command_writes_no_mail():
    open_account_for_new_person(actor=None, name="Kim Haneul", email="kim@example.org")
    assert mails() == {}


def test_an_account_that_was_closed_before_the_worker_came_is_not_written_to(officer):
    account = open_account_for_new_person(actor=officer, name="Alisi", email="alisi@example.org")
    close_account(account, actor=officer)
    assert mails() == {}


def test_a_delegation_is_told_to_the_delegate_and_to_the_holder(settings):
    holder = make_account(
        roles=[("focal_point", make_country("FJ"))],
        person=make_person("Alisi Vakatawa", email="alisi@example.org"),
    )
    delegate = make_account(person=make_person("Sefa Tuilagi", email="sefa@example.org"))
    with clock.at(MONDAY):
        delegate_role(
            holder.roles.get(),
            actor=holder,
            to=delegate,
            starts_at=MONDAY,
            ends_at=MONDAY + timedelta(days=5),
        )
        written = mails()
    received, given = written["sefa@example.org"], written["alisi@example.org"]
    assert received.heading == "You act for Alisi Vakatawa: focal point: Fiji"
    assert "from 8 October 2007 to 12 October 2007" in received.text
    assert given.heading == "Sefa Tuilagi acts for you: focal point: Fiji"
    assert f"{settings.MADANG_URL}/account/roles/\n" in given.text


def test_an_approval_is_told_to_the_director_and_its_decision_to_the_author(officer):
    officer.person.email = "kim@example.org"
    officer.person.save()
    edition = make_edition()
    director = make_account(
        roles=["director"], person=make_person("Meruert", email="meruert@example.org")
    )
    values = {"edition": edition, "title": "Leaders meet", "lead": "In Incheon.", "body": "Soon."}
    release = newsroom.add(values, actor=officer)
    approval = newsroom.put_up(release, director=director, actor=officer)
    asked = mails()["meruert@example.org"]
    assert asked.heading == "For your approval: Leaders meet"
    assert f"/approvals/{approval.pk}/" in asked.text
    approvals.approve(approval, actor=director, seen=approval.digest)
    assert mails()["kim@example.org"].heading == "Approved: Leaders meet"
