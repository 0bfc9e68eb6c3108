"""Concerns of a timetable as sentences for planners."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales
from madang.workshops.programme.concerns import Concern, ConcernKind
from madang.workshops.programme.entries import Programme
from madang.workshops.programme.sentences import isolated, moment


def sentence(concern: Concern, programme: Programme, names: Mapping[UUID, str]) -> str:
    """What is wrong and where, in the reader's language, times in the edition's zone."""
    first = programme.session_by_id[concern.sessions[0]]
    second = programme.session_by_id[concern.sessions[-1]]
    who = names.get(concern.participation_id) if concern.participation_id else None
    facts = {
        "first": isolated(first.title),
        "second": isolated(second.title),
        "start": moment(second.starts_at),
        "who": isolated(who or _("Somebody")),
        "minutes": locales.number(concern.minutes),
    }
    if concern.kind == ConcernKind.WAY_TOO_LONG:
        return _way_too_long(concern, facts)
    return _SENTENCES[concern.kind]() % facts


def _way_too_long(concern: Concern, facts: Mapping[str, str]) -> str:
    if concern.participation_id:
        return (
            ngettext(
                "%(who)s has %(minutes)s minute too little for the way from “%(first)s” to "
                "“%(second)s” (%(start)s).",
                "%(who)s has %(minutes)s minutes too little for the way from “%(first)s” to "
                "“%(second)s” (%(start)s).",
                concern.minutes,
            )
            % facts
        )
    return (
        ngettext(
            "%(minutes)s minute is missing for the way from “%(first)s” to “%(second)s” "
            "(%(start)s).",
            "%(minutes)s minutes are missing for the way from “%(first)s” to “%(second)s” "
            "(%(start)s).",
            concern.minutes,
        )
        % facts
    )


# Translated when asked, in the reader's language.
_SENTENCES = {
    ConcernKind.ROOM_TAKEN: lambda: _(
        "“%(first)s” and “%(second)s” are in the same room at the same time (%(start)s)."
    ),
    ConcernKind.PERSON_TWICE: lambda: _(
        "%(who)s is expected in “%(first)s” and “%(second)s” at the same time (%(start)s)."
    ),
    ConcernKind.EVERYONE_TWICE: lambda: _(
        "“%(first)s” and “%(second)s” overlap (%(start)s), and one of them is for everyone."
    ),
    ConcernKind.ROOM_TOO_SMALL: lambda: _(
        "The room of “%(second)s” (%(start)s) has fewer seats than people are expected."
    ),
    ConcernKind.OUTSIDE_THE_WEEK: lambda: _(
        "“%(second)s” (%(start)s) is outside the days of the edition."
    ),
    ConcernKind.NO_ROOM: lambda: _("“%(second)s” (%(start)s) has no room yet."),
}
