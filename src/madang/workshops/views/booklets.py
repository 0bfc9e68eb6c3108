"""The printed booklet: which there are, one being made, and the file."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_safe

from madang.workshops import rules
from madang.workshops.actions import booklets
from madang.workshops.actions.booklets import Order
from madang.workshops.documents import PAPERS
from madang.workshops.pages import serving
from madang.workshops.queries import public

SECONDS_BUSY = 60


@require_safe
def booklet(request: HttpRequest, slug: str) -> HttpResponse:
    """The booklets to choose from: languages and sizes of paper."""
    row = public.edition_row(request.who, slug)
    if row.programme is None:
        raise Http404
    inside = rules.belongs.can(request.who, row)

    def context() -> dict[str, Any]:
        codes = [code for code, _name in settings.LANGUAGES]
        # The reader's language stands first.
        codes.sort(key=lambda code: code != get_language())
        return {
            "edition": public.editions([row.id])[row.id],
            "version": public.version(row.published_id) if row.published_id else None,
            "choices": [
                (
                    get_language_info(code)["name_local"],
                    code,
                    [(paper.upper(), _file_address(slug, code, paper)) for paper in PAPERS],
                )
                for code in codes
            ],
            "inside": inside,
        }

    view = serving.View("workshops/booklet.html", inside, context)
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The booklet (`?lang=`, `?paper=`); where it is not made yet, the way to watch it made."""
    order = _order(request, slug)
    path = booklets.find(order)
    if path is None:
        try:
            booklets.ask(order, actor=request.who if request.who.is_authenticated else None)
        except booklets.BusyError:
            busy = _making(request, order, "busy", HTTPStatus.SERVICE_UNAVAILABLE)
            busy["Retry-After"] = str(SECONDS_BUSY)
            return busy
        return HttpResponseRedirect(_making_address(order))
    etag = quote_etag(order.key)
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        response = FileResponse(path.open("rb"), content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=False, filename=order.name
        )
    response["ETag"] = etag
    whose = "private" if order.inside else "public"
    response["Cache-Control"] = f"{whose}, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Cookie"])
    return response


@require_safe
def making(request: HttpRequest, slug: str) -> HttpResponse:
    """A booklet while it is made; once it is, the way to it."""
    order = _order(request, slug)
    if booklets.find(order) is not None:
        return _making(request, order, "done")
    job = booklets.under_way(order)
    if job is None:
        return HttpResponseRedirect(reverse("workshops:booklet", args=[slug]))
    return _making(request, order, job.state, job=job)


def _making(
    request: HttpRequest, order: Order, state: str, status: int = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    shown = {
        "edition": public.editions([order.row.id])[order.row.id],
        "state": state,
        "address": _file_address(order.row.slug, order.language, order.paper),
        **context,
    }
    response = serving.serve_fresh(request, order.row, "workshops/booklet_making.html", shown)
    if response.status_code == HTTPStatus.OK:
        response.status_code = status
    response["Cache-Control"] = "no-store"
    return response


def _order(request: HttpRequest, slug: str) -> Order:
    """What is asked for; an unknown language or paper is the first there is."""
    row = public.edition_row(request.who, slug)
    if row.programme is None:
        raise Http404
    language, paper = request.GET.get("lang", ""), request.GET.get("paper", "")
    return Order(
        row=row,
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        paper=paper if paper in PAPERS else PAPERS[0],
        inside=rules.belongs.can(request.who, row),
    )


def _file_address(slug: str, language: str, paper: str) -> str:
    query = urlencode({"lang": language, "paper": paper})
    return f"{reverse('workshops:booklet_file', args=[slug])}?{query}"


def _making_address(order: Order) -> str:
    query = urlencode({"lang": order.language, "paper": order.paper})
    return f"{reverse('workshops:booklet_making', args=[order.row.slug])}?{query}"
