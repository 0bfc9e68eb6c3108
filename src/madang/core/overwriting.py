"""Making a database forget on the disk what was overwritten or deleted in its tables."""

from django.db import connection, transaction


def after_commit() -> None:
    """Once the caller's transaction is committed, let nothing of the old rows stay in the files.

    SQLite writes changes into a log beside the database and leaves the old pages where they are
    until the log has grown; with `secure_delete` they are overwritten when it is worked off, which
    is done here at once. PostgreSQL reuses the room of old rows in its own time.
    """
    transaction.on_commit(_work_off_the_log)


def _work_off_the_log() -> None:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
