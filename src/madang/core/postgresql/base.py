"""Connections that last, checked without a question to the server.

Before each request that reuses a connection, Django asks the server `SELECT 1`. That costs about as
much as the one query of a kept page. Yet whether the server has closed an idle connection is known
on this side: then there is something to read on it, and else there is nothing.
"""

from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to PostgreSQL; asks the server only where there is reason to."""

    connection: Any

    def is_usable(self) -> bool:
        # After an error, or with word from the server waiting, only an answer of it will do.
        if self.errors_occurred or self._has_word():
            return super().is_usable()
        return True

    def _has_word(self) -> bool:
        """Whether something has come that nobody asked for: an end, or a notice."""
        try:
            watched = poll()
            watched.register(self.connection.fileno(), POLLIN)
            return bool(watched.poll(0))
        except (OSError, ValueError, self.Database.Error):
            return True  # it is closed on this side
