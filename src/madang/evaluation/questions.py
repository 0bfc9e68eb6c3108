"""What a form asks one person: its questions, those about speakers once for each of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from madang.core import locales, texts
from madang.evaluation import standard, suppression
from madang.evaluation.models import Form, Question, Speaker
from madang.people.actions.people import tidy

Kind = Question.Kind
HIGHEST = 10
LONGEST = 2000
SCALES = frozenset({Kind.RATING, Kind.AGREEMENT, Kind.NUMBER})


class WrongAnswerError(ValueError):
    """What was answered does not fit the question; the text says how to mend it."""


@dataclass(frozen=True)
class Item:
    """A question as it is asked: `speaker` is whom it is about. `before` decides whether it is."""

    question: Question
    speaker: Speaker | None = None
    before: "Item | None" = None

    @property
    def name(self) -> str:
        """Its name within the form: the question's short name, for a speaker with their number."""
        return name_of(self.question, self.speaker)

    @cached_property
    def offered(self) -> dict[str, str]:
        """The answers to choose from, in the reader's language, by their codes."""
        return offered(self.question)

    @property
    def values(self) -> frozenset[str]:
        """The answers to the question before after which this one is asked."""
        return frozenset(filter(None, self.question.depends_value.split(",")))

    def is_asked(self, answers: Mapping[str, str]) -> bool:
        """Whether it is asked of somebody who gave these answers."""
        if self.before is None:
            return True
        given = set(answers.get(self.before.name, "").split(","))
        return bool(given & self.values) and self.before.is_asked(answers)


def name_of(question: Question, speaker: Speaker | None) -> str:
    """The name of a question within its form, about a speaker or not."""
    return f"{question.key}.{speaker.number}" if speaker is not None else question.key


def items(form: Form) -> list[Item]:
    """What a form asks, in its order (five queries with the texts)."""
    questions = list(form.questions.prefetch_related("choices"))
    texts.prefetch(questions)
    texts.prefetch([choice for question in questions for choice in question.choices.all()])
    return of_questions(questions, list(form.speakers.all()))


def of_questions(questions: Iterable[Question], speakers: Sequence[Speaker]) -> list[Item]:
    """The questions in order; those about speakers that stand together, speaker by speaker."""
    found: dict[tuple[object, object], Item] = {}
    waiting: list[Question] = []

    def add(question: Question, speaker: Speaker | None) -> None:
        before = None
        if question.depends_on_id is not None:
            before = found.get((question.depends_on_id, speaker and speaker.pk)) or found.get(
                (question.depends_on_id, None)
            )
            if before is None:
                return
        item = Item(question, speaker, before)
        found[question.pk, speaker and speaker.pk] = item

    def flush() -> None:
        for speaker in speakers:
            for each in waiting:
                add(each, speaker)
        waiting.clear()

    for question in questions:
        if question.of_speaker:
            waiting.append(question)
            continue
        flush()
        add(question, None)
    flush()
    return list(found.values())


def offered(question: Question) -> dict[str, str]:
    """The answers that a question offers, in words, by their codes."""
    if question.kind in standard.SCALES:
        return {code: str(text) for code, text in standard.SCALES[question.kind].items()}
    if question.kind == Kind.YES_NO:
        return {standard.YES: _("yes"), standard.NO: _("no")}
    if question.kind == Kind.NUMBER:
        return {str(number): locales.number(number) for number in range(HIGHEST + 1)}
    return {choice.code: str(choice.wording("text")) for choice in question.choices.all()}


def asked(item: Item) -> suppression.Asked:
    """The same for counting."""
    kind = item.question.kind
    shapes = {Kind.SEVERAL: "several", Kind.TEXT: "text"}
    return suppression.Asked(
        name=item.name,
        shape="scale" if kind in SCALES else shapes.get(kind, "one"),
        codes=tuple(item.offered),
        after=item.before.name if item.before else "",
        values=item.values,
        tells_apart=item.question.tells_apart,
    )


def canonical(item: Item, value: object) -> str:
    """An answer as it is counted: a code, codes with commas between, or a text; "" for none.

    Raises `WrongAnswerError` with a sentence for the person.
    """
    if item.question.kind == Kind.SEVERAL:
        given = set(value) if isinstance(value, list | tuple) else {value} - {""}
        if not given <= item.offered.keys():
            raise WrongAnswerError(_("Choose among the answers offered."))
        return ",".join(code for code in item.offered if code in given)
    text = str(value or "").replace("\r\n", "\n").strip()
    if item.question.kind == Kind.TEXT:
        if len(text) > LONGEST:
            raise WrongAnswerError(
                _("Use at most %(longest)s letters.") % {"longest": locales.number(LONGEST)}
            )
        return text
    if text and tidy(text) not in item.offered:
        raise WrongAnswerError(_("Choose one of the answers offered."))
    return tidy(text)


def whole(items: Sequence[Item], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that count: none to what was not asked after the others."""
    kept: dict[str, str] = {}
    for item in items:
        if answers.get(item.name) and item.is_asked(kept):
            kept[item.name] = answers[item.name]
    return kept
