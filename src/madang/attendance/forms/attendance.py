"""Forms of attendance."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from madang.attendance.models import Doubt, Terms
from madang.core import locales
from madang.core.record_forms import RecordForm
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.queries import people

LONGEST_NOTE = 1000
KINDS = [(kind.value, kind.label) for kind in Session.Kind if kind != Session.Kind.BREAK]


class CodeForm(forms.Form):
    """The code on the room's screen, as somebody types it or as their camera brought it."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


class PartForm(forms.Form):
    """How many minutes somebody was there."""

    minutes = forms.IntegerField(label=_("Minutes that they were there"))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["minutes"]
        field.validators += [MinValueValidator(1), MaxValueValidator(session.minutes)]
        field.widget.attrs |= {"min": 1, "max": session.minutes}


class NoteForm(forms.Form):
    """What was different from what is noted."""

    note = forms.CharField(
        label=_("What was different"),
        help_text=_("The secretariat reads this and answers you."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What the secretariat answers, and how the person attended after all."""

    state = forms.ChoiceField(label=_("Attendance"), required=False)
    answer = forms.CharField(
        label=_("Answer"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            ("", _("stays as it is")),
            ("present", _("present")),
            ("late", _("late")),
            ("excused", _("excused")),
        ]


class _ByName(forms.models.ModelChoiceIterator):
    """People as they are looked up; names are encrypted, so the database can't sort them."""

    def __iter__(self) -> Any:
        yield ("", _("it counts for nobody"))
        for one in people.by_name(self.queryset):
            yield (self.field.prepare_value(one), str(one.person))


class _PersonField(forms.ModelChoiceField):
    iterator = _ByName


class SettleForm(forms.Form):
    """Whose scan it is, or that it counts for nobody."""

    person = _PersonField(label=_("Whose is it?"), queryset=None, required=False)

    def __init__(self, *args: Any, edition: Edition, doubt: Doubt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = people.in_edition(edition)
        if doubt.why == Doubt.Why.NO_SESSION:
            offered = offered.none()
        self.fields["person"].queryset = offered


class TermsForm(RecordForm):
    """How an edition counts attendance."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of session that count"),
        choices=KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Breaks never do. Each session can be made to count, or not, by itself."),
    )

    class Meta:
        model = Terms
        fields = ("grace_minutes", "kinds")
        help_texts: ClassVar = {
            "grace_minutes": _(
                "Whoever comes within them is not late, and whoever leaves within them before the "
                "end stayed."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kinds"] = self.instance.kinds.split()

    def clean_kinds(self) -> str:
        return " ".join(self.cleaned_data["kinds"])

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return super().stored_values(stored) | {"kinds": stored.kinds.split()}


class CountsForm(forms.Form):
    """Whether one session counts."""

    counts = forms.ChoiceField(
        label=_("Does it count?"),
        choices=(("", _("as its kind says")), ("yes", _("yes")), ("no", _("no"))),
        required=False,
    )

    @property
    def wanted(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["counts"])


class MatrixFilters(forms.Form):
    """Which people and sessions the matrix shows."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    day = forms.ChoiceField(label=_("Day"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", _("all"))]
        self.fields["day"].choices = anything + [
            (day.isoformat(), locales.calendar_date(day, "day")) for day in edition.days
        ]
        listed = people.with_wordings(
            Participation.objects.filter(edition=edition).select_related("country", "organisation")
        )
        self.fields["country"].choices = anything + people.choices(listed, "country")


class BadgeFilters(forms.Form):
    """Whose badges a list shows."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Takes part as"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *Participation.Kind.choices]
