"""What has to be settled by hand: scans that were not understood, and people's notes."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.attendance.actions import settling as actions
from madang.attendance.forms.attendance import AnswerForm, SettleForm
from madang.attendance.models import CorrectionRequest
from madang.attendance.queries import settling as queries
from madang.attendance.views.pages import page
from madang.core.requests import Request, form_page, page_of
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def doubts(request: Request, edition: Edition) -> HttpResponseBase:
    """Scans that could not be understood, each with the reason."""
    rows = page_of(request, queries.doubts(edition))
    queries.with_wordings(rows.object_list)
    takers = queries.takers(rows.object_list, request.who)
    return page(request, "doubts", edition, rows=rows, takers=takers)


@form_page
@common.of_edition(changes=True)
def doubt(request: Request, edition: Edition, doubt_id: UUID) -> HttpResponseBase:
    """Say whose a scan is, or that it counts for nobody."""
    found = common.found(queries.doubts(edition), doubt_id)
    queries.with_wordings([found])
    form = SettleForm(request.POST or None, edition=edition, doubt=found)
    return common.edit(
        request,
        form,
        lambda: actions.settle(found.scan, form.cleaned_data["person"], actor=request.who),
        said=_("It is settled."),
        back=reverse("attendance:doubts", args=[edition.slug]),
        title=_("Settle a scan"),
        submit=_("Settle it"),
        edition=edition,
        lead=queries.sentence(found),
    )


@require_safe
@common.of_edition(changes=True)
def requests(request: Request, edition: Edition) -> HttpResponseBase:
    """What people say against what is noted of them; only for those who answer."""
    rows = page_of(request, queries.requests(edition))
    queries.with_sessions(rows.object_list)
    return page(request, "requests", edition, rows=rows)


@form_page
@common.of_edition(changes=True)
def answer(request: Request, edition: Edition, request_id: UUID) -> HttpResponseBase:
    """Answer a note, and put the attendance right where it was wrong."""
    open_ones = queries.requests(edition).filter(stage=CorrectionRequest.Stage.OPEN)
    asked = common.found(open_ones, request_id)
    queries.with_sessions([asked])
    form = AnswerForm(request.POST or None)
    return common.edit(
        request,
        form,
        lambda: actions.answer(
            asked,
            form.cleaned_data["answer"],
            state=form.cleaned_data["state"],
            actor=request.who,
        ),
        said=_("It is answered."),
        back=reverse("attendance:requests", args=[edition.slug]),
        title=_("Answer %(name)s") % {"name": asked.participation.person},
        submit=_("Answer"),
        edition=edition,
        lead=f"{asked.session.wording('title')}: {asked.note}",
    )
