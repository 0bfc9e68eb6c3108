"""The form of a nomination: what every call asks, and the questions of this one.

Nothing but the name has to be filled in to keep a draft; what has to be before it is sent is not
marked as optional, and `completeness` says what is still missing.
"""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm, as_kept
from madang.nominations import completeness, questions
from madang.nominations.forms import answers
from madang.nominations.models import Call, Nomination, Question, Sector, Sex
from madang.workshops.forms import fields as shared

LONGEST_LINE = 200
LONGEST_TEXT = 4000
MOST_YEARS = 60

_LINES = (
    "title", "family_name", "given_names", "organisation_name", "name", "latin_name", "phone",
    "position", "nominator",
)  # fmt: skip
_OF_PERSON = ("name", "latin_name", "email", "phone", "position")
# Only the secretariat writes these; whoever nominates is known by their link or account.
OF_SECRETARIAT = ("endorsed_on", "nominator", "nominator_email", "note")
_NEEDED = ("name", "email", "position", "organisation_name", "sector", "sex")

LEVELS = (
    (1, gettext_lazy("1: a few words")),
    (2, gettext_lazy("2: simple conversations")),
    (3, gettext_lazy("3: follows a lecture")),
    (4, gettext_lazy("4: takes part in discussions")),
    (5, gettext_lazy("5: fluent")),
)


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, **options)


def _choice(label: Any, choices: Any, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("", "—"), *choices], required=False, **options
    )


class NominationForm(RecordForm):
    """A nomination, its person and its answers; new ones begin with a call (or none)."""

    use_required_attribute = False

    name = _line(gettext_lazy("Name"))
    latin_name = _line(gettext_lazy("Name in Latin letters"))
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    phone = _line(gettext_lazy("Telephone"))
    position = _line(gettext_lazy("Position"))
    sector = _choice(gettext_lazy("Sector"), Sector.choices)
    sex = _choice(gettext_lazy("Sex"), Sex.choices)
    language_level = _choice(
        gettext_lazy("Command of the working language"), LEVELS, coerce=int, empty_value=None
    )
    attended_before = _choice(
        gettext_lazy("Came to an earlier workshop of this series"),
        ((questions.YES, gettext_lazy("yes")), (questions.NO, gettext_lazy("no"))),
        coerce=lambda value: value == questions.YES,
        empty_value=None,
    )

    class Meta:
        model = Nomination
        fields = (
            "title", "family_name", "given_names", "organisation_name", "sector", "sex",
            "years_experience", "language_level", "attended_before", "responsibility", "needs",
            "endorsed_on", "nominator", "nominator_email", "note",
        )  # fmt: skip

    def __init__(
        self, *args: Any, call: Call | None = None, for_secretariat: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        if not for_secretariat:
            for name in OF_SECRETARIAT:
                del self.fields[name]
        self._lay_out()
        self.questions = self._add_questions()
        self._needed = self._needed_fields()
        self._mark(needed=True)
        if not self.instance._state.adding:
            self.initial |= self.stored_values(self.instance)

    # --- What was typed -----------------------------------------------------------------------
    def values(self) -> dict[str, Any]:
        """What was typed of the nomination's own fields."""
        return {name: it for name, it in super().values().items() if name != "country"}

    def person_values(self) -> dict[str, Any]:
        """What was typed of the person."""
        return {
            name: as_kept(self.cleaned_data[name])
            for name in _OF_PERSON
            if name in self.cleaned_data
        }

    def answers(self) -> dict[str, str]:
        """What was answered, by the key of the question; "" where it is not asked any more."""
        given = {
            question.key: as_kept(self.cleaned_data[name])
            for name, question in self.questions.items()
            if name in self.cleaned_data
        }
        by_id = {it.pk: given.get(it.key, "") for it in self.questions.values()}
        asked = {it.key for it in questions.asked(list(self.questions.values()), by_id)}
        return {key: text if key in asked else "" for key, text in given.items()}

    def full_clean(self) -> None:
        """Check what was typed; a draft may leave empty what is needed only to send it."""
        self._mark(needed=False)
        super().full_clean()
        self._mark(needed=True)

    def clean_name(self) -> str:
        """A nomination without a name can't even be kept."""
        name = str(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Enter a name: one word is enough."))
        return name

    # --- What is stored -----------------------------------------------------------------------
    def stored_values(self, stored: Any) -> dict[str, Any]:
        values = super().stored_values(stored)
        values |= {name: getattr(stored.person, name) for name in _OF_PERSON}
        values["attended_before"] = {True: questions.YES, False: questions.NO}.get(
            stored.attended_before, ""
        )
        values["language_level"] = str(stored.language_level or "")
        kept = questions.by_question(stored.answers.all())
        for name, question in self.questions.items():
            values[name] = answers.initial(question, kept.get(question.pk, ""))
        return values

    def shown(self, stored: Any, name: str) -> str:
        if name in self.questions:
            question = self.questions[name]
            kept = questions.by_question(stored.answers.all())
            return questions.shown(question, kept.get(question.pk, "")) or "—"
        if name == "attended_before":
            return {True: _("yes"), False: _("no")}.get(stored.attended_before, "—")
        return super().shown(stored, name)

    # --- Its parts, for the template ----------------------------------------------------------
    def of_person(self) -> list[Any]:
        """Who it is."""
        return self._some(
            "name", "title", "family_name", "given_names", "latin_name", "sex", "email", "phone"
        )

    def of_work(self) -> list[Any]:
        """What they do, and for whom."""
        return self._some(
            "position", "organisation_name", "sector", "responsibility", "years_experience",
            "language_level", "attended_before",
        )  # fmt: skip

    def of_call(self) -> list[Any]:
        """The questions of this call."""
        return self._some(*self.questions)

    def of_stay(self) -> list[Any]:
        """What has to be prepared for them."""
        return self._some("needs")

    def of_secretariat(self) -> list[Any]:
        """What only the secretariat writes."""
        return self._some(*OF_SECRETARIAT)

    def _some(self, *names: str) -> list[Any]:
        return [self[name] for name in names if name in self.fields]

    # --- How it is made -----------------------------------------------------------------------
    def _lay_out(self) -> None:
        for name in filter(self.fields.__contains__, _LINES):
            self.fields[name].widget = forms.TextInput(attrs={"maxlength": LONGEST_LINE})
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_LINE))
        for name in ("responsibility", "needs", "note"):
            if name in self.fields:
                self.fields[name].widget = forms.Textarea(attrs={"rows": 4})
                self.fields[name].validators.append(MaxLengthValidator(LONGEST_TEXT))
        if "nominator_email" in self.fields:
            self.fields["nominator_email"] = forms.EmailField(
                label=gettext_lazy("Nominator's e-mail address"), required=False, max_length=254
            )
            self.fields["endorsed_on"].widget = shared.day_input()
        self.fields["years_experience"].validators += [
            MinValueValidator(0), MaxValueValidator(MOST_YEARS),
        ]  # fmt: skip
        hints = {
            "name": _("As they write it, in their own script and order."),
            "family_name": _("As in the passport: it is used in letters."),
            "latin_name": _("Where their own script can't be printed or read."),
            "responsibility": _("What they decide or build, and for whom."),
            "needs": _(
                "Only what has to be prepared if they come: diet, allergies, access, an assistant."
            ),
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def _add_questions(self) -> dict[str, Question]:
        if self.call is None:
            return {}
        listed = questions.with_wordings(self.call.questions.prefetch_related("choices"))
        made = {answers.name_of(question): question for question in listed}
        by_id = {question.pk: question for question in listed}
        for name, question in made.items():
            self.fields[name] = answers.field_of(question, by_id.get(question.depends_on_id))
        return made

    def _needed_fields(self) -> set[str]:
        needed = {*_NEEDED, *(name for name, it in self.questions.items() if it.is_required)}
        if self.call is not None and self.call.least_experience:
            needed.add("years_experience")
        if self.call is not None and self.call.least_language:
            needed.add("language_level")
        return needed & self.fields.keys()

    def _mark(self, *, needed: bool) -> None:
        for name in self._needed:
            self.fields[name].required = needed


class NewNominationForm(NominationForm):
    """A nomination that the secretariat enters: it says for which country."""

    country = shared.country_field(label=gettext_lazy("Nominated by"))


def for_nomination(nomination: Nomination, data: Any = None, **options: Any) -> NominationForm:
    """The form of a nomination that is there."""
    call = completeness.call_of(nomination)
    return NominationForm(data, instance=nomination, call=call, **options)
