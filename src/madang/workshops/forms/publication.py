"""The form that publishes a programme: what changed, in each language of the interface."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from madang.core import languages
from madang.workshops.models import Edition


class PublicationForm(forms.Form):
    """One note for each language; the edition's own language comes first."""

    def __init__(self, *args: object, edition: Edition, is_first: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        codes = [edition.language, *(code for code, _name in settings.LANGUAGES)]
        for code in dict.fromkeys(codes):
            is_source = code == edition.language
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("What changed, in %(language)s") % {"language": _name_of(code)},
                help_text=_("One sentence for everybody. It goes out with the message.")
                if is_source
                else "",
                required=is_source and not is_first,
                max_length=500,
                widget=forms.Textarea(
                    attrs={"rows": 2, "lang": code, "dir": languages.direction(code)}
                ),
            )

    def notes(self) -> dict[str, str]:
        """The notes that were given, by language."""
        return {
            name.removeprefix("note_"): note.strip()
            for name, note in self.cleaned_data.items()
            if note.strip()
        }


def _name_of(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
