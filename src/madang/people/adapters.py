"""How django-allauth works here: no signing up, secrets sealed, the last strong sign-in stays."""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from qrcode.image.svg import SvgFillImage

from madang.core import vault
from madang.people.middleware import STRONG, needs_strong_sign_in
from madang.people.models import Account

PURPOSE = "sign-in"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the secretariat (`actions.accounts`), never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        return False


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are sealed under the master key, apart from the database."""

    def encrypt(self, text: str) -> str:
        return vault.seal_secret(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unseal_secret(encrypted_text, PURPOSE)

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, on white: in a dark theme too."""
        image = qrcode.make(url, image_factory=SvgFillImage)
        return str(image.to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002
        """What a new passkey is called unless its owner gives it a name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever needs a strong sign-in keeps at least one."""
        account: Any = authenticator.user
        if settings.MADANG_DEMO or not needs_strong_sign_in(account):
            return True
        others = Authenticator.objects.filter(user=account, type__in=STRONG)
        return others.exclude(pk=authenticator.pk).exists()
