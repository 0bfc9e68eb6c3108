"""What may be told of closed forms, in words and charts, and compared with an earlier edition."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from madang.core import locales, texts
from madang.core.charts import Chart, Series
from madang.evaluation import published, questions
from madang.evaluation.models import Comment, Form, Question, Speaker
from madang.evaluation.questions import Item
from madang.evaluation.suppression import Block, Publication, Told
from madang.workshops.models import Edition

Kind = Question.Kind
FIVE_STEPS = frozenset({Kind.RATING, Kind.AGREEMENT})
# Of a normal distribution, 95 per cent lie within so many standard deviations.
CERTAIN = 1.96


@dataclass(frozen=True)
class Comparison:
    """The mean of the same question in an earlier edition, and what the difference says.

    The interval, of 95 per cent, is on the safe side: numbers of people are rounded down.
    """

    edition: str
    before: float
    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the numbers could show a difference at all."""
        return self.low > 0 or self.high < 0

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        facts = {
            "edition": self.edition,
            "before": locales.number(self.before, 1),
            "amount": locales.number(abs(self.difference), 1),
            "low": locales.number(min(abs(self.low), abs(self.high)), 1),
            "high": locales.number(max(abs(self.low), abs(self.high)), 1),
        }
        if not self.is_clear:
            said = _(
                "It was %(before)s in “%(edition)s”: no difference that these numbers could show."
            )
        elif self.difference > 0:
            said = _(
                "That is higher by %(amount)s (%(low)s to %(high)s) than in “%(edition)s”, where "
                "it was %(before)s."
            )
        else:
            said = _(
                "That is lower by %(amount)s (%(low)s to %(high)s) than in “%(edition)s”, where "
                "it was %(before)s."
            )
        return said % facts


@dataclass(frozen=True)
class QuestionResult:
    """What may be told of one question. `chart` is None where nothing can be drawn."""

    item: Item
    speaker: str
    told: Told
    chart: Chart | None
    comments: tuple[str, ...] = ()
    comparison: Comparison | None = None
    labels: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name within the form."""
        return self.item.name

    @property
    def text(self) -> str:
        return self.item.question.wording("text")

    @property
    def kind(self) -> str:
        return self.item.question.kind

    @property
    def parts(self) -> list[tuple[str, float]]:
        """The mean by the answers to the question that tells results apart."""
        means = (part.mean for part in self.told.parts)
        return list(zip(self.labels, means, strict=True))


@dataclass(frozen=True)
class FormResult:
    """What may be told of one form: `people` answered at least, 0 where fewer than five did."""

    form: Form
    people: int
    questions: tuple[QuestionResult, ...]
    chart: Chart | None
    apart: str = ""

    @property
    def title(self) -> str:
        return str(self.form.title)

    @property
    def answered(self) -> str:
        """How many answered, as far as it is told."""
        if not self.people:
            return _("Fewer than five answered, so nothing is told.")
        return _("%(people)s people or a few more answered.") % {
            "people": locales.number(self.people)
        }


def results(edition: Edition) -> list[FormResult]:
    """What may be told of an edition's closed forms, in the order in which they opened."""
    return of_forms(edition, closed(edition))


def closed(edition: Edition) -> QuerySet[Form]:
    """The forms of an edition that are closed."""
    return Form.objects.filter(edition=edition, state=Form.State.CLOSED)


def of_forms(
    edition: Edition, forms: QuerySet[Form], *, only: UUID | None = None
) -> list[FormResult]:
    """The same of some forms; `only` leaves out what is about another speaker than this one."""
    before = earlier_means(edition)
    said: dict[tuple[UUID, UUID | None], list[str]] = defaultdict(list)
    listed = list(_with_all(forms))
    _prefetch(listed)
    shown = Comment.objects.filter(form__in=listed, state=Comment.State.PUBLISHED)
    for question, speaker, text in shown.values_list("question_id", "speaker_id", "text"):
        said[question, speaker].append(text)
    return [_result(form, said, before, only) for form in listed]


def _with_all(forms: QuerySet[Form]) -> QuerySet[Form]:
    speakers = Speaker.objects.select_related("participation__person__subject")
    return forms.select_related("session", "outcome").prefetch_related(
        Prefetch("questions", Question.objects.prefetch_related("choices")),
        Prefetch("speakers", speakers),
    )


def _prefetch(forms: Iterable[Form]) -> None:
    """The texts of all questions, choices and sessions (three queries)."""
    forms = list(forms)
    asked = [question for form in forms for question in form.questions.all()]
    texts.prefetch(asked)
    texts.prefetch([choice for question in asked for choice in question.choices.all()])
    texts.prefetch([form.session for form in forms if form.session])


@dataclass(frozen=True)
class Earlier:
    """What an earlier edition told: its name, the numbers, and the kinds of its questions."""

    name: str
    publication: Publication
    kinds: dict[str, str]


def earlier_means(edition: Edition) -> Earlier | None:
    """The end evaluation of the nearest earlier edition of the series that told something."""
    form = (
        Form.objects.filter(
            edition__series=edition.series_id,
            edition__number__lt=edition.number,
            kind=Form.Kind.END,
            state=Form.State.CLOSED,
        )
        .select_related("edition", "outcome")
        .prefetch_related("questions")
        .order_by("-edition__number")
        .first()
    )
    if form is None:
        return None
    publication = published.read(form.outcome.content)
    kinds = {question.key: question.kind for question in form.questions.all()}
    return Earlier(form.edition.wording("title"), publication, kinds)


def _result(
    form: Form,
    said: dict[tuple[UUID, UUID | None], list[str]],
    before: Earlier | None,
    only: UUID | None,
) -> FormResult:
    publication = published.read(form.outcome.content)
    told = {each.name: each for each in publication.questions}
    items = questions.of_questions(form.questions.all(), list(form.speakers.all()))
    apart = next((item for item in items if item.question.tells_apart), None)
    compared = before if form.kind == Form.Kind.END else None
    found = [
        _question(item, told[item.name], publication, said, compared, apart)
        for item in items
        if only is None or item.speaker is None or item.speaker.participation_id == only
    ]
    return FormResult(
        form=form,
        people=publication.people,
        questions=tuple(found),
        chart=_means(found, compared),
        apart=apart.question.wording("text") if apart else "",
    )


def _question(
    item: Item,
    told: Told,
    publication: Publication,
    said: dict[tuple[UUID, UUID | None], list[str]],
    before: Earlier | None,
    apart: Item | None,
) -> QuestionResult:
    speaker = item.speaker
    return QuestionResult(
        item=item,
        speaker=str(speaker.participation.person) if speaker else "",
        told=told,
        chart=_shares(item, told),
        comments=tuple(said.get((item.question.pk, speaker.pk if speaker else None), ())),
        comparison=_comparison(item, told, publication, before),
        labels=tuple(label(apart, part.codes) for part in told.parts) if apart else (),
    )


def label(item: Item, codes: Sequence[str]) -> str:
    """Answers that are told together, in words: the ends of a part of a scale, or all of them."""
    words = [item.offered.get(code, _("no answer")) for code in codes]
    if item.question.kind in questions.SCALES and len(words) > 1:
        return _("%(first)s to %(last)s") % {"first": words[0], "last": words[-1]}
    return " / ".join(words)


def _shares(item: Item, told: Told) -> Chart | None:
    """How the answers share out, in steps of five per cent."""
    if not told.blocks:
        return None
    most = max(told.blocks, key=lambda block: block.share)
    return Chart(
        kind="bars",
        title=str(item.question.wording("text")),
        summary=_summary(item, told, most),
        categories=tuple(label(item, block.codes) for block in told.blocks),
        series=(Series(_("Share"), tuple(float(block.share) for block in told.blocks)),),
        unit="%",
        note=_("In steps of 5%; answers of fewer than five people are told together."),
        heading=_("Answer"),
    )


def _summary(item: Item, told: Told, most: Block) -> str:
    facts = {"answer": label(item, most.codes), "share": locales.percent(most.share / 100)}
    if told.mean is None:
        return _("The answer given most: %(answer)s (%(share)s).") % facts
    facts["mean"] = locales.number(told.mean, 1)
    facts["highest"] = item.offered[list(item.offered)[-1]]
    if item.question.kind in FIVE_STEPS:
        facts["highest"] = locales.number(5)
    return (
        _("The mean is %(mean)s of %(highest)s; the answer given most: %(answer)s (%(share)s).")
        % facts
    )


def _means(found: Sequence[QuestionResult], before: Earlier | None) -> Chart | None:
    """The means of all questions with five steps, beside those of an earlier edition."""
    shown = [each for each in found if each.told.mean is not None and each.kind in FIVE_STEPS]
    if len(shown) < 2:
        return None
    series = [Series(_("This edition"), tuple(each.told.mean for each in shown))]
    if any(each.comparison for each in shown) and before is not None:
        earlier = tuple(each.comparison.before if each.comparison else None for each in shown)
        series.append(Series(before.name, earlier))
    best = max(shown, key=lambda each: each.told.mean or 0)
    least = min(shown, key=lambda each: each.told.mean or 0)
    return Chart(
        kind="bars",
        title=_("Means of the answers"),
        summary=_("From %(least)s (“%(first)s”) to %(best)s (“%(last)s”), of 5.")
        % {
            "least": locales.number(least.told.mean or 0, 1),
            "first": _name(least),
            "best": locales.number(best.told.mean or 0, 1),
            "last": _name(best),
        },
        categories=tuple(_name(each) for each in shown),
        series=tuple(series),
        heading=_("Question"),
    )


def _name(each: QuestionResult) -> str:
    return f"{each.text} ({each.speaker})" if each.speaker else str(each.text)


def _comparison(
    item: Item, told: Told, publication: Publication, before: Earlier | None
) -> Comparison | None:
    """The mean before and now, where both may be told and the answers are of the same kind."""
    if before is None or before.kinds.get(item.name) != item.question.kind:
        return None
    past = next((each for each in before.publication.questions if each.name == item.name), None)
    # A question that not everybody was asked has an unknown number of answers.
    if past is None or past.mean is None or told.mean is None or item.before is not None:
        return None
    variance = sum(
        (each.spread or 0) ** 2 / people
        for each, people in ((told, publication.people), (past, before.publication.people))
    )
    difference = round(told.mean - past.mean, 1)
    reach = math.ceil(10 * CERTAIN * math.sqrt(variance)) / 10
    return Comparison(
        edition=before.name,
        before=past.mean,
        difference=difference,
        low=round(difference - reach, 1),
        high=round(difference + reach, 1),
    )
