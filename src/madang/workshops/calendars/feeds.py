"""The three calendars: the whole programme, one session, and what is somebody's own.

All but somebody's own are the same for everyone. Each function works in the language that is
active.
"""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.core.texts import Wording
from madang.workshops.calendars import calendar
from madang.workshops.calendars.events import Writer
from madang.workshops.models import Edition, Participation, SignUp
from madang.workshops.programme import history
from madang.workshops.programme.history import Past
from madang.workshops.queries import public, public_people, sign_ups
from madang.workshops.queries.public import EditionRow


def whole(row: EditionRow, source: str) -> str:
    """Every session that was published; the week itself while none is."""
    edition = public.editions([row.id])[row.id]
    past = _past(row)
    frame = _frame(row, edition.wording("title"), past, source)
    if not past:
        return calendar.filled(frame, [Writer(row.slug).week(edition)])
    writer = _writer(row)
    return calendar.filled(frame, (writer.session(each) for each in past))


def one_session(row: EditionRow, session_id: UUID, source: str) -> str | None:
    """One session, also when it was taken out; None where it was never published."""
    past = [each for each in _past(row) if each.entry.id == session_id]
    if not past:
        return None
    name = past[0].entry.title.wording()
    return calendar.filled(
        _frame(row, name, past, source), (_writer(row).session(each) for each in past)
    )


def own_frame(row: EditionRow) -> str:
    """What is around anybody's own events; it names nobody."""
    edition = public.editions([row.id])[row.id]
    name = _("My week: %(title)s") % {"title": edition.wording("title")}
    return _frame(row, name, _past(row), "")


def own(row: EditionRow, participation: Participation, frame: str) -> str:
    """The sessions for everyone, and those in which somebody has a part, a place or hope for one.

    One query. Waiting for a place is told as tentative.
    """
    if row.published_id is None:
        edition = public.editions([row.id])[row.id]
        return calendar.filled(frame, [Writer(row.slug).week(edition)])
    language = get_language() or settings.LANGUAGE_CODE
    bare = _bare(row.published_id, row.slug, language)
    offered = [past.entry.id for past, *_events in bare if past.entry.with_sign_up]
    states = sign_ups.states(offered, participation)
    return calendar.filled(frame, _chosen(bare, participation.id, states))


_Bare = tuple[Past, str, str]


def _chosen(
    bare: Iterable[_Bare], participation_id: UUID, states: dict[UUID, str]
) -> Iterable[str]:
    for past, firm, tentative in bare:
        entry = past.entry
        state = states.get(entry.id)
        if entry.is_for(participation_id, has_place=state == SignUp.State.CONFIRMED):
            yield firm
        elif state == SignUp.State.WAITING:
            yield tentative


@lru_cache(maxsize=16)
def _bare(version_id: UUID, slug: str, language: str) -> tuple[_Bare, ...]:
    """Every session without people and description: as it is, and as it is while one waits."""
    writer = Writer(slug)
    with translation.override(language):
        return tuple(
            (
                past,
                writer.session(past),
                writer.session(past, is_tentative=True) if past.entry.with_sign_up else "",
            )
            for past in history.up_to(version_id)
        )


def _past(row: EditionRow) -> tuple[Past, ...]:
    return history.up_to(row.published_id) if row.published_id else ()


def _writer(row: EditionRow) -> Writer:
    """A writer who names the people that the published programme names."""
    programme = row.programme
    return Writer(row.slug, public_people.names(programme.participation_ids) if programme else {})


def _frame(row: EditionRow, name: Wording | str, past: Iterable[Past], source: str) -> str:
    return calendar.frame(
        str(name),
        time_zone=row.time_zone,
        days=calendar.days_of(past, row.starts_on, row.ends_on),
        language=get_language() or settings.LANGUAGE_CODE,
        source=source,
    )


def row_of(edition: Edition) -> EditionRow:
    """The row of an edition that was read whole."""
    return EditionRow(**{name: getattr(edition, name) for name in EditionRow.__annotations__})
