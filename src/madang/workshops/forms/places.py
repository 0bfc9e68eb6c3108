"""Forms of places, rooms and travel times."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.record_forms import RecordForm
from madang.workshops.models import Edition, Room, Site, SiteTravel


class SiteForm(RecordForm):
    class Meta:
        model = Site
        fields = ("name", "address")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.edition.sites.exclude(pk=self.instance.pk).filter(name=name).exists():
            raise ValidationError(_("Another place has this name."))
        return name


class RoomForm(RecordForm):
    class Meta:
        model = Room
        fields = ("name", "capacity", "order")
        help_texts: ClassVar = {
            "capacity": gettext_lazy("How many people fit in; 0 while it is not known."),
            "order": gettext_lazy("Smaller numbers stand first."),
        }

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.site.rooms.exclude(pk=self.instance.pk).filter(name=name).exists():
            raise ValidationError(_("Another room of this place has this name."))
        return name


class TravelForm(forms.Form):
    """Minutes between every two places; an empty field is a way that nobody has timed."""

    def __init__(self, *args: Any, sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {
            frozenset((travel.first_id, travel.second_id)): travel.minutes
            for travel in SiteTravel.objects.filter(first__in=sites)
        }
        self.pairs = {
            f"{first.key}_{second.key}": (first, second) for first, second in combinations(sites, 2)
        }
        for name, (first, second) in self.pairs.items():
            self.fields[name] = forms.IntegerField(
                label=_("%(first)s – %(second)s, minutes")
                % {"first": first.wording("name"), "second": second.wording("name")},
                required=False,
                min_value=0,
                max_value=24 * 60,
                initial=known.get(frozenset((first.pk, second.pk))),
            )

    def minutes(self) -> dict[tuple[Site, Site], int | None]:
        """Minutes by pair of places, for the action."""
        return {pair: self.cleaned_data[name] for name, pair in self.pairs.items()}
