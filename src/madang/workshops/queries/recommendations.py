"""What an edition recommends, and its answers to the one before."""

from madang.core import texts
from madang.workshops.models import Edition, Recommendation, RecommendationAnswer


def of_edition(edition: Edition) -> list[Recommendation]:
    """What the edition recommends, by number, with all wordings (two queries)."""
    listed = list(edition.recommendations.order_by("number"))
    texts.prefetch(listed)
    return listed


def answers(edition: Edition) -> list[RecommendationAnswer]:
    """How the edition answers what earlier ones recommended, with sessions and all wordings."""
    found = (
        edition.recommendation_answers.select_related("recommendation__edition")
        .prefetch_related("sessions")
        .order_by("recommendation__edition__number", "recommendation__number")
    )
    listed = list(found)
    texts.prefetch(listed)
    texts.prefetch_referred(listed, "recommendation")
    texts.prefetch([session for answer in listed for session in answer.sessions.all()])
    return listed


def not_carried_over(edition: Edition, earlier: Edition | None) -> int:
    """How many recommendations of the edition before are not taken up here yet."""
    if earlier is None:
        return 0
    taken_up = edition.recommendation_answers.values("recommendation")
    return earlier.recommendations.exclude(pk__in=taken_up).count()
