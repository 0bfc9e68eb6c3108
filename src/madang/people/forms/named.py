"""A form of a row whose name is given in every language of the interface."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from madang.core import languages
from madang.core.record_forms import RecordForm


class NamedForm(RecordForm):
    """A `RecordForm` with a field `name_xx` for each other language.

    The view gives `names()` to an action, beside `values()` and `expected_version`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.TRANSLATED:
            if name in self.fields:
                self.fields[name].widget.attrs |= _written_in(self.instance.language)
        known = self.instance.translations_of("name")
        longest = self._meta.model._meta.get_field("name").max_length
        for code, language in settings.LANGUAGES:
            if code != self.instance.language:
                self.fields[f"name_{code}"] = forms.CharField(
                    label=_("Name in %(language)s") % {"language": language},
                    initial=known.get(code, ""),
                    max_length=longest,
                    required=False,
                    widget=forms.TextInput(attrs=_written_in(code)),
                )
        names = [name for name in self.fields if name.startswith("name_")]
        self.order_fields(["name", *names])

    def names(self) -> dict[str, str]:
        """The name in other languages, by language."""
        return {
            name.removeprefix("name_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("name_")
        }

    def stored_values(self, stored: Any) -> dict[str, Any]:
        known = stored.translations_of("name")
        codes = [name.removeprefix("name_") for name in self.fields if name.startswith("name_")]
        return super().stored_values(stored) | {
            f"name_{code}": known.get(code, "") for code in codes
        }


def _written_in(language: str) -> dict[str, str]:
    """Attributes of a field for text in a language, whatever the direction of the page."""
    return {"lang": language, "dir": languages.direction(language)}
