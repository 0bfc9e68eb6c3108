"""Forms of people in an edition."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm
from madang.people.models import Person
from madang.workshops.forms import fields
from madang.workshops.models import Participation

# Letters in a line; encrypted columns have no limit of their own.
LONGEST = 200
_ONE_LINE = ("name", "latin_name", "sort_name", "phone", "position")


class ParticipationForm(RecordForm):
    """What somebody takes part as, and for whom."""

    country = fields.country_field(required=False)
    organisation = fields.organisation_field(required=False)
    with_account = forms.BooleanField(
        label=gettext_lazy("Let them sign in"),
        required=False,
        help_text=gettext_lazy("By a code that is sent to their e-mail address."),
    )

    class Meta:
        model = Participation
        fields = ("kind", "country", "organisation")

    def __init__(self, *args: Any, has_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["with_account"]

    @property
    def wants_account(self) -> bool:
        return bool(self.cleaned_data.get("with_account"))


class PersonForm(RecordForm):
    """A person's own details, each as they write it."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    language = forms.ChoiceField(
        label=gettext_lazy("Preferred language"), choices=lambda: settings.LANGUAGES
    )

    class Meta:
        model = Person
        fields = (
            "name", "latin_name", "sort_name", "email", "phone", "position", "biography",
            "language",
        )  # fmt: skip

    def __init__(self, *args: Any, has_account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _ONE_LINE:
            self.fields[name].widget = forms.TextInput(attrs={"maxlength": LONGEST})
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
        self.fields["name"].help_text = _("As they write it, in their own script and order.")
        self.fields["latin_name"].help_text = _("For letters, badges and certificates.")
        self.fields["sort_name"].help_text = _("Where it differs from how the name begins.")
        if has_account:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _(
                "They sign in with it: it is changed where their account is."
            )


class PeopleFilters(forms.Form):
    """Which people a list shows."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Takes part as"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(
        self,
        *args: Any,
        countries: list[tuple[str, str]],
        organisations: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        anything = [("", gettext_lazy("all"))]
        self.fields["kind"].choices = anything + list(Participation.Kind.choices)
        self.fields["state"].choices = anything + list(Participation.State.choices)
        self.fields["country"].choices = anything + countries
        self.fields["organisation"].choices = anything + organisations
