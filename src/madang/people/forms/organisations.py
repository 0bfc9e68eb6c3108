"""Forms of the pages on organisations."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.people import countries, organisations
from madang.people.forms.named import NamedForm
from madang.people.models import Country, Organisation


class OrganisationFilter(forms.Form):
    """What to show of the list of organisations; lives in the address."""

    q = forms.CharField(
        label=_("Name or acronym"), required=False, max_length=200, widget=forms.SearchInput
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("every kind")), *Organisation.Kind.choices],
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    active = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("active or not")), ("yes", _("active")), ("no", _("no longer active"))],
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        here = organisations.current().values("country_id")
        offered = countries.choices(Country.objects.filter(pk__in=here))
        self.fields["country"].choices = [
            ("", _("every country")),
            ("none", _("international")),
            *offered,
        ]


class OrganisationForm(NamedForm):
    """An organisation."""

    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https"
    )

    class Meta:
        model = Organisation
        fields = ("name", "acronym", "kind", "country", "parent", "website", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            "name": _("As the organisation writes it in English, or in Latin letters."),
            "country": _("Empty for an international organisation."),
            "parent": _("For example the ministry that an agency belongs to."),
            "is_active": _("Forms offer active organisations only."),
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint
        offered = Country.objects.filter(is_listed=True)
        if self.instance.country_id:
            offered |= Country.objects.filter(pk=self.instance.country_id)
        self.fields["country"].queryset = offered
        self.fields["country"].widget.choices = [("", "—"), *countries.choices(offered)]
        others = organisations.current().exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others
        self.fields["parent"].widget.choices = [("", "—"), *choices(others)]


class MergeForm(forms.Form):
    """Into which organisation a duplicate is merged."""

    into = forms.ModelChoiceField(
        label=_("The one that remains"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, offered: Iterable[Organisation], data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        offered = list(offered)
        self.fields["into"].queryset = organisations.current().filter(
            pk__in=[organisation.pk for organisation in offered]
        )
        self.fields["into"].widget.choices = choices(offered)


def choices(offered: Iterable[Organisation]) -> list[tuple[str, str]]:
    """Organisations for a list of choices: id, name and acronym."""
    return [
        (each.key, f"{each.name} ({each.acronym})" if each.acronym else each.name)
        for each in offered
    ]
