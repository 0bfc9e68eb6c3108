"""Who may be considered: grounds on which a nomination is not eligible, as codes and sentences."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from madang.core import audit
from madang.nominations import completeness, deadlines
from madang.nominations.models import Call, Invitation, Nomination

GROUNDS = {
    "not_invited": _("The country is not asked to nominate."),
    "late": _("It came after the deadline."),
    "experience": _("Too few years of experience."),
    "language": _("The command of the working language is too low."),
    "too_many": _("The country sent more nominations than it may."),
    "not_endorsed": _("No superior endorsed it."),
    "other": _("It does not fit the call in another way."),
}

audit.register_words("grounds", GROUNDS)

State = Nomination.State


def sentences(grounds: Iterable[str]) -> list[str]:
    """Grounds in words; a code of an older release as it is."""
    return [str(GROUNDS.get(code, code)) for code in grounds]


def check(call: Call, nominations: Sequence[Nomination]) -> dict[UUID, list[str]]:
    """The grounds against each of an edition's nominations, by key; none means eligible.

    `nominations` are all that count: what a country sends beyond its limit is told by looking at
    them together, those found eligible before first, then by the ministry's own preference. They
    were read by `queries.nominations.whole`, so that nothing more is asked for each.
    """
    invitations = {row.country_id: row for row in Invitation.objects.filter(call=call)}
    grounds = {it.pk: _alone(call, it, invitations) for it in nominations}
    if call.most_per_country is not None:
        taken: dict[UUID, int] = {}
        ordered = sorted(nominations, key=in_order_of_preference)
        for nomination in sorted(ordered, key=lambda it: it.state != State.ELIGIBLE):
            if not grounds[nomination.pk]:
                taken[nomination.country_id] = taken.get(nomination.country_id, 0) + 1
                if taken[nomination.country_id] > call.most_per_country:
                    grounds[nomination.pk].append("too_many")
    return grounds


def in_order_of_preference(nomination: Nomination) -> tuple[bool, int, int]:
    """By what a country's nominations are sorted: its own preference, then as they came."""
    preference = nomination.preference
    return (preference is None, preference or 0, nomination.number)


def received_at(nomination: Nomination) -> datetime | None:
    """When it came: with its letter, where the register has that, else when it was submitted."""
    if nomination.source is not None:
        return nomination.source.at
    return nomination.submitted_at


def _alone(call: Call, nomination: Nomination, invitations: Mapping[UUID, Invitation]) -> list[str]:
    invitation = invitations.get(nomination.country_id)
    deadline = deadlines.of(call, invitation)
    received = received_at(nomination)
    tests = {
        "not_invited": bool(invitations) and invitation is None,
        "late": deadline is not None and received is not None and received > deadline,
        "experience": _too_low(nomination.years_experience, call.least_experience),
        "language": _too_low(nomination.language_level, call.least_language),
        "not_endorsed": call.endorsement_needed and not completeness.is_endorsed(nomination),
    }
    return [code for code, holds in tests.items() if holds]


def _too_low(value: int | None, least: int | None) -> bool:
    return bool(least) and (value is None or value < least)
