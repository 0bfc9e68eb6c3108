"""Forms of offers and of seats."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from madang.cohorts.models import Offer, OfferTerms
from madang.core.days import MomentField
from madang.core.record_forms import RecordForm
from madang.nominations.models import Nomination

# Nobody waits longer than a year for an answer.
MOST_DAYS = 365


class OfferFilters(forms.Form):
    """What to show of the offers; lives in the address."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("any")), *Offer.State.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, data: Any, *, countries: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["country"].choices = [("", _("any")), *countries]


class TermsForm(RecordForm):
    """By when offers are answered, and until when a ministry may name somebody else."""

    substitution_until = MomentField(
        label=_("A ministry may name somebody else until"), required=False
    )

    class Meta:
        model = OfferTerms
        fields = ("answer_days", "substitution_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_days"].validators += [
            MinValueValidator(1), MaxValueValidator(MOST_DAYS),
        ]  # fmt: skip


class AnswerForm(forms.Form):
    """What a nominee answers; also what an officer records who heard it by telephone or letter."""

    remark = forms.CharField(
        label=_("A word to the organisers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ExtendForm(forms.Form):
    """Until when an answer is waited for."""

    answer_by = MomentField(label=_("Answer by"))


class NomineeForm(forms.Form):
    """Whom a seat goes to, among those who may have it."""

    nomination = forms.ChoiceField(label=_("Nominee"), widget=forms.RadioSelect)

    def __init__(self, nominations: Iterable[Nomination], data: Any = None) -> None:
        super().__init__(data)
        self.fields["nomination"].choices = [(str(one.pk), str(one.person)) for one in nominations]
