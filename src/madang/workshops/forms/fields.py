"""Fields that several forms share."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from madang.core import texts
from madang.people.models import Country, Organisation

# Languages of the region (and of the UN) in which texts are written; see `language_name`.
CONTENT_LANGUAGES = (
    "ar", "az", "bn", "en", "es", "fa", "fr", "hi", "hy", "id", "ja", "ka", "kk", "km", "ko", "ky",
    "mn", "ms", "my", "ne", "ru", "ta", "tg", "th", "tk", "tr", "ur", "uz", "vi", "zh-hans",
)  # fmt: skip


def language_name(code: str) -> str:
    """A language's name for itself; the code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def language_choices() -> list[tuple[str, str]]:
    """Languages to choose from, each named in itself."""
    return [(code, language_name(code)) for code in CONTENT_LANGUAGES]


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")


def moment_input() -> forms.DateTimeInput:
    """A day and a time on the clock of the place: the view activates the edition's time zone."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class Worded(ModelChoiceIterator):
    """Choices named and sorted in the reader's language, their names read in one query."""

    sorts = True

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        things = list(self.queryset)
        texts.prefetch(things)
        named = [(self.field.label_from_instance(thing), thing) for thing in things]
        if self.sorts:
            named.sort(key=lambda pair: pair[0].casefold())
        for label, thing in named:
            yield (self.field.prepare_value(thing), label)


class InOrder(Worded):
    """Choices that have an order of their own."""

    sorts = False


class WordedChoiceField(forms.ModelChoiceField):
    """A choice among things that have a name in several languages."""

    iterator = Worded
    named_by = "name"

    def __init__(self, queryset: Any, *, empty_label: Any = "—", **options: Any) -> None:
        self.named_by = options.pop("named_by", self.named_by)
        super().__init__(queryset, empty_label=empty_label, **options)

    def label_from_instance(self, thing: Any) -> str:
        return str(thing.wording(self.named_by))


def country_field(**options: Any) -> WordedChoiceField:
    options.setdefault("label", _("Country or area"))
    return WordedChoiceField(Country.objects.filter(is_listed=True), **options)


def organisation_field(**options: Any) -> WordedChoiceField:
    options.setdefault("label", _("Organisation"))
    chosen = Organisation.objects.filter(is_active=True, merged_into__isnull=True)
    return WordedChoiceField(chosen, **options)
