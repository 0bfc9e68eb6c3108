"""What makes reading without a connection possible: the worker's script, its page, the manifest."""

from functools import cache
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.site.settings import PACKAGE
from madang.workshops.pages import keeping

WORKER = PACKAGE / "site" / "static" / "js" / "sw.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may serve every page."""
    response = keeping.send(request, _packed_worker())
    if response.status_code != HTTPStatus.NOT_MODIFIED:
        response["Content-Type"] = "text/javascript; charset=utf-8"
    response["Vary"] = "Accept-Encoding"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a page that is not kept; it says nothing of who asks."""
    return keeping.send(request, _packed_page(get_language()))


@cache
def _packed_worker() -> keeping.Packed:
    return keeping.Packed.of(WORKER.read_text())


@cache
def _packed_page(language: str | None) -> keeping.Packed:  # noqa: ARG001 - the active one
    return keeping.Packed.of(render_to_string("offline.html"))


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """What a phone needs to put Madang on its home screen."""
    response = JsonResponse(
        {
            "name": "Madang",
            "short_name": "Madang",
            "description": _(
                "Workshops, strategies and a shared curriculum for e-Government leaders"
            ),
            "lang": get_language(),
            "dir": "rtl" if get_language_bidi() else "ltr",
            "start_url": "/",
            "display": "browser",
            "background_color": "#fbf9f4",
            "theme_color": "#0c5a4d",
            "icons": [{"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        }
    )
    response["Content-Type"] = "application/manifest+json"
    return response
