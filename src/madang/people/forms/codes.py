"""The code that a link without an account asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """Six digits, in whichever script they are typed."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        ),
    )

    def clean_code(self) -> str:
        """The digits as the mail has them."""
        typed = self.cleaned_data["code"]
        return "".join(str(int(sign)) for sign in typed if sign.isdecimal())
