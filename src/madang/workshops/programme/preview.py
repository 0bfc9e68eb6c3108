"""What publishing the draft now would change, and whom that touches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from madang.workshops.models import Edition, Participation
from madang.workshops.programme import audience, concern_sentences, concerns, differences, snapshot
from madang.workshops.programme.concerns import Concern
from madang.workshops.programme.differences import Change
from madang.workshops.programme.entries import Programme

# So many concerns are told; whoever has more begins with these.
SHOWN = 50


@dataclass(frozen=True)
class Preview:
    """The draft beside what visitors see; `before` is empty where nothing was published yet."""

    before: Programme
    after: Programme
    changes: tuple[Change, ...]
    touched: Mapping[UUID, list[Change]]
    concerns: tuple[Concern, ...]
    is_first: bool
    # Names of those who gain or lose a part.
    names: Mapping[UUID, str]

    @property
    def differs(self) -> bool:
        """Whether there is anything to publish: a capacity or the order of names counts too."""
        return bool(self.after.sessions) and self.before != self.after

    @property
    def fingerprint(self) -> str:
        """What identifies the draft that was looked at."""
        return snapshot.content_hash(snapshot.write(self.after))


@dataclass(frozen=True)
class ToldConcern:
    """A concern in words, and the sessions that it is about."""

    sentence: str
    sessions: tuple[UUID, ...]


@dataclass(frozen=True)
class TouchedPerson:
    """Somebody whom publishing would touch; without an address, no mail reaches them."""

    name: str
    sessions: int
    has_address: bool


def preview(edition: Edition) -> Preview:
    """Compare the draft with the published version."""
    after = snapshot.draft(edition)
    is_first = edition.published_id is None
    before = snapshot.empty(after) if is_first else snapshot.published_by_id(edition.published_id)
    changes = tuple(differences.compare(before, after))
    return Preview(
        before=before,
        after=after,
        changes=changes,
        touched=audience.touched(edition, changes),
        concerns=tuple(all_concerns(edition, after)),
        is_first=is_first,
        names=audience.names_of_changing(changes),
    )


def all_concerns(edition: Edition, programme: Programme) -> list[Concern]:
    """Everything that a planner should look at again, sign-ups included (three queries)."""
    return concerns.concerns(
        programme,
        travel=concerns.travel_times(edition.id),
        attendance=concerns.expected_attendance(edition.id),
        places_held=concerns.places_held(edition.id),
    )


def told_concerns(
    edition: Edition, programme: Programme, found: Sequence[Concern]
) -> list[ToldConcern]:
    """The first of the concerns in sentences (one query where they speak of people)."""
    shown = found[:SHOWN]
    known = names(edition) if any(concern.participation_id for concern in shown) else {}
    return [
        ToldConcern(concern_sentences.sentence(concern, programme, known), concern.sessions)
        for concern in shown
    ]


def names(edition: Edition) -> dict[UUID, str]:
    """Names of everybody in an edition by participation (one query)."""
    return {participation.id: participation.person.name for participation in _people(edition)}


def touched_people(edition: Edition, seen: Preview) -> list[TouchedPerson]:
    """Whom publishing touches, by name (one query)."""
    found = [
        TouchedPerson(
            name=participation.person.name,
            sessions=len({change.session.id for change in seen.touched[participation.id]}),
            has_address=bool(participation.person.email),
        )
        for participation in _people(edition).filter(pk__in=seen.touched)
    ]
    return sorted(found, key=lambda person: person.name.casefold())


def _people(edition: Edition) -> QuerySet[Participation]:
    return Participation.objects.filter(edition=edition).select_related("person__subject")
