"""Somebody with a plan, six months later."""

import pytest
from django.test import Client

from madang.core import clock
from tests import factories as make
from tests.followup import factories as follow


@pytest.fixture
def edition():
    edition = make.make_edition(slug="incheon")
    follow.begin(edition)
    return edition


@pytest.fixture
def mere(edition):
    person = make.make_person("Mere Vakalala", email="mere@example.org")
    account = make.make_account(roles=[("participant", edition)], person=person)
    return make.make_participation(edition, account.person)


@pytest.fixture
def question(mere):
    return follow.asked(follow.make_plan(mere))


@pytest.fixture
def later(edition):
    with clock.at(follow.after(edition, 6, 2)):
        yield


@pytest.fixture
def phone(mere, later):
    client = Client()
    client.force_login(mere.person.account)
    return client
