"""Forms of core's own pages."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.core import audit, links
from madang.core.days import DayField
from madang.core.policies import Who


class SendBackForm(forms.Form):
    """Why something goes back to its author."""

    reason = forms.CharField(
        label=_("What has to change"),
        help_text=_("The author reads this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class DelegateForm(forms.Form):
    """Which other director decides."""

    director = forms.UUIDField(label=_("Director"), widget=forms.Select)

    def __init__(self, directors: Iterable[Who], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.directors = {director.audit_id: director for director in directors}
        choices = [(str(key), str(director)) for key, director in self.directors.items()]
        self.fields["director"].widget.choices = choices

    def clean_director(self) -> Who:
        try:
            return self.directors[self.cleaned_data["director"]]
        except KeyError:
            raise forms.ValidationError(_("Choose one of the directors in the list.")) from None


class HistoryFilter(forms.Form):
    """What to show of the audit trail; lives in the address."""

    verb = forms.ChoiceField(label=_("What was done"), required=False)
    kind = forms.ChoiceField(label=_("To what"), required=False)
    since = DayField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = DayField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    thing = forms.UUIDField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        everything = ("", _("everything"))
        verbs = sorted(audit.verbs().items(), key=lambda pair: pair[1])
        self.fields["verb"].choices = [everything, *verbs]  # type: ignore[attr-defined]
        kinds = list(links.kinds().items())
        self.fields["kind"].choices = [everything, *kinds]  # type: ignore[attr-defined]
