"""Who came and who did not, day by day."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import clock, locales, transitions
from madang.core.requests import Request, page_of
from madang.documents import tables
from madang.logistics import exports
from madang.logistics.actions import stays as actions
from madang.logistics.models import Stay
from madang.logistics.queries import stays as queries
from madang.logistics.views.pages import listed, page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def arrivals(request: Request, edition: Edition) -> HttpResponseBase:
    """Those expected on one day (today, or the next on which anybody is), each with two buttons."""
    if tables.wanted(request):
        return listed(request, edition, exports.arrivals(edition), "who-came", title=_("Who came"))
    days = queries.days(edition)
    day = _day(request, edition, days)
    found = queries.arriving(edition, day)
    return page(
        request, "arrivals", edition,
        day=day,
        days=[
            {
                "url": _address(edition, each.day),
                "label": locales.calendar_date(each.day, "day"),
                "current": "page" if each.day == day else "",
                "count": each.expected,
            }
            for each in days
        ],
        rows=page_of(request, found),
        expected=sum(stay.state == Stay.State.EXPECTED for stay in found),
        has_come=day <= clock.today(edition.zone),
    )  # fmt: skip


def _day(request: Request, edition: Edition, days: list[queries.Day]) -> date:
    """The day of the address; else today, or the first one still to come on which anybody is."""
    asked = request.GET.get("day", "")
    if asked:
        try:
            return date.fromisoformat(asked)
        except ValueError:
            raise Http404 from None
    today = clock.today(edition.zone)
    coming = [each.day for each in days if each.day >= today]
    known = coming[:1] or [each.day for each in days][-1:]
    return known[0] if known else today


def _address(edition: Edition, day: date) -> str:
    return f"{reverse('logistics:arrivals', args=[edition.slug])}?day={day.isoformat()}"


@require_POST
@common.of_edition(changes=True)
def arrival_mark(request: Request, edition: Edition, stay_id: UUID, name: str) -> HttpResponseBase:
    """One person is there, did not come, or neither after all."""
    found = Stay.objects.filter(participation__edition=edition)
    stay = common.found(found.select_related("participation__edition"), stay_id)
    if name not in {transition.name for transition in transitions.declared(Stay)}:
        raise Http404
    common.tried(request, lambda: actions.mark(stay, name, actor=request.who))
    return HttpResponseRedirect(_address(edition, stay.check_in or edition.starts_on))


@require_POST
@common.of_edition(changes=True)
def arrivals_missing(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody of a day who was not seen did not come; each can be undone."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    number = actions.mark_missing(edition, day, actor=request.who)
    said = ngettext(
        "%(number)s person is noted as not come.",
        "%(number)s people are noted as not come.",
        number,
    )
    return common.done(request, said % {"number": locales.number(number)}, _address(edition, day))
