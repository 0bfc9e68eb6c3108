"""Roles that can do much harm are used only after a strong sign-in: a passkey or an app's code."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from madang.people import roles
from madang.people.models import Account

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Where such an account may go before it has one: its own pages, languages, and what pages
# are made of.
OPEN_PATHS = ("/account/", "/language/", settings.STATIC_URL)


class StrongSignInMiddleware:
    """Leads an account that needs a strong sign-in and has none to the page that sets one up.

    Does not exist in the demo, where everyone signs in with one click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.MADANG_DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            messages.warning(
                request,
                _("Your role needs a second means of signing in. Set one up here to go on."),
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        # A visitor without a session costs nothing here, and the page stays the same for all.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        if request.path.startswith(OPEN_PATHS) or not request.user.is_authenticated:
            return False
        return needs_strong_sign_in(request.user) and not has_strong_sign_in(request.user)


def needs_strong_sign_in(account: Account) -> bool:
    """Whether one of the roles that the account holds now asks for it."""
    strong = {kind.name for kind in roles.kinds() if kind.needs_strong_sign_in}
    return not strong.isdisjoint(account.role_kinds())


def has_strong_sign_in(account: Account) -> bool:
    """Whether the account has a passkey or an authenticator app."""
    return Authenticator.objects.filter(user=account, type__in=STRONG).exists()
