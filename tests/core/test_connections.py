"""A connection to PostgreSQL lasts over many requests, and one that has ended is noticed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL alone"),
]


@pytest.fixture
def lasting() -> Iterator[Any]:
    """A connection such as a thread of the server keeps between two requests."""
    own = connection.copy()
    own.settings_dict = own.settings_dict | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    own.ensure_connection()
    yield own
    own.close()


def serving_process(own: Any) -> int:
    """Begin a request as Django does, and ask which process of the server answers."""
    own.close_if_unusable_or_obsolete()
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def ask_aside(sql: str, process: int) -> Any:
    """Ask something about another connection's process."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [process])
        return cursor.fetchone()[0]


def test_a_connection_is_taken_up_again_without_a_question_to_the_server(lasting):
    process = serving_process(lasting)
    lasting.close_if_unusable_or_obsolete()
    with lasting.cursor():
        last = ask_aside("SELECT query FROM pg_stat_activity WHERE pid = %s", process)
    assert last == "SELECT pg_backend_pid()"


def test_a_connection_that_the_server_ended_is_made_anew(lasting):
    process = serving_process(lasting)
    assert ask_aside("SELECT pg_terminate_backend(%s, 5000)", process)
    assert serving_process(lasting) != process


def test_after_an_error_the_server_is_asked(lasting):
    process = serving_process(lasting)
    assert ask_aside("SELECT pg_terminate_backend(%s, 5000)", process)
    with pytest.raises(DatabaseError), lasting.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert lasting.errors_occurred
    assert serving_process(lasting) != process
