"""People in an edition: adding, changing, cancelling and expecting them again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock
from madang.people.actions import people
from madang.people.actions.accounts import open_account
from madang.people.actions.refusal import RefusedError
from madang.people.models import Person
from madang.workshops.actions import records, sign_ups, stamps, standing
from madang.workshops.models import Edition, Participation


@transaction.atomic
def add_new_person(
    edition: Edition,
    person_values: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    with_account: bool,
    actor: audit.Actor | None,
) -> Participation:
    """Enter somebody who is not known here yet, and let them take part (see `add_person`)."""
    person = people.add_person(actor=actor, **person_values)
    return add_person(edition, person, values, with_account=with_account, actor=actor)


@transaction.atomic
def add_person(
    edition: Edition,
    person: Person,
    values: Mapping[str, Any],
    *,
    with_account: bool,
    actor: audit.Actor | None,
) -> Participation:
    """Let somebody take part; `values` are kind, country and organisation.

    With `with_account` they can sign in, by a code sent to their address. Raises `RefusedError` for
    somebody who is in the edition already, or who can't have an account.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    if Participation.objects.filter(edition=edition, person=person).exists():
        raise RefusedError(_("This person is in the edition already."))
    participation = Participation(edition=edition, person=person, **values)
    records.add(participation, "participation.added", actor=actor)
    if with_account:
        open_account(person, actor=actor)
    standing.settle([participation], actor=actor)
    stamps.touch(edition)
    return participation


@transaction.atomic
def change_participation(
    participation: Participation,
    values: Mapping[str, Any],
    person_values: Mapping[str, Any],
    *,
    expected_version: int,
    expected_person_version: int,
    with_account: bool,
    actor: audit.Actor | None,
) -> None:
    """Change what somebody takes part as, and their own details; open an account if asked to.

    Raises `StaleRecordError` where somebody else saved either of the two in between, `RefusedError`
    for details that can't be so.
    """
    changed = records.change(
        participation,
        values,
        "participation.changed",
        expected_version=expected_version,
        actor=actor,
    )
    person = participation.person
    people.change_person(
        person, actor=actor, expected_version=expected_person_version, **person_values
    )
    if with_account:
        open_account(person, actor=actor)
    standing.settle([Participation.objects.get(pk=participation.pk)], actor=actor)
    if changed:
        stamps.touch(participation.edition_id)


@transaction.atomic
def cancel_participation(participation: Participation, *, actor: audit.Actor | None) -> None:
    """They do not come: their role and their sign-ups in the edition end, their history stays."""
    participation.cancel(actor=actor)
    sign_ups.withdraw_all(participation, actor=actor)
    standing.settle([participation], actor=actor)
    stamps.touch(participation.edition_id)


@transaction.atomic
def leave_what_comes(person: Person) -> None:
    """Nobody waits for somebody who was erased: their places in editions to come are free again.

    That they took part in what is over stays in its numbers.
    """
    expected = Participation.objects.filter(
        person=person, state=Participation.State.EXPECTED
    ).select_related("edition")
    for participation in expected:
        if participation.edition.ends_on >= clock.today(participation.edition.zone):
            cancel_participation(participation, actor=None)


@transaction.atomic
def restore_participation(participation: Participation, *, actor: audit.Actor | None) -> None:
    """They come after all."""
    participation.restore(actor=actor)
    standing.settle([participation], actor=actor)
    stamps.touch(participation.edition_id)
