"""What every test shares: where the data sets are, a clock that stands at zero, which tests run."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest
from django.db import connection

from madang.core import append_only, clock
from tests.support import chromium, shared, smtp

COMMITTING_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = COMMITTING_FIXTURES | {"db", "django_db_serialized_rollback"}


def pytest_configure(config: pytest.Config) -> None:
    # Playwright's sync interface runs an event loop in the test's thread, where Django would
    # otherwise refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # How long an example takes says nothing where machines are busy.
    hypothesis.settings.register_profile("madang", deadline=None)
    hypothesis.settings.load_profile("madang")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests need Chromium; the second database is for those tests that ask a database."""
    if chromium.executable() is None:
        missing = pytest.mark.skip(reason="CHROMIUM IS NOT INSTALLED")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(missing)
    if os.environ.get("MADANG_TEST_DATABASE") == "postgresql":
        asks = [item for item in items if _asks_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def _own_clock() -> None:
    """No test inherits another's demo clock."""
    clock.set_offset(timedelta(0))


@pytest.fixture(autouse=True)
def _no_stray_mail() -> Iterator[None]:
    """A test in which a mail leaves for a server that it did not start fails."""
    with smtp.no_stray_mail():
        yield


@pytest.fixture(autouse=True)
def _emptied_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits, all tables are emptied: the triggers must not refuse that."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if not commits and not COMMITTING_FIXTURES & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    append_only.protect(connection)
    yield
    append_only.lift(connection)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the shared data sets."""
    folder = shared.shared_data()
    if folder is None:
        pytest.skip("SHARED DATA IS MISSING: set MADANG_SHARED to the folder that holds `data`")
    return folder
