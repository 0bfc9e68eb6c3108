"""What somebody could show a supervisor, and what a supervisor is shown: nothing else."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from madang.followup.models import Action, ActionPlan, Progress, Release, ReleasedPart, Report

Part = ReleasedPart.Part
_STATEMENTS = (Part.STATUS, Part.EVIDENCE, Part.HELPED, Part.HINDERED)


@dataclass(frozen=True)
class Item:
    """Something that can be shown by itself: an action, or one statement of one round about it."""

    action: Action
    report: Report | None
    part: str

    @property
    def key(self) -> str:
        """The value of a form."""
        owner = self.report.pk if self.report is not None else self.action.pk
        return f"{self.part}:{owner}"

    @property
    def label(self) -> str:
        return str(Part(self.part).label)

    @property
    def text(self) -> str:
        """What would be shown."""
        if self.report is None:
            return str(self.action.what)
        if self.part == Part.STATUS:
            return self.report.get_status_display()
        return str(getattr(self.report, self.part))


@dataclass
class Shown:
    """One action that is shown, and what is shown of what became of it, by the round's months."""

    action: Action
    statements: list[tuple[int, Item]] = field(default_factory=list)


def items(plan: ActionPlan) -> list[Item]:
    """Everything that can be shown now, action by action (two queries).

    What was typed in a round and not sent is not among it.
    """
    reports: dict[UUID, list[Report]] = defaultdict(list)
    sent = Report.objects.filter(progress__plan=plan, progress__state=Progress.State.ANSWERED)
    for report in sent.select_related("subject", "progress__round").order_by(
        "progress__round__months"
    ):
        reports[report.action_id].append(report)
    found = []
    for action in plan.actions.select_related("subject"):
        found.append(Item(action, None, Part.ACTION.value))
        found += [item for report in reports[action.pk] for item in _of(action, report)]
    return found


def _of(action: Action, report: Report) -> Iterator[Item]:
    for part in _STATEMENTS:
        if getattr(report, part.value):
            yield Item(action, report, part.value)


def chosen(plan: ActionPlan, keys: Collection[str]) -> list[Item]:
    """Those that a form names; a statement brings the action it is about along."""
    wanted = [item for item in items(plan) if item.key in keys]
    about = {item.action.pk for item in wanted}
    actions = [item for item in items(plan) if item.part == Part.ACTION and item.action.pk in about]
    return [*actions, *(item for item in wanted if item.report is not None)]


def keys_of(release: Release) -> list[str]:
    """The keys of what a release shows."""
    return [f"{part.part}:{part.report_id or part.action_id}" for part in release.parts.all()]


def shown(release: Release) -> list[Shown]:
    """What a supervisor sees: made of the released parts alone (one query)."""
    if release.state == Release.State.WITHDRAWN:
        return []
    parts = (
        ReleasedPart.objects.filter(release=release)
        .select_related("action__subject", "report__subject", "report__progress__round")
        .order_by("action__number", "report__progress__round__months")
    )
    found: dict[UUID, Shown] = {}
    for part in parts:
        here = found.setdefault(part.action_id, Shown(part.action))
        if part.report is not None:
            months = part.report.progress.round.months
            here.statements.append((months, Item(part.action, part.report, part.part)))
    order = {part.value: place for place, part in enumerate(Part)}
    for each in found.values():
        each.statements.sort(key=lambda pair: (pair[0], order[pair[1].part]))
    return list(found.values())
