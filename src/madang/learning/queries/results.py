"""Results for those who prepare the week: what was frozen, with names, charts and words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import locales
from madang.core.charts import Chart, Series
from madang.core.texts import Wording
from madang.learning import answering
from madang.learning.analysis.results import Cell, ItemResult, TestResult
from madang.learning.content import Content
from madang.learning.models import Exam, ExamItem, Result
from madang.learning.queries.learned import Labels, Learned, labels, learned
from madang.methods import documents
from madang.workshops.models import Edition

# From where on a KR-20 is good, and fair, for telling groups apart.
GOOD_ALPHA, FAIR_ALPHA = 0.7, 0.5


@dataclass(frozen=True)
class PartShown:
    """How a group did in one part of a test."""

    label: Wording | str
    number: int | None
    cell: Cell


@dataclass(frozen=True)
class ItemShown:
    """A question with what came out, and what to look at, in words."""

    item: ExamItem
    result: ItemResult
    flags: list[str]
    wrong: list[tuple[str, int | None]]

    @property
    def content(self) -> Content:
        return self.item.version_asked.content


@dataclass(frozen=True)
class TestShown:
    """A frozen test. `n` is None where too few took it."""

    exam: Exam
    n: int | None
    left_out: bool
    parts: list[PartShown]
    items: list[ItemShown]
    kr20: float | None
    interval: tuple[float, float] | None

    @property
    def trust(self) -> str:
        """What the alpha says, in words."""
        if self.kr20 is None:
            return ""
        if self.kr20 >= GOOD_ALPHA:
            return _("the questions measure the same: good for comparing groups")
        if self.kr20 >= FAIR_ALPHA:
            return _("the questions measure the same in part: fair for groups")
        return _("the questions measure different things: take the whole with care")


@dataclass(frozen=True)
class Results:
    """Everything that is told of an edition's tests."""

    tests: list[TestShown]
    learned: Learned | None
    chart: Chart | None


def results(edition: Edition) -> Results:
    """What was frozen so far (at most nine queries)."""
    frozen = list(
        Result.objects.filter(exam__edition=edition)
        .select_related("exam")
        .order_by("exam__opens_at")
    )
    if not frozen:
        return Results([], None, None)
    names = labels(edition)
    asked = ExamItem.objects.filter(exam__in=[it.exam_id for it in frozen])
    items: dict[str, dict[str, ExamItem]] = {}
    for item in asked.select_related("version_asked", "module"):
        items.setdefault(str(item.exam_id), {})[str(item.version_asked_id)] = item
    told = learned(edition, names)
    return Results(
        [_test(it, names, items.get(str(it.exam_id), {})) for it in frozen],
        told,
        chart(told) if told else None,
    )


def _test(frozen: Result, names: Labels, items: dict[str, ExamItem]) -> TestShown:
    told = documents.read(TestResult, frozen.content)
    return TestShown(
        exam=frozen.exam,
        n=told.n,
        left_out=told.left_out,
        parts=[PartShown(*names.of(cell.part, cell.key), cell) for cell in told.cells],
        items=[_item(items[each.version], each) for each in told.items if each.version in items],
        kr20=told.kr20,
        interval=told.interval,
    )


def _item(item: ExamItem, result: ItemResult) -> ItemShown:
    content = item.version_asked.content
    texts = {key: str(content.say(choice.text)) for key, choice in content.numbered}
    if content.kind == "truth":
        texts = dict(answering.truth_options())
    wrong = [
        (texts.get(key) or _("no answer"), n) for key, n in (result.chosen or {}).items() if n != 0
    ]
    return ItemShown(item, result, flags(result, texts), wrong)


def flags(result: ItemResult, texts: dict[str, str]) -> list[str]:
    """What to look at in a question, in words."""
    drawn_to = texts.get(result.drawn_to, "")
    words = {
        "too_easy": _("nearly everybody knows it"),
        "too_hard": _("hardly anybody knows it"),
        "low_discrimination": _("those who know the rest hardly know it better"),
        "negative_discrimination": _("those who know the rest know it less: is the key right?"),
        "best_half": _("half of the best chose another answer: “%(answer)s”")
        % {"answer": drawn_to},
        "best_two_thirds": _("two thirds of the best chose another answer: “%(answer)s”")
        % {"answer": drawn_to},
    }
    return [words[code] for code in result.flags if code in words]


def note(code: str) -> str:
    """Why there is no share of right answers."""
    return {
        "few": _("too few"),
        "nearly_all": _("nearly all"),
        "nearly_none": _("hardly any"),
    }.get(code, "")


def chart(told: Learned) -> Chart:
    """Before and after, in each module."""
    parts = [told.overall, *told.modules]
    gain = told.overall.gain
    summary = ngettext("%(n)s person took both tests.", "%(n)s people took both tests.", told.n) % {
        "n": locales.number(told.n)
    }
    if told.overall.cell.pre is not None and told.overall.cell.post is not None:
        summary += " " + _("Right answers went from %(pre)s to %(post)s.") % {
            "pre": locales.percent(told.overall.cell.pre),
            "post": locales.percent(told.overall.cell.post),
        }
    if gain is not None:
        summary += " " + _("Of what was still to be learned, %(gain)s was learned.") % {
            "gain": locales.percent(gain)
        }
    return Chart(
        kind="bars",
        title=_("Right answers before and after the week"),
        summary=summary,
        categories=tuple(_category(part.number, str(part.label)) for part in parts),
        series=(
            Series(_("before"), tuple(_percent(part.cell.pre) for part in parts)),
            Series(_("after"), tuple(_percent(part.cell.post) for part in parts)),
        ),
        unit="%",
        heading=_("Module"),
    )


def _category(number: int | None, label: str) -> str:
    return label if number is None else f"{locales.number(number)} · {label}"


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100)
