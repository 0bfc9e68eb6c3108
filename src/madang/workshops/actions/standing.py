"""What taking part in an edition lets somebody do: the role of their account there."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from madang.core import audit, clock
from madang.people.models import Account, Role
from madang.workshops.models import Edition, Participation

# Whoever plans or directs is given that role on the accounts page, never by being on a list here.
ROLE_OF = {
    Participation.Kind.PARTICIPANT: "participant",
    Participation.Kind.RESOURCE_PERSON: "resource_person",
    Participation.Kind.HOST: "host",
}
_SCOPE = Edition._meta.label_lower


@transaction.atomic
def settle(participations: Collection[Participation], *, actor: audit.Actor | None) -> None:
    """Give each of these people's accounts the role that fits, and end those that do not.

    People without an account have none; they are settled when they are given one.
    """
    people = [participation.person_id for participation in participations]
    accounts = {account.person_id: account for account in Account.objects.filter(person__in=people)}
    editions = {participation.edition_id for participation in participations}
    held = _held(accounts.values(), editions)
    for participation in participations:
        account = accounts.get(participation.person_id)
        if account is None:
            continue
        expected = participation.state == Participation.State.EXPECTED
        wanted = ROLE_OF.get(participation.kind) if expected else None
        roles = held[account.pk, participation.edition_id]
        for role in roles:
            if role.kind != wanted:
                role.ends_at = max(clock.now(), role.starts_at)
                role.save(update_fields=["ends_at"])
                audit.record(
                    actor, "role.ended", account, scope=participation.edition_id, kind=role.kind
                )
        if wanted and wanted not in {role.kind for role in roles}:
            Role.objects.create(
                account=account, kind=wanted, scope_model=_SCOPE, scope_id=participation.edition_id
            )
            audit.record(
                actor, "role.granted", account, scope=participation.edition_id, kind=wanted
            )


def _held(
    accounts: Collection[Account], editions: Collection[UUID]
) -> dict[tuple[UUID, UUID], list[Role]]:
    held: dict[tuple[UUID, UUID], list[Role]] = defaultdict(list)
    roles = Role.objects.filter(
        account__in=accounts,
        kind__in=ROLE_OF.values(),
        scope_id__in=editions,
        ends_at__isnull=True,
    )
    for role in roles:
        held[role.account_id, role.scope_id].append(role)
    return held
