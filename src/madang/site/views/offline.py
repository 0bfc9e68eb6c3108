"""What makes reading without a connection possible: the worker's script, its page, the manifest."""

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.site.settings import PACKAGE

WORKER = PACKAGE / "site" / "static" / "js" / "sw.js"


@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001
    """The service worker, at the root so that it may serve every page."""
    response = FileResponse(WORKER.open("rb"), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a page that is not kept."""
    return render(request, "offline.html")


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
