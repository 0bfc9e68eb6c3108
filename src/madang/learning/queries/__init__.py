"""What others ask of tests: whether somebody took one, and what a group learned."""

from uuid import UUID

from madang.learning.models import Exam, Sitting
from madang.learning.queries.learned import Learned, LearnedPart, learned
from madang.workshops.models import Edition

__all__ = ["Learned", "LearnedPart", "learned", "took"]


def took(edition: Edition, kind: str) -> set[UUID]:
    """Who handed in the test of a kind ("pre", "post"), by participation; nothing of how."""
    handed_in = Sitting.objects.filter(
        exam__edition=edition, exam__kind=Exam.Kind(kind), state=Sitting.State.HANDED_IN
    )
    return set(handed_in.values_list("participation_id", flat=True))
