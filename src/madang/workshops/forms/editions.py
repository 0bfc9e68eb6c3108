"""Forms of series, editions, their modules and partners."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.core.days import DayField
from madang.core.record_forms import RecordForm
from madang.workshops.actions.repeat import PARTS
from madang.workshops.forms.fields import (
    country_field,
    day_input,
    language_choices,
    organisation_field,
)
from madang.workshops.models import Edition, EditionPartner, Module, Series

_LANGUAGE_HINT = gettext_lazy("The language that you write these texts in; others can be added.")


# A longer one is a mistyped year.
LONGEST_DAYS = 60


class SeriesForm(RecordForm):
    language = forms.ChoiceField(
        label=gettext_lazy("Written in"), choices=language_choices, help_text=_LANGUAGE_HINT
    )

    class Meta:
        model = Series
        fields = ("title", "slug", "description", "language")
        help_texts: ClassVar = {"slug": gettext_lazy("Small letters, digits and hyphens.")}
        error_messages: ClassVar = {
            "slug": {"unique": gettext_lazy("Another series has this name: choose another.")}
        }


class EditionForm(RecordForm):
    country = country_field()
    language = forms.ChoiceField(
        label=gettext_lazy("Written in"), choices=language_choices, help_text=_LANGUAGE_HINT
    )

    class Meta:
        model = Edition
        fields = (
            "title", "number", "slug", "lead", "description", "starts_on", "ends_on", "time_zone",
            "country", "city", "venue", "seats", "language",
        )  # fmt: skip
        field_classes: ClassVar = {"starts_on": DayField, "ends_on": DayField}
        widgets: ClassVar = {
            "starts_on": day_input(),
            "ends_on": day_input(),
            "lead": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar = {
            "slug": gettext_lazy("Small letters, digits and hyphens, such as incheon-2007."),
            "time_zone": gettext_lazy("As in Asia/Seoul. Sessions keep their time on the clock."),
            "description": gettext_lazy("Paragraphs, lists and links in Markdown."),
            "seats": gettext_lazy("How many people can take part; 0 while it is not known."),
        }
        error_messages: ClassVar = {
            "slug": {"unique": gettext_lazy("Another edition has this name: choose another.")}
        }

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series

    def clean_slug(self) -> str:
        """Refuse a name that is the address of something else below /manage/."""
        slug: str = self.cleaned_data["slug"]
        try:
            taken = resolve(reverse("manage:edition", args=[slug])).view_name != "manage:edition"
        except Resolver404:
            taken = True
        if taken:
            raise ValidationError(_("Madang uses this name itself: choose another."))
        return slug

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        others = self.series.editions.exclude(pk=self.instance.pk)
        if others.filter(number=number).exists():
            raise ValidationError(_("The series has an edition with this number already."))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error(
                "ends_on",
                _("An edition lasts at most %(days)s days: check the year.")
                % {"days": LONGEST_DAYS},
            )
        return cleaned


class RepeatForm(EditionForm):
    """A new edition after an earlier one, with the parts that it takes over."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("What to take over"),
        choices=lambda: [(part.name, part.label) for part in PARTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Sessions keep their module, room and people where you take these over too."
        ),
    )

    field_order = ("parts",)


class ModuleForm(RecordForm):
    class Meta:
        model = Module
        fields = ("number", "title", "description")
        help_texts: ClassVar = {
            "number": gettext_lazy("It also gives the module its colour and shape.")
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        others = self.edition.modules.exclude(pk=self.instance.pk)
        if number < 1:
            raise ValidationError(_("Modules are counted from 1."))
        if others.filter(number=number).exists():
            raise ValidationError(_("Another module has this number."))
        return number


class PartnerForm(RecordForm):
    organisation = organisation_field()

    class Meta:
        model = EditionPartner
        fields = ("organisation", "role", "contribution", "order")
        help_texts: ClassVar = {
            "contribution": gettext_lazy("What they give, in a few words; people will read it."),
            "order": gettext_lazy("Smaller numbers stand first."),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        same = self.edition.partners.exclude(pk=self.instance.pk).filter(
            organisation=cleaned.get("organisation"), role=cleaned.get("role")
        )
        if cleaned.get("organisation") and same.exists():
            self.add_error("organisation", _("This organisation is listed in this role already."))
        return cleaned
