"""The demo's own pages. Outside the demo none of them exists."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from madang.core.models import DemoClock
from madang.site.demo import cast, moments, snapshots

View = Callable[..., HttpResponse]


def in_demo_only(view: View) -> View:
    """A page that is absent unless this is a demo, by its settings and by its database."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.MADANG_DEMO or not DemoClock.is_demo_database():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@in_demo_only
def about(request: HttpRequest) -> HttpResponse:
    """What the demo is, its people and its moments."""
    return render(request, "demo/about.html", {"cast": cast.present(), "moments": moments.MOMENTS})


@csrf_exempt
@require_POST
@in_demo_only
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the installation's clock to a moment, and stay on the page.

    The bar with this form stands on every page of the demo. A token in it would make each page a
    private one, unlike outside the demo; so where it comes from tells it from a stranger's.
    """
    if not _is_from_here(request):
        raise Http404
    moment = moments.named(request.POST.get("moment", ""))
    if moment is None:
        raise Http404
    snapshots.show(moment)
    return HttpResponseRedirect(_onward(request, "/demo/"))


@require_POST
@in_demo_only
def sign_in(request: HttpRequest, seat: str) -> HttpResponse:
    """Sign in as one of the cast."""
    found = cast.seated(seat)
    if found is None:
        raise Http404
    place, account = found
    logout(request)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("You are signed in as %(person)s.") % {"person": place.person})
    return HttpResponseRedirect(_onward(request, place.first_page))


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def _onward(request: HttpRequest, otherwise: str) -> str:
    onward = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return onward if allowed else otherwise
