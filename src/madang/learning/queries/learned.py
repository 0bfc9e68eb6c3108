"""What was learned in an edition, as it was frozen: of more than four people, or nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from madang.core import texts
from madang.core.texts import Wording
from madang.learning.analysis.results import GainCell, LearnedResult
from madang.learning.models import Competency, Result
from madang.methods import documents
from madang.workshops.models import Edition, Module


@dataclass(frozen=True)
class LearnedPart:
    """The gain in the whole, in a module (with its number) or in a competency.

    `pre` and `post` are mean shares of right answers, `gain` is Hake's normalised gain with its
    interval of 95 %, `effect` the effect size d_z with its.
    """

    label: Wording | str
    number: int | None
    cell: GainCell

    @property
    def n(self) -> int:
        return self.cell.n

    @property
    def gain(self) -> float | None:
        return self.cell.gain

    @property
    def interval(self) -> tuple[float, float] | None:
        return self.cell.interval


@dataclass(frozen=True)
class Learned:
    """What those learned who took both tests."""

    n: int
    same_items: bool
    overall: LearnedPart
    modules: list[LearnedPart]
    competencies: list[LearnedPart]

    @property
    def parts(self) -> list[LearnedPart]:
        return [self.overall, *self.modules, *self.competencies]


@dataclass(frozen=True)
class Labels:
    """What modules and competencies are called, by the keys under which results have them."""

    modules: dict[str, Module]
    competencies: dict[str, Competency]

    def of(self, part: str, key: str) -> tuple[Wording | str, int | None]:
        """A name, and the number of a module."""
        if part == "module":
            module = self.modules.get(key)
            if module is not None:
                return module.wording("title"), module.number
        if part == "competency" and key in self.competencies:
            return self.competencies[key].wording("name"), None
        return (_("The whole test"), None) if part == "all" else (_("removed since"), None)


def labels(edition: Edition) -> Labels:
    """The names of an edition's modules and its series' competencies (four queries)."""
    modules = list(Module.objects.filter(edition=edition))
    competencies = list(Competency.objects.filter(series=edition.series_id))
    texts.prefetch(modules)
    texts.prefetch(competencies)
    return Labels(
        {str(module.pk): module for module in modules},
        {str(competency.pk): competency for competency in competencies},
    )


def learned(edition: Edition, names: Labels | None = None) -> Learned | None:
    """What was learned, once the test after the week is frozen; None where that is not told."""
    stored = (
        Result.objects.filter(exam__edition=edition, exam__kind="post")
        .values_list("gain", flat=True)
        .first()
    )
    if stored is None:
        return None
    result = documents.read(LearnedResult, stored)
    names = names or labels(edition)
    parts = [_part(names, cell) for cell in result.cells]
    by_kind = {kind: [p for p in parts if p.cell.part == kind] for kind in ("module", "competency")}
    return Learned(
        n=result.n,
        same_items=result.same_items,
        overall=next(part for part in parts if part.cell.part == "all"),
        modules=sorted(by_kind["module"], key=lambda part: part.number or 0),
        competencies=by_kind["competency"],
    )


def _part(names: Labels, cell: GainCell) -> LearnedPart:
    label, number = names.of(cell.part, cell.key)
    return LearnedPart(label, number, cell)
