"""The desk: every edition with where it stands; and its series."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import texts
from madang.core.requests import Request, form_page, page_of
from madang.workshops import rules
from madang.workshops.actions import editions
from madang.workshops.forms.editions import SeriesForm
from madang.workshops.models import Series
from madang.workshops.queries import overview
from madang.workshops.views.manage import common


@require_safe
def desk(request: Request) -> HttpResponseBase:
    """Editions with their numbers and what comes next."""
    if not request.who.scopes("secretariat", "director"):
        raise Http404
    rows = page_of(request, overview.editions_of(request.who))
    shown = list(rows.object_list)
    texts.prefetch(shown)
    context = {
        "rows": rows,
        "editions": [(edition, overview.next_step(edition)) for edition in shown],
        "may_change": bool(request.who.scopes("secretariat")),
        "may_add": rules.plan_series.can(request.who, None),
    }
    return render(request, "workshops/manage/desk.html", context)


@require_safe
def series_list(request: Request) -> HttpResponseBase:
    """Every series with its editions."""
    if not request.who.scopes("secretariat", "director"):
        raise Http404
    rows = page_of(request, Series.objects.prefetch_related("editions"))
    shown = list(rows.object_list)
    texts.prefetch(shown)
    texts.prefetch([edition for series in shown for edition in series.editions.all()])
    may_add = rules.plan_series.can(request.who, None)
    context = {"rows": rows, "all_series": shown, "may_add": may_add}
    return render(request, "workshops/manage/series_list.html", context)


@form_page
def series_add(request: Request) -> HttpResponseBase:
    if not rules.plan_series.can(request.who, None):
        raise Http404
    form = SeriesForm(request.POST or None)
    return common.edit(
        request,
        form,
        lambda: editions.add_series(form.values(), actor=request.who),
        said=_("The series is added. Now plan its first edition."),
        back=reverse("manage:series_list"),
        title=_("Add a series"),
        submit=_("Add the series"),
        lead=_("A line of workshops on one subject, such as a yearly regional training."),
    )


@form_page
def series_edit(request: Request, series_slug: str) -> HttpResponseBase:
    if not rules.plan_series.can(request.who, None):
        raise Http404
    series = get_object_or_404(Series, slug=series_slug)
    form = SeriesForm(request.POST or None, instance=series)
    return common.edit(
        request,
        form,
        lambda: editions.change_series(
            series, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The series is saved."),
        back=reverse("manage:series_list"),
        title=_("Edit the series"),
        submit=_("Save the series"),
    )
