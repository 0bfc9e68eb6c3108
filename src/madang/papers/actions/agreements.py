"""What a country agrees to, recorded with who and when, and taken back whenever it likes."""

from collections.abc import Collection

from django.db import transaction

from madang.core import audit, clock
from madang.papers.actions import opening
from madang.papers.models import Agreement, Paper

Purpose = Agreement.Purpose


@transaction.atomic
def settle(paper: Paper, wanted: Collection[str], *, actor: audit.Actor) -> list[str]:
    """Let exactly these agreements stand; returns those that changed.

    What the library may have, the room may show: whoever agrees to the wider agrees to both.
    """
    wanted = {*wanted} | ({Purpose.ROOM} if Purpose.LIBRARY in wanted else set())
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    standing = {each.purpose: each for each in paper.agreements.filter(withdrawn_at__isnull=True)}
    changed = []
    for purpose in Purpose.values:
        if purpose in wanted and purpose not in standing:
            Agreement.objects.create(
                paper=paper, purpose=purpose, given_by_id=actor.audit_id, given_at=clock.now()
            )
            audit.record(actor, "paper.agreed", paper, purpose=purpose)
            changed.append(purpose)
        elif purpose not in wanted and purpose in standing:
            each = standing[purpose]
            each.withdrawn_by_id, each.withdrawn_at = actor.audit_id, clock.now()
            each.save(update_fields=["withdrawn_by", "withdrawn_at"])
            audit.record(actor, "paper.agreement_withdrawn", paper, purpose=purpose)
            changed.append(purpose)
    if changed:
        paper.in_room = Purpose.ROOM in wanted
        paper.in_library = Purpose.LIBRARY in wanted
        paper.save(update_fields=["in_room", "in_library"])
        opening.settle(paper.edition_id, paper.country_id, actor=actor)
    return changed
