"""The form that publishes a programme: what changed, in each language of the interface."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from madang.core import languages
from madang.workshops.forms import fields
from madang.workshops.models import Edition
from madang.workshops.programme.preview import Preview


class PublicationForm(forms.Form):
    """One note for each language, the edition's own first; it carries which draft was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, edition: Edition, preview: Preview, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.fields["seen"].initial = preview.fingerprint
        codes = [edition.language, *(code for code, _name in settings.LANGUAGES)]
        for code in dict.fromkeys(codes):
            is_source = code == edition.language
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("What changed, in %(language)s") % {"language": fields.language_name(code)},
                help_text=_("One sentence for everybody. It goes out with the message.")
                if is_source
                else "",
                required=is_source and not preview.is_first,
                max_length=500,
                widget=forms.Textarea(
                    attrs={"rows": 2, "lang": code, "dir": languages.direction(code)}
                ),
            )

    def clean_seen(self) -> str:
        seen = self.cleaned_data["seen"]
        if seen != self.preview.fingerprint:
            self.data = self.data.copy()
            self.data["seen"] = self.preview.fingerprint
            raise forms.ValidationError(
                _(
                    "The draft has changed while you were reading. This page shows it as it is "
                    "now: look at it again before you publish."
                )
            )
        return seen

    def notes(self) -> dict[str, str]:
        """The notes that were given, by language."""
        return {
            name.removeprefix("note_"): note.strip()
            for name, note in self.cleaned_data.items()
            if name.startswith("note_") and note.strip()
        }
