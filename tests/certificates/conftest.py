"""Who makes certificates in tests."""

import pytest

from tests import factories as make


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def director():
    return make.make_account(roles=["director"])
