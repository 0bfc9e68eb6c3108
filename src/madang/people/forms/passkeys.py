"""The form that adds a passkey, in plain words."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey lets its owner in by itself; a plain security key is asked for after a code."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        help_text=_("By which you recognise it, such as that of your telephone."),
    )
    passwordless = forms.BooleanField(
        label=_("It lets me in without anything else"),
        required=False,
        initial=True,
        help_text=_("Leave this out for an older security key that has no lock of its own."),
    )
