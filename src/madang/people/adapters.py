"""How django-allauth works here: no signing up, secrets sealed, the last strong sign-in stays."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from madang.core import vault
from madang.people.middleware import STRONG, needs_strong_sign_in

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

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever needs a strong sign-in keeps at least one."""
        account: Any = authenticator.user
        if settings.MADANG_DEMO or not needs_strong_sign_in(account):
            return True
        others = Authenticator.objects.filter(user=account, type__in=STRONG)
        return others.exclude(pk=authenticator.pk).exists()
