"""The part of the world with attendance."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from madang.attendance import badges as badge_codes
from madang.attendance.actions import badges, entries, requests, scanning
from madang.attendance.actions.scanning import Taken
from madang.attendance.models import Doubt
from madang.people.models import Account
from madang.workshops.models import Participation


def add_attendance(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """One of everything; `text` is hostile in one half."""
    edition, session = half.edition, half.things["session"]
    badges.give_missing(edition, actor=officer)
    badge = badges.replace(taking_part, actor=officer)
    at = session.starts_at + timedelta(minutes=20)
    taken = [
        Taken(uuid4(), session.pk, "in", at, badge=badge_codes.digest(shown))
        for shown in (badge_codes.shown(badge), "what some other code says")
    ]
    scanning.receive(edition, taken, device=None, actor=officer)
    entries.enter(session, half.things["participation"], "excused", actor=officer)
    half.things["badge"] = half.things["print"] = badge
    half.things["doubt"] = Doubt.objects.get(edition=edition, why=Doubt.Why.UNKNOWN)
    half.things["request"] = requests.ask(session, taking_part, text, actor=None)
