"""Forms of the public pages where documents are verified."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LARGEST = 20 * 1024 * 1024  # bytes; documents of the house are far smaller


class CodeForm(forms.Form):
    """A code as it stands on a document; lives in the address."""

    code = forms.CharField(
        label=_("Code on the document"),
        help_text=_("Sixteen signs in four groups. Hyphens and capitals do not matter."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr", "size": 24}
        ),
    )


class CopyForm(forms.Form):
    """A file that somebody has, to be compared and forgotten."""

    copy = forms.FileField(
        label=_("Your file (PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_copy(self) -> "UploadedFile[bytes]":
        copy: UploadedFile[bytes] = self.cleaned_data["copy"]
        if (copy.size or 0) > LARGEST:
            raise forms.ValidationError(_("This file is larger than any document of ours."))
        return copy
