"""The questions with which forms begin; an officer changes them before a form opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from madang.core import texts
from madang.core.models import Translation
from madang.evaluation.models import Choice, Form, Question

Kind = Question.Kind
LANGUAGE = "en"


@dataclass(frozen=True)
class Standard:
    """A question: its short name, text and kind; `after` is a short name and the codes."""

    key: str
    text: Promise
    kind: str
    after: tuple[str, str] = ("", "")
    of_speaker: bool = False
    tells_apart: bool = False
    choices: tuple[tuple[str, Promise], ...] = field(default=())


QUESTIONS: dict[str, tuple[Standard, ...]] = {
    Form.Kind.PULSE: (
        Standard("day", _("How was today?"), Kind.RATING),
        Standard("pace", _("The pace was right for me."), Kind.AGREEMENT),
        Standard("tomorrow", _("What should be different tomorrow?"), Kind.TEXT),
    ),
    Form.Kind.SESSION: (
        Standard("session", _("How was this session?"), Kind.RATING),
        Standard("useful", _("I can use this at work."), Kind.AGREEMENT),
        Standard(
            "obstacle",
            _("What stands in the way of using it?"),
            Kind.ONE,
            after=("useful", "1,2"),
            choices=(
                ("other-tasks", _("It is not part of my tasks")),
                ("means", _("We have neither money nor staff for it")),
                ("known", _("I knew it before")),
                ("unclear", _("It was not clear enough")),
            ),
        ),
        Standard("speaker", _("How well did the speaker explain?"), Kind.RATING, of_speaker=True),
        Standard("improve", _("What would make this session better?"), Kind.TEXT),
    ),
    Form.Kind.END: (
        Standard("overall", _("How was the workshop as a whole?"), Kind.RATING),
        Standard("relevant", _("It was about what my work needs."), Kind.AGREEMENT),
        Standard("learned", _("I learned what I came to learn."), Kind.AGREEMENT),
        Standard("peers", _("I learned from participants of other countries."), Kind.AGREEMENT),
        Standard("organised", _("How was it organised?"), Kind.RATING),
        Standard("length", _("The week was long enough."), Kind.AGREEMENT),
        Standard(
            "longer",
            _("What needed more time?"),
            Kind.SEVERAL,
            after=("length", "1,2"),
            choices=(
                ("groups", _("Work in groups")),
                ("cases", _("Cases of other countries")),
                ("labs", _("Trying things out")),
                ("questions", _("Questions to the speakers")),
            ),
        ),
        Standard("apply", _("Will you change something at work because of it?"), Kind.YES_NO),
        Standard("change", _("What will you change first?"), Kind.TEXT, after=("apply", "yes")),
        Standard("recommend", _("Would you recommend it to a colleague?"), Kind.NUMBER),
        Standard(
            "first-time",
            _("Was it your first workshop of this series?"),
            Kind.YES_NO,
            tells_apart=True,
        ),
        Standard("next", _("What should the next workshop do differently?"), Kind.TEXT),
    ),
}

YES, NO = "yes", "no"
SCALES: dict[str, dict[str, Promise]] = {
    Kind.RATING: {
        "1": _("poor"),
        "2": _("fair"),
        "3": _("good"),
        "4": _("very good"),
        "5": _("excellent"),
    },
    Kind.AGREEMENT: {
        "1": _("I disagree strongly"),
        "2": _("I disagree"),
        "3": _("neither"),
        "4": _("I agree"),
        "5": _("I agree strongly"),
    },
}


def fill(forms: Sequence[Form]) -> None:
    """Give forms their first questions, in every language of Madang: three queries for them all."""
    questions: list[Question] = []
    choices: list[Choice] = []
    worded: list[tuple[Question | Choice, Promise]] = []
    with translation.override(LANGUAGE):
        for form in forms:
            made: dict[str, Question] = {}
            for order, each in enumerate(QUESTIONS[form.kind], start=1):
                before, values = each.after
                question = Question(
                    form=form,
                    key=each.key,
                    text=str(each.text),
                    kind=each.kind,
                    of_speaker=each.of_speaker,
                    tells_apart=each.tells_apart,
                    depends_on=made.get(before),
                    depends_value=values,
                    order=order,
                    version=1,
                )
                made[each.key] = question
                worded.append((question, each.text))
                for place, (code, text) in enumerate(each.choices, start=1):
                    choice = Choice(
                        question=question, code=code, text=str(text), order=place, version=1
                    )
                    choices.append(choice)
                    worded.append((choice, text))
            questions += made.values()
    Question.objects.bulk_create(questions)
    Choice.objects.bulk_create(choices)
    _translate(worded)


def _translate(worded: Sequence[tuple[Question | Choice, Promise]]) -> None:
    """Whatever the interface has in other languages."""
    made = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            made += [
                Translation(
                    model=thing._meta.label_lower,
                    object_id=thing.pk,
                    field="text",
                    language=language,
                    text=str(text),
                    source_hash=texts.source_hash(thing.text),
                    version=1,
                )
                for thing, text in worded
                if language != LANGUAGE and str(text) != thing.text
            ]
    Translation.objects.bulk_create(made)
