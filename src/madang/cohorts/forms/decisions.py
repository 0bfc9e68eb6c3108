"""Forms of a decision and of a drawing."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.people.models import Account


class ProposeForm(forms.Form):
    """To whom a cohort is proposed, and what the minutes say beside it."""

    director = forms.ChoiceField(
        label=_("Director"), help_text=_("Whoever proposes it can't approve it.")
    )
    remarks = forms.CharField(
        label=_("Remarks for the minutes"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Minutes are kept for ever: name nobody here."),
    )

    def __init__(self, directors: Iterable[Account], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.directors = {str(account.pk): account for account in directors}
        choices = [(key, str(account)) for key, account in self.directors.items()]
        self.fields["director"].choices = choices

    @property
    def chosen(self) -> Account:
        """The director that was chosen."""
        return self.directors[self.cleaned_data["director"]]


class DrawForm(forms.Form):
    """What the dice in the room showed."""

    seed = forms.CharField(
        label=_("What the dice showed"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_(
            "For example “4 1 6 2 2 5 3 6 1 4”: type it as it was called out and written down."
        ),
    )
    witnesses = forms.IntegerField(
        label=_("How many saw it"), min_value=1, max_value=1000, required=False
    )
