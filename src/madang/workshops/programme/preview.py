"""What publishing the draft now would change, and whom that touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from madang.workshops.models import Edition, Participation
from madang.workshops.programme import audience, concerns, differences, snapshot
from madang.workshops.programme.concerns import Concern
from madang.workshops.programme.differences import Change
from madang.workshops.programme.entries import Programme


@dataclass(frozen=True)
class Preview:
    """The draft beside what visitors see; `before` is empty where nothing was published yet."""

    before: Programme
    after: Programme
    changes: tuple[Change, ...]
    touched: Mapping[UUID, list[Change]]
    concerns: tuple[Concern, ...]
    is_first: bool

    @property
    def differs(self) -> bool:
        """Whether there is anything to publish: a translation or a capacity counts too."""
        return snapshot.write(self.before) != snapshot.write(self.after)


def preview(edition: Edition) -> Preview:
    """Compare the draft with the published version."""
    after = snapshot.draft(edition)
    is_first = edition.published is None
    before = snapshot.empty(after) if is_first else snapshot.published(edition.published)
    changes = tuple(differences.compare(before, after))
    return Preview(
        before=before,
        after=after,
        changes=changes,
        touched=audience.touched(edition, changes),
        concerns=tuple(all_concerns(edition, after)),
        is_first=is_first,
    )


def all_concerns(edition: Edition, programme: Programme) -> list[Concern]:
    """Everything that a planner should look at again, sign-ups included (three queries)."""
    return [
        *concerns.concerns(
            programme,
            travel=concerns.travel_times(edition.id),
            attendance=concerns.expected_attendance(edition.id),
        ),
        *concerns.double_sign_ups(programme),
    ]


def names(edition: Edition) -> dict[UUID, str]:
    """Names of everybody in an edition by participation (one query)."""
    people = Participation.objects.filter(edition=edition).select_related("person__subject")
    return {participation.id: participation.person.name for participation in people}
