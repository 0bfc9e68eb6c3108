"""A credential that somebody has, to be verified and forgotten."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from madang.certificates import checking


class CredentialForm(forms.Form):
    """A file with a credential: JSON, or a picture with one in it."""

    credential = forms.FileField(
        label=_("Credential (a file that ends in .json, .svg or .png)"),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".json,.jsonld,application/json,image/svg+xml,image/png"}
        ),
    )

    def clean_credential(self) -> "UploadedFile[bytes]":
        credential: UploadedFile[bytes] = self.cleaned_data["credential"]
        if (credential.size or 0) > checking.LARGEST:
            raise forms.ValidationError(_("This file is larger than any credential of ours."))
        return credential
