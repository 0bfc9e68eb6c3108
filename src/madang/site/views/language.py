"""Choosing the language of the interface."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_safe

A_YEAR = 365 * 24 * 3600


@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a language in a cookie and go back to where the reader was.

    A plain link, so that pages that never change need no form; all that it can do to somebody who
    is tricked into following it is to show them another language.
    """
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        raise Http404
    onward = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        onward = "/"
    response = HttpResponseRedirect(onward)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
