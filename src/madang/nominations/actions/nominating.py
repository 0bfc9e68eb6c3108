"""What a country's focal point does: within the deadline, and with their own country's only."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, outbox
from madang.nominations.actions import endorsements, nominations, removal
from madang.nominations.models import Nomination
from madang.nominations.nominating import Delegation
from madang.people import access_links
from madang.people.actions.refusal import RefusedError
from madang.people.models import AccessLink

State = Nomination.State


class ClosedError(RefusedError):
    """Nothing can be entered or changed any more; the text says why."""


def enter(
    delegation: Delegation,
    person_values: Mapping[str, Any],
    values: Mapping[str, Any],
    answers: Mapping[str, str],
) -> Nomination:
    """A new draft of the country. Raises `ClosedError`, or `RefusedError` without a name."""
    _require_open(delegation)
    nominator = {
        "nominator": str(delegation.person), "nominator_email": delegation.person.email,
    }  # fmt: skip
    return nominations.enter(
        delegation.edition,
        delegation.country,
        {**person_values, "language": delegation.language},
        {**values, **nominator},
        answers=answers,
        origin=Nomination.Origin.FORM,
        actor=delegation.actor,
    )


def change(
    delegation: Delegation,
    nomination: Nomination,
    person_values: Mapping[str, Any],
    values: Mapping[str, Any],
    answers: Mapping[str, str],
    *,
    expected_version: int | None,
) -> list[str]:
    """Change one of the country's; what was judged goes back to the secretariat first."""
    _require_open(delegation)
    if nomination.state not in {State.DRAFT, State.SUBMITTED}:
        raise RefusedError(
            _("The secretariat has looked at it already: write to them if something is wrong.")
        )
    return nominations.change(
        nomination,
        person_values,
        values,
        answers=answers,
        actor=delegation.actor,
        expected_version=expected_version,
    )


@transaction.atomic
def submit(delegation: Delegation, nomination: Nomination) -> None:
    """Send one of the country's, and mail a receipt to whoever sends it."""
    _require_open(delegation)
    nominations.submit(nomination, actor=delegation.actor)
    if not delegation.person.email:
        return
    outbox.post(
        key=f"nomination-received:{nomination.pk}:{nomination.version}",
        to=delegation.person,
        template="nominations/mails/received",
        context={
            "edition": delegation.edition,
            "country": delegation.country,
            "number": nomination.number,
            "deadline": delegation.deadline,
            "call": delegation.call,
            "address": _address(delegation),
        },
        about=nomination,
    )


def withdraw(delegation: Delegation, nomination: Nomination) -> None:
    """Take one of the country's back; it can be sent again until the deadline."""
    _require_open(delegation)
    nominations.withdraw(nomination, actor=delegation.actor)


def reopen(delegation: Delegation, nomination: Nomination) -> None:
    """Make a draft again of one that was withdrawn."""
    _require_open(delegation)
    if nomination.state != State.WITHDRAWN:
        raise RefusedError(_("Only what was withdrawn can be opened again."))
    nominations.reopen(nomination, actor=delegation.actor)


def remove_draft(delegation: Delegation, nomination: Nomination) -> None:
    """Delete one of the country's that was never sent."""
    _require_open(delegation)
    removal.remove_draft(nomination, actor=delegation.actor)


def ask_endorsement(
    delegation: Delegation, nomination: Nomination, name: str, email: str
) -> AccessLink:
    """Mail the superior who is to endorse one of the country's."""
    _require_open(delegation)
    if email.strip().lower() == nomination.person.email:
        raise RefusedError(_("Nobody endorses themselves: name their superior."), "email")
    return endorsements.ask(nomination, name, email, actor=delegation.actor)


@transaction.atomic
def prefer(delegation: Delegation, order: Sequence[UUID]) -> int:
    """Put the country's nominations into its own order of preference; returns how many moved.

    Those that `order` does not name have no preference.
    """
    _require_open(delegation)
    places = {key: place for place, key in enumerate(order, start=1)}
    moved = 0
    for nomination in delegation.nominations.select_for_update(of=("self",)):
        place = places.get(nomination.pk)
        if nomination.preference != place:
            nomination.preference = place
            nomination.save(update_fields=["preference"])
            audit.record(delegation.actor, "nomination.changed", nomination, fields=["preference"])
            moved += 1
    return moved


def _address(delegation: Delegation) -> str:
    """Where a country goes on that came by a link; empty for somebody with an account."""
    actor = delegation.actor
    return access_links.address(actor) if isinstance(actor, AccessLink) else ""


def _require_open(delegation: Delegation) -> None:
    why = delegation.closed_because
    if why is not None:
        raise ClosedError(why)
