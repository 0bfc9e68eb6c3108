"""A form of a row whose name is given in every language of the interface."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from madang.core import languages


class NamedForm(forms.ModelForm):
    """A `ModelForm` with a field `name_xx` for each other language, and the version that was seen.

    It reads and checks; the view gives `values()`, `names()` and `expected_version` to an action.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
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

    def values(self) -> dict[str, Any]:
        """What was typed, by field of the row."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def names(self) -> dict[str, str]:
        """The name in other languages, by language."""
        return {
            name.removeprefix("name_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("name_")
        }

    @property
    def expected_version(self) -> int:
        """The version of the row that the person saw."""
        return int(self.cleaned_data["version"])

    def show_conflict(self) -> None:
        """Say that somebody else saved; what was typed stays, and saving again replaces theirs."""
        stored = type(self.instance)._default_manager.get(pk=self.instance.pk)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(stored.version)
        self.add_error(
            None,
            _(
                "Somebody else saved this while you were writing, and nothing of yours is saved "
                "yet. Open the page in another window to see theirs; save again to replace it."
            ),
        )


def _written_in(language: str) -> dict[str, str]:
    """Attributes of a field for text in a language, whatever the direction of the page."""
    return {"lang": language, "dir": languages.direction(language)}
