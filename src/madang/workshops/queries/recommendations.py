"""What an edition recommends, from what, and what it made of what the one before recommended."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from madang.core import links, texts
from madang.core.links import Link, Reference
from madang.core.models import StoredFile
from madang.core.policies import Who
from madang.workshops.models import (
    Edition,
    Recommendation,
    RecommendationAnswer,
    RecommendationSource,
)


@dataclass(frozen=True)
class Source:
    """What a recommendation was drawn from: a kind and a title, or an observation in words."""

    kind: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Recommended:
    """A recommendation with what it was drawn from, and what later editions made of it."""

    recommendation: Recommendation
    sources: list[Source]
    answers: list[RecommendationAnswer]


def of_edition(edition: Edition, who: Who) -> list[Recommended]:
    """What the edition recommends, by number, with all wordings, as `who` may read it."""
    listed = list(
        edition.recommendations.prefetch_related("sources", "answers__edition").order_by("number")
    )
    texts.prefetch(listed)
    texts.prefetch([answer for one in listed for answer in one.answers.all()])
    sources = [source for one in listed for source in one.sources.all()]
    cited = links.resolve((_reference(it) for it in sources if it.thing_id), who)
    return [
        Recommended(
            one,
            [shown for source in one.sources.all() for shown in _shown(source, cited)],
            list(one.answers.all()),
        )
        for one in listed
    ]


def _reference(source: RecommendationSource) -> Reference:
    return Reference(source.thing_model, source.thing_id)


def _shown(source: RecommendationSource, cited: Mapping[Reference, Link]) -> list[Source]:
    """One that the reader may not see, or that is gone, is left out."""
    if source.thing_id is None:
        return [Source("", source.note)]
    link = cited.get(_reference(source))
    return [Source(links.kind_of(source.thing_model), link.title, link.url)] if link else []


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


def evidence(answers: Collection[UUID]) -> dict[UUID, list[StoredFile]]:
    """The files that show that something was followed, by answer (one query)."""
    owned = StoredFile.objects.filter(
        owner_model=RecommendationAnswer._meta.label_lower, owner_id__in=list(answers)
    )
    found: dict[UUID, list[StoredFile]] = {}
    for file in owned:
        found.setdefault(file.owner_id, []).append(file)
    return found


def not_carried_over(edition: Edition, earlier: Edition | None) -> int:
    """How many accepted recommendations of the edition before are not taken up here yet."""
    if earlier is None:
        return 0
    taken_up = edition.recommendation_answers.values("recommendation")
    accepted = earlier.recommendations.filter(state=Recommendation.State.ACCEPTED)
    return accepted.exclude(pk__in=taken_up).count()
