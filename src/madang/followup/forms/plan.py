"""The form of an action plan: five places, two of which are needed to hand it in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import DayField
from madang.core.record_forms import as_kept
from madang.followup.models import ActionPlan
from madang.followup.models.plan import FEWEST, MOST
from madang.workshops.forms import fields as shared
from madang.workshops.models import Edition, Recommendation

LONGEST = 1000
_NEEDED = ("what", "by_when", "sign")


def _text(label: Any, hint: Any, rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ActionForm(forms.Form):
    """One place of the plan."""

    use_required_attribute = False

    what = _text(
        gettext_lazy("What I will do"), gettext_lazy("One step that is in your own power."), rows=3
    )
    by_when = DayField(label=gettext_lazy("By when"), required=False, widget=shared.day_input())
    with_whom = _text(gettext_lazy("With whom"), gettext_lazy("Whom you need to win for it."))
    sign = _text(
        gettext_lazy("How one will see that it is done"),
        gettext_lazy("Something that others can see, too."),
    )
    module = shared.WordedChoiceField(
        None, required=False, label=gettext_lazy("From which module"), named_by="title"
    )
    recommendation = shared.WordedChoiceField(
        None, required=False, label=gettext_lazy("From which recommendation"), named_by="text"
    )

    def __init__(
        self,
        *args: Any,
        number: int,
        edition: Edition,
        has_recommendations: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, prefix=f"a{number}", **kwargs)
        self.number = number
        self.fields["module"].queryset = edition.modules.all()
        self.fields["recommendation"].queryset = Recommendation.objects.filter(
            edition=edition, state=Recommendation.State.ACCEPTED
        )
        # In most editions nothing is recommended yet on the last day.
        if not has_recommendations:
            del self.fields["recommendation"]
        self._mark(needed=number <= FEWEST)

    def full_clean(self) -> None:
        """Check what was typed; what is needed to hand it in may be missing until then."""
        self._mark(needed=False)
        super().full_clean()
        self._mark(needed=self.is_needed)

    def _mark(self, *, needed: bool) -> None:
        for name in _NEEDED:
            self.fields[name].required = needed

    @property
    def is_needed(self) -> bool:
        """Whether a plan has to have this place filled."""
        return self.number <= FEWEST

    @property
    def is_filled(self) -> bool:
        return bool(self["what"].value())


class PlanForm(forms.Form):
    """The whole plan, with the version that the person saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, data: Any = None, *, edition: Edition, plan: ActionPlan | None = None
    ) -> None:
        super().__init__(data, initial={"version": plan.version} if plan else {})
        recommended = Recommendation.objects.filter(
            edition=edition, state=Recommendation.State.ACCEPTED
        ).exists()
        stored = {it.number: it for it in plan.actions.all()} if plan else {}
        self.places = [
            ActionForm(
                data,
                number=number,
                edition=edition,
                has_recommendations=recommended,
                initial=_initial(stored[number]) if number in stored else {},
            )
            for number in range(1, MOST + 1)
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(place.is_valid() for place in self.places)])

    @property
    def expected_version(self) -> int | None:
        version: int | None = self.cleaned_data.get("version")
        return version

    def rows(self) -> list[dict[str, Any]]:
        """What was typed that is right, place by place."""
        return [
            {name: as_kept(value) for name, value in place.cleaned_data.items()}
            for place in self.places
        ]

    def show_conflict(self) -> None:
        """Say that another device saved; what was typed stays, for the person to copy."""
        self.add_error(
            None,
            _(
                "Another device saved this plan in the meantime, and nothing of what stands here "
                "is saved yet. Open the plan anew in a second window to see what it says now."
            ),
        )


def _initial(action: Any) -> dict[str, Any]:
    return {
        "what": action.what,
        "by_when": action.by_when,
        "with_whom": action.with_whom,
        "sign": action.sign,
        "module": action.module_id,
        "recommendation": action.recommendation_id,
    }
