"""Forms of the pages on countries."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.people.forms.named import NamedForm
from madang.people.models import Country
from madang.people.models.country import REGION_OF, Region, Subregion


def region_choices() -> list[tuple[str, Any]]:
    """Regions of M49, each with its sub-regions below it."""
    return [
        (
            str(region.label),
            [(region.value, region.label)]
            + [(part.value, part.label) for part in Subregion if REGION_OF[part.value] == region],
        )
        for region in Region
    ]


class CountryFilter(forms.Form):
    """What to show of the list of countries; lives in the address."""

    q = forms.CharField(
        label=_("Name, spelling or code"),
        required=False,
        max_length=200,
        widget=forms.SearchInput,
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("every status")), *Country.Status.choices],
    )
    listed = forms.ChoiceField(
        label=_("In forms"),
        required=False,
        choices=[("", _("offered or not")), ("yes", _("offered")), ("no", _("hidden"))],
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        everywhere = ("", _("every region"))
        self.fields["region"].choices = [everywhere, *region_choices()]


class CountryForm(NamedForm):
    """What the organiser says of a country."""

    class Meta:
        model = Country
        fields = ("name", "formal_name", "status", "associate_of", "is_listed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _(
            "In English: the United Nations’ short name, as in “Republic of Korea”."
        )
        self.fields["associate_of"].choices = [("", _("none")), *Country.Commission.choices]
        self.fields["is_listed"].help_text = _("Hidden countries stay where they are in use.")


class SpellingForm(forms.Form):
    """One more way in which lists write the country."""

    text = forms.CharField(
        label=_("Spelling"),
        max_length=200,
        help_text=_(
            "Case, accents, the order of words, “the” and “of” make no difference: one spelling "
            "is enough for all of these."
        ),
    )
    language = forms.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        label=_("Language"),
        max_length=12,
        error_messages={"invalid": _("Write the code of a language, such as fr or zh-Hans.")},
        required=False,
        help_text=_("Its code, such as fr or km. Leave it empty for an abbreviation."),
    )
