"""Forms of the screening."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.core import locales
from madang.core.record_forms import RecordForm
from madang.nominations.models import Criterion, Screening
from madang.nominations.queries.screening import FEWEST_OPINIONS
from madang.people.models import Account
from madang.workshops.forms import fields


class CriterionForm(RecordForm):
    """One line of the rubric."""

    language = forms.ChoiceField(label=_("Written in"), choices=fields.language_choices)

    class Meta:
        model = Criterion
        fields = ("name", "guidance", "weight", "maximum", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guidance"].help_text = _(
            "Say what earns which score, so that officers mean the same by it."
        )
        self.fields["weight"].help_text = _("How often it counts in the total.")


class AskForm(forms.Form):
    """Who scores, and how many of them each nomination."""

    opinions = forms.IntegerField(
        label=_("Scores for each nomination"),
        min_value=FEWEST_OPINIONS,
        initial=FEWEST_OPINIONS,
        help_text=_("Officers do not see each other's scores before they have given their own."),
    )
    screeners = forms.MultipleChoiceField(
        label=_("Officers who score"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, officers: Iterable[Account], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.officers = {str(account.pk): account for account in officers}
        choices = [(key, str(account)) for key, account in self.officers.items()]
        self.fields["screeners"].choices = choices

    @property
    def chosen(self) -> list[Account]:
        """The officers that were ticked."""
        return [self.officers[key] for key in self.cleaned_data["screeners"]]


class ThirdOpinionForm(forms.Form):
    """Who gives a third opinion on those nominations on which two officers are far apart."""

    screener = forms.ChoiceField(label=_("Who reads them once more"))

    def __init__(self, officers: Iterable[Account], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.officers = {str(account.pk): account for account in officers}
        choices = [(key, str(account)) for key, account in self.officers.items()]
        self.fields["screener"].choices = choices

    @property
    def chosen(self) -> Account:
        """The officer that was chosen."""
        return self.officers[self.cleaned_data["screener"]]


class ScoreForm(forms.Form):
    """One officer's scores for one nomination, and a word why."""

    def __init__(
        self, screening: Screening, criteria: Iterable[Criterion], data: object = None
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        given = {score.criterion_id: score.value for score in screening.scores.all()}
        self.criteria = list(criteria)
        for criterion in self.criteria:
            self.fields[str(criterion.pk)] = _score_field(criterion, given.get(criterion.pk))
        self.fields["comment"] = forms.CharField(
            label=_("Comment"),
            required=False,
            initial=screening.comment,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Others read it once they have given their own scores."),
        )

    def values(self) -> dict[Criterion, int]:
        """The scores by criterion."""
        return {each: int(self.cleaned_data[str(each.pk)]) for each in self.criteria}

    @property
    def comment(self) -> str:
        return str(self.cleaned_data["comment"])


def _score_field(criterion: Criterion, given: int | None) -> Any:
    return forms.TypedChoiceField(
        label=criterion.wording("name"),
        help_text=criterion.wording("guidance"),
        choices=[(value, locales.number(value)) for value in range(criterion.maximum + 1)],
        coerce=int,
        initial=given,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
    )
