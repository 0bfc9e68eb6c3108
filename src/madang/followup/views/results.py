"""Results as the public reads them, and the form in which somebody who took part tells one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import clock
from madang.core.requests import Request, form_page
from madang.followup.actions import results as actions
from madang.followup.forms.results import TellForm
from madang.followup.models import Result
from madang.followup.queries import results as queries
from madang.followup.views.places import own, own_page
from madang.people.visitors import VISITOR
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.views.manage import common


@require_safe
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in the countries: everything that was published."""
    row = public.edition_row(request.who, slug)

    def context() -> dict[str, Any]:
        return {
            "edition": public.editions([row.id])[row.id],
            # The page is kept for everybody: it cites what anybody may see.
            "results": queries.published(row.id, VISITOR),
        }

    view = serving.View("followup/results.html", None, context)
    return serving.canonical(request) or serving.serve(request, row, view)


@form_page
def tell(request: Request, slug: str) -> HttpResponseBase:
    """Somebody who took part tells a result; the secretariat looks at it first."""
    mine = own(request, slug)
    edition = mine.edition
    form = TellForm(
        request.POST or None,
        initial={"language": mine.person.language, "happened_on": clock.today(edition.zone)},
    )

    def act() -> None:
        values = form.values() | {"country": mine.country}
        actions.tell(edition, values, told_by=mine, actor=request.who)

    with timezone.override(edition.zone):
        if form.is_valid() and common.performed(form, act):
            said = _("Thank you: the secretariat looks at it before it is published.")
            return common.done(request, said, reverse("own_followup:result_tell", args=[slug]))
        own_results = Result.objects.filter(told_by=mine)
        return own_page(request, edition, "result_tell", form=form, told=list(own_results))
