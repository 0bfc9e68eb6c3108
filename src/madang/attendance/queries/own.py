"""What somebody sees of their own attendance."""

from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.attendance.models import Attendance, CorrectionRequest
from madang.attendance.queries import plans
from madang.attendance.queries.coming import sessions_on
from madang.attendance.states import State
from madang.core import texts
from madang.workshops.asked import Asked
from madang.workshops.models import Participation, Session

_CAME = (State.PRESENT, State.LATE, State.PARTIAL)


def on_now(participation: Participation) -> list[tuple[Session, bool]]:
    """Sessions that one can check in to now, and whether one is there already."""
    sessions = sessions_on(participation)
    came = Attendance.objects.filter(
        participation=participation, session__in=sessions, state__in=_CAME
    ).values_list("session_id", flat=True)
    there = set(came) if sessions else set()
    texts.prefetch(sessions)
    return [(session, session.pk in there) for session in sessions]


def by_day(listed: list[tuple[Any, ...]], zone: ZoneInfo) -> list[tuple[date, list[Any]]]:
    """What `lists.own` found, day by day."""
    days = groupby(listed, key=lambda each: each[0].starts_at.astimezone(zone).date())
    return [(day, list(found)) for day, found in days]


def requests(participation: Participation) -> list[CorrectionRequest]:
    """One's own notes, with what was answered, the newest first."""
    found = list(
        CorrectionRequest.objects.filter(participation=participation)
        .select_related("session", "subject")
        .order_by("-asked_at")
    )
    texts.prefetch_referred(found, "session")
    return found


def asked(participation: Participation) -> list[Asked]:
    """To check in, while a session of one's own runs (two queries at most)."""
    if participation.kind not in plans.EXPECTED_KINDS:
        return []
    on = sessions_on(participation)
    if not on:
        return []
    came = Attendance.objects.filter(participation=participation, session__in=on, state__in=_CAME)
    there = set(came.values_list("session_id", flat=True))
    url = reverse("own_attendance:check_in", args=[participation.edition.slug])
    return [
        Asked(
            _("Check in"),
            url,
            note=_("The code is on the screen of the room."),
            until=session.ends_at,
            is_done=session.pk in there,
        )
        for session in on
    ]


def lines(participation: Participation) -> dict[Any, SafeString]:
    """Beside a session of one's own week: how one attended it, or the way to check in."""
    if participation.kind not in plans.EXPECTED_KINDS:
        return {}
    rows = Attendance.objects.filter(participation=participation)
    found = {
        session_id: format_html("{}", State(state).label)
        for session_id, state in rows.values_list("session_id", "state")
    }
    url = reverse("own_attendance:check_in", args=[participation.edition.slug])
    for session in sessions_on(participation):
        if session.pk not in found:
            found[session.pk] = format_html('<a href="{}">{}</a>', url, _("Check in"))
    return found
