"""Questions about groups. What other parts read is here: `conclusions`."""

from dataclasses import dataclass

from madang.core import texts
from madang.core.texts import Wording
from madang.groups.models import Conclusion as Stored
from madang.workshops.models import Edition, Participation, Session


@dataclass(frozen=True)
class Conclusion:
    """What a group concluded, as it was accepted."""

    session: Session
    group_number: int
    rapporteur: Participation | None
    text: Wording


def conclusions(edition: Edition) -> list[Conclusion]:
    """What was accepted, by session and group (four queries)."""
    found = list(
        Stored.objects.filter(group__round__plan__edition=edition, state=Stored.State.ACCEPTED)
        .select_related("group__round__session", "group__rapporteur__person__subject")
        .order_by("group__round__session__starts_at", "group__round_id", "group__number")
    )
    texts.prefetch(found)
    texts.prefetch([one.group.round.session for one in found])
    return [
        Conclusion(
            one.group.round.session, one.group.number, one.group.rapporteur, one.wording("text")
        )
        for one in found
    ]
