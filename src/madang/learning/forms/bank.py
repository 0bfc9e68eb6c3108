"""Forms of questions, competencies and sheets of questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm, as_kept
from madang.learning import written
from madang.learning.content import FALSE, KINDS, TRUE, Content
from madang.learning.models import Competency, Item
from madang.workshops.forms import fields
from madang.workshops.models import Edition

HINTS = {
    "single": gettext_lazy("One answer on each line, a star (*) before the right one."),
    "several": gettext_lazy("One answer on each line, a star (*) before each right one."),
    "number": gettext_lazy("Such as: 21 ± 0.5 %. The tolerance and the unit may be left out."),
    "order": gettext_lazy("One on each line, in the right order; they are shuffled when asked."),
    "match": gettext_lazy("Pairs, one on each line, with = between; they are shuffled when asked."),
    "short": gettext_lazy(
        "Each spelling that counts on a line of its own, in any script. Capital letters, accents "
        "and signs make no difference. The first one is shown as the answer."
    ),
}


def module_choices(edition: Edition) -> list[tuple[int, str]]:
    """The modules of an edition by their numbers."""
    modules = edition.modules.all()
    return [(module.number, f"{module.number} · {module.wording('title')}") for module in modules]


class ItemForm(RecordForm):
    """A question of one kind, in the language it is written in."""

    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=fields.language_choices)
    text = forms.CharField(
        label=gettext_lazy("Question"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=written.LONGEST_TEXT,
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000
    )
    explanation = forms.CharField(
        label=gettext_lazy("Why that is right"),
        help_text=gettext_lazy("People read it beside their result, once the test is over."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=written.LONGEST_TEXT,
        required=False,
    )
    module_number = forms.TypedChoiceField(
        label=gettext_lazy("Module"), choices=(), coerce=int, empty_value=1
    )
    competency = fields.WordedChoiceField(
        Competency.objects.none(), label=gettext_lazy("Competency"), required=False
    )

    class Meta:
        model = Item
        fields = ("language", "text", "answers", "explanation", "module_number", "competency",
                  "difficulty")  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, kind: str, **kwargs: Any) -> None:
        instance: Item | None = kwargs.get("instance")
        self.earlier: Content | None = instance.newest.content if instance else None
        if self.earlier is not None:
            kwargs["initial"] = _initial(self.earlier) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.content: Content | None = None
        numbers = module_choices(edition)
        if instance and instance.module_number not in dict(numbers):
            numbers.append((instance.module_number, str(instance.module_number)))
        self.fields["module_number"].choices = numbers or [(1, "1")]
        self.fields["competency"].queryset = Competency.objects.filter(series=edition.series_id)
        if kind == "truth":
            self.fields["answers"] = forms.ChoiceField(
                label=_("It is"), choices=((TRUE, _("true")), (FALSE, _("false")))
            )
        else:
            self.fields["answers"].help_text = HINTS[kind]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            found = written.read(
                self.kind,
                cleaned["language"],
                as_kept(cleaned["text"]),
                as_kept(cleaned["answers"]),
                as_kept(cleaned["explanation"]),
            )
            self.content = written.keep_translations(found, self.earlier)
        except written.WrongWordingError as wrong:
            self.add_error(wrong.field if wrong.field in self.fields else None, wrong.why)
        return cleaned

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | _initial(stored.newest.content)


def _initial(content: Content) -> dict[str, str]:
    return {
        "language": content.language,
        "text": content.text[content.language],
        "answers": written.answers_of(content),
        "explanation": content.explanation.get(content.language, ""),
    }


class TranslationForm(forms.Form):
    """The words of a question in one more language; an empty question takes them away."""

    text = forms.CharField(
        label=gettext_lazy("Question"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=written.LONGEST_TEXT,
        required=False,
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        required=False,
    )
    explanation = forms.CharField(
        label=gettext_lazy("Why that is right"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=written.LONGEST_TEXT,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, item: Item, code: str, **kwargs: Any) -> None:
        self.source: Content = item.newest.content
        self.code = code
        super().__init__(
            *args,
            initial={
                "text": self.source.text.get(code, ""),
                "answers": written.answers_of(self.source, code)
                if self.source.text.get(code) or self.source.kind == "number"
                else "",
                "explanation": self.source.explanation.get(code, ""),
                "version": item.version,
            },
            **kwargs,
        )
        self.content = self.source
        if self.source.choices:
            self.fields["answers"].help_text = _(
                "In the order of the source, one on each line: %(answers)s"
            ) % {"answers": written.answers_of(self.source).replace("\n", " | ")}
        elif self.source.kind == "number":
            self.fields["answers"].label = _("Unit")
        else:
            del self.fields["answers"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.content = written.translated(
                self.source,
                self.code,
                as_kept(cleaned["text"]),
                as_kept(cleaned.get("answers", "")),
                as_kept(cleaned["explanation"]),
            )
        except written.WrongWordingError as wrong:
            self.add_error(wrong.field if wrong.field in self.fields else None, wrong.why)
        return cleaned

    def show_conflict(self) -> None:
        """Say that somebody else saved in between; what was typed stays."""
        self.add_error(
            None, _("Somebody else saved this question while you were writing: open it again.")
        )


class CompetencyForm(RecordForm):
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=fields.language_choices)

    class Meta:
        model = Competency
        fields = ("name", "language")


class BankFilters(forms.Form):
    """What to show of the bank."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    module = forms.ChoiceField(label=gettext_lazy("Module"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", gettext_lazy("all"))
        self.fields["module"].choices = [every, *module_choices(edition)]
        self.fields["kind"].choices = [every, *KINDS.items()]
        self.fields["state"].choices = [every, *Item.State.choices]


class SheetForm(forms.Form):
    """A sheet of questions, in the shape of the one that is given out."""

    upload = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX, ODS or CSV, with the columns of the list given out here."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
