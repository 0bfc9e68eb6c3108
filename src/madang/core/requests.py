"""Requests as Madang's views get them."""

from typing import TYPE_CHECKING, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_http_methods

from madang.core.policies import Who

PAGE_SIZE = 50

# For a view that shows a form and takes it: it is read, asked after with HEAD, and sent.
form_page = require_http_methods(("GET", "HEAD", "POST"))

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:

    class Request(HttpRequest):
        """A request with whoever asks: an account, or the anonymous visitor."""

        who: Who

else:
    Request = HttpRequest


def page_of(request: HttpRequest, rows: QuerySet[M]) -> Page[M]:
    """The page of a list that the address asks for; one beyond the end is the last."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def require_sign_in(who: Who) -> None:
    """Pages of one's own are a 404 for those without an account."""
    if not who.is_authenticated:
        raise Http404
