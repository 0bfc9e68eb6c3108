"""What apps above this one show on the page of a session: an order of presentations, say."""

from collections.abc import Callable

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from madang.workshops.programme.entries import SessionEntry
from madang.workshops.queries.public import EditionRow

Source = Callable[[EditionRow, SessionEntry, bool], SafeString]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(edition, session, belongs)` tell HTML; called from an app's `ready()`.

    `belongs` says whether the reader takes part. The page is kept: it may differ by nothing else,
    and whoever changes what is told calls `stamps.touch`. It is empty for most sessions.
    """
    _sources.append(source)


def of(edition: EditionRow, entry: SessionEntry, *, belongs: bool) -> SafeString:
    """All parts of a session's page, one after the other."""
    return format_html_join("", "{}", ((source(edition, entry, belongs),) for source in _sources))
