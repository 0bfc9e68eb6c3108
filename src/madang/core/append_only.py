"""Rows that the database itself refuses to change: audit entries, and approvals once approved.

Triggers, because a rule in Python binds only those who go through it. They stand on SQLite and
PostgreSQL alike. An app that has such rows registers them in `ready()` and installs the triggers by
a migration that calls `protect`, as `0002_audit_append_only` does.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Frozen:
    """A table, and the condition on its old row under which that row is frozen."""

    table: str
    condition: str
    refusal: str


_frozen = [
    Frozen("core_auditentry", "1 = 1", "The audit trail is append-only."),
    Frozen(
        "core_approval",
        "OLD.state = 'approved'",
        "What was approved is frozen: a change needs a new approval.",
    ),
]


def register(frozen: Frozen) -> None:
    """Let rows of one more table be frozen."""
    if frozen not in _frozen:
        _frozen.append(frozen)


def protect(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers of the tables that there are; where they stand, nothing happens."""
    lift(connection)
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for frozen in _present(connection):
            for statement in statements(frozen):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers: to take the migration back, and for tests that empty all tables."""
    with connection.cursor() as cursor:
        for frozen in _present(connection):
            for event in ("update", "delete", "truncate"):
                on = f" ON {frozen.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {frozen.table}_no_{event}{on}")


def _present(connection: BaseDatabaseWrapper) -> list[Frozen]:
    tables = frozenset(connection.introspection.table_names())
    return [frozen for frozen in _frozen if frozen.table in tables]


def _sqlite(frozen: Frozen) -> list[str]:
    return [
        f"CREATE TRIGGER {frozen.table}_no_{event} BEFORE {event.upper()} ON {frozen.table} "
        f"WHEN {frozen.condition} BEGIN SELECT RAISE(ABORT, '{frozen.refusal}'); END"
        for event in ("update", "delete")
    ]


def _postgresql(frozen: Frozen) -> list[str]:
    function = f"{frozen.table}_refuse"
    body = (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{frozen.refusal}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [
        body,
        *(
            f"CREATE TRIGGER {frozen.table}_no_{event} BEFORE {event.upper()} ON {frozen.table} "
            f"FOR EACH ROW WHEN ({frozen.condition}) EXECUTE FUNCTION {function}()"
            for event in ("update", "delete")
        ),
        # Emptying the whole table asks no row, so the statement itself is refused.
        (
            f"CREATE TRIGGER {frozen.table}_no_truncate BEFORE TRUNCATE ON {frozen.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        ),
    ]
