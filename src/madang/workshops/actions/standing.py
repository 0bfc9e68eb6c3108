"""What taking part in an edition lets somebody do: the role of their account there."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from madang.core import audit
from madang.people.actions.roles import end_role, grant_role
from madang.people.models import Account, Role
from madang.workshops.models import Participation

# Whoever plans or directs is given that role on the accounts page, never by being on a list here.
ROLE_OF = {
    Participation.Kind.PARTICIPANT: "participant",
    Participation.Kind.RESOURCE_PERSON: "resource_person",
    Participation.Kind.HOST: "host",
}


@transaction.atomic
def settle(participations: Collection[Participation], *, actor: audit.Actor | None) -> None:
    """Give each of these people's accounts the role that fits, and end those that do not.

    People without an account have none; they are settled when they are given one.
    """
    people = [participation.person_id for participation in participations]
    open_accounts = Account.objects.filter(person__in=people, is_active=True)
    accounts = {account.person_id: account for account in open_accounts}
    held = _held(participations)
    for participation in participations:
        account = accounts.get(participation.person_id)
        if account is None:
            continue
        expected = participation.state == Participation.State.EXPECTED
        wanted = ROLE_OF.get(participation.kind) if expected else None
        roles = held[account.pk, participation.edition_id]
        for role in roles:
            if role.kind != wanted:
                end_role(role, actor=actor)
        if wanted and wanted not in {role.kind for role in roles}:
            grant_role(account, actor=actor, kind=wanted, scope=participation.edition)


def _held(participations: Collection[Participation]) -> dict[tuple[UUID, UUID], list[Role]]:
    held: dict[tuple[UUID, UUID], list[Role]] = defaultdict(list)
    roles = Role.objects.filter(
        account__person__in=[participation.person_id for participation in participations],
        kind__in=ROLE_OF.values(),
        scope_id__in={participation.edition_id for participation in participations},
        ends_at__isnull=True,
    )
    for role in roles:
        held[role.account_id, role.scope_id].append(role)
    return held
