"""What stands beside a session for one person, such as their group; apps above tell of theirs."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from uuid import UUID

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from madang.workshops.models import Participation

Source = Callable[[Participation], Mapping[UUID, SafeString]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(participation)` tell a line of HTML by session; called from `ready()`.

    The participation comes with its edition and its person. A source costs two queries at most.
    """
    _sources.append(source)


def of(participation: Participation) -> dict[UUID, SafeString]:
    """The lines of somebody, by session; those of several sources stand one after the other."""
    found: dict[UUID, list[SafeString]] = defaultdict(list)
    for source in _sources:
        for session_id, line in source(participation).items():
            found[session_id].append(line)
    return {
        session_id: format_html_join(mark_safe(" · "), "{}", ((line,) for line in lines))
        for session_id, lines in found.items()
    }
