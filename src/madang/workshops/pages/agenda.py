"""Somebody's own week: what is on now, what comes next, and their sessions and sign-ups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from madang.core import clock
from madang.core.policies import Who
from madang.workshops import rules
from madang.workshops.models import SignUp
from madang.workshops.pages.outline import Day, Outline, Slot, published
from madang.workshops.programme.entries import Programme, SessionEntry
from madang.workshops.queries import public, public_people, sign_ups
from madang.workshops.queries.public import EditionRow, MaterialShown


@dataclass(frozen=True)
class Offer:
    """A session to sign up for, and how the reader stands with it (a `SignUp.State` or empty)."""

    slot: Slot
    until: datetime | None
    state: str

    @property
    def state_label(self) -> str:
        return str(SignUp.State(self.state).label) if self.state else ""


@dataclass(frozen=True)
class Agenda:
    """The week at one moment. `today` is None on days without sessions.

    What is `own`, `offers` and `materials` is empty for the public.
    """

    moment: datetime
    is_over: bool
    now: list[Slot]
    next: list[Slot]
    today: Day | None
    takes_part: bool
    own: list[Day]
    offers: list[Offer]
    materials: list[MaterialShown]


def agenda(edition: EditionRow, who: Who) -> Agenda | None:
    """The week for whoever asks; None while nothing is published."""
    programme = edition.programme
    if programme is None:
        return None
    moment = clock.now().astimezone(edition.zone)
    outline = published(edition, moment)
    participation = public_people.own_participation(edition, who)
    if participation is None:
        return _agenda(outline, moment, programme.sessions)
    offered = [entry for entry in programme.sessions if entry.with_sign_up]
    may_sign_up = rules.sign_up.can(who, edition)
    states = sign_ups.states([entry.id for entry in offered], participation)
    places = {key for key, state in states.items() if state == SignUp.State.CONFIRMED}
    coming = [
        entry
        for entry in programme.sessions
        if entry.is_for(participation.id, has_place=entry.id in places)
    ]
    own = [entry for entry in coming if entry.id in places or entry.has_part(participation.id)]
    return _agenda(
        outline,
        moment,
        coming,
        takes_part=rules.comes.can(who, edition),
        own=outline.days(own),
        offers=[
            Offer(outline.slot(entry), entry.sign_up_until, states.get(entry.id, ""))
            for entry in offered
            if may_sign_up and not entry.is_cancelled and entry.ends_at > moment
        ],
        materials=_at_hand(edition, who, programme, coming, moment),
    )


def _agenda(
    outline: Outline,
    moment: datetime,
    entries: Iterable[SessionEntry],
    *,
    takes_part: bool = False,
    own: list[Day] | None = None,
    offers: list[Offer] | None = None,
    materials: list[MaterialShown] | None = None,
) -> Agenda:
    theirs = replace(outline.programme, sessions=tuple(entries))
    days = outline.days(theirs.on(moment.date()))
    return Agenda(
        moment=moment,
        is_over=all(entry.ends_at <= moment for entry in outline.programme.sessions),
        now=outline.slots(theirs.now(moment)),
        next=outline.slots(theirs.next(moment)),
        today=days[0] if days else None,
        takes_part=takes_part,
        own=own or [],
        offers=offers or [],
        materials=materials or [],
    )


def _at_hand(
    edition: EditionRow,
    who: Who,
    programme: Programme,
    coming: Iterable[SessionEntry],
    moment: datetime,
) -> list[MaterialShown]:
    """Materials of today's sessions; those of the whole workshop on days without any."""
    today = {entry.id for entry in coming if entry.starts_at.date() == moment.date()}
    given = public.materials(edition, who)
    return [each for each in given if each.session_id in today] or [
        each for each in given if each.session_id not in programme.session_by_id
    ]
