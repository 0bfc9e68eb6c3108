"""One's own attendance: checking in by the code on the screen, looking it up, objecting to it."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.attendance import rules
from madang.attendance.actions import entries, requests
from madang.attendance.forms.attendance import CodeForm, NoteForm
from madang.attendance.models import CorrectionRequest
from madang.attendance.queries import counts, lists
from madang.attendance.queries import own as queries
from madang.core import texts
from madang.core.requests import Request, form_page
from madang.workshops.models import Participation, Session
from madang.workshops.pages import serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common


def _own(request: Request, slug: str) -> tuple[EditionRow, Participation]:
    """The edition of the address and one's own part in it, or a 404."""
    row = public.edition_row(request.who, slug)
    mine = Participation.objects.filter(edition=row.id).select_related("edition", "person__subject")
    return row, rules.own_attendance.get_or_404(request.who, mine)


@form_page
def check_in(request: Request, slug: str) -> HttpResponseBase:
    """Say that one is here: the code from the screen, typed or brought by one's own camera."""
    row, mine = _own(request, slug)
    brought = request.GET.get("code", "")[:20]
    form = CodeForm(request.POST or None, initial={"code": brought})
    found: list[Session] = []
    if form.is_valid() and common.performed(
        form,
        lambda: found.append(entries.check_in(mine, form.cleaned_data["code"], actor=request.who)),
    ):
        texts.prefetch(found)
        said = _("You are checked in: %(session)s") % {"session": found[0].wording("title")}
        back = reverse("own_attendance:my_attendance", args=[row.slug])
        return common.done(request, said, back)
    context = {
        "edition": public.editions([row.id])[row.id],
        "form": form,
        "on": queries.on_now(mine),
        "is_brought": bool(brought) and not form.is_bound,
    }
    response = serving.serve_fresh(request, row, "attendance/check_in.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def my_attendance(request: Request, slug: str) -> HttpResponseBase:
    """Which sessions one attended, one's share, and what became of one's notes."""
    row, mine = _own(request, slug)
    listed = lists.own(mine)
    context = {
        "edition": public.editions([row.id])[row.id],
        "share": counts.share_from(listed),
        "days": queries.by_day(listed, row.zone),
        "requests": queries.requests(mine),
        "on": queries.on_now(mine),
    }
    response = serving.serve_fresh(request, row, "attendance/my_attendance.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@form_page
def ask(request: Request, slug: str, session_id: UUID) -> HttpResponseBase:
    """Tell the secretariat that it was different."""
    row, mine = _own(request, slug)
    session = common.found(Session.objects.filter(edition=row.id), session_id)
    texts.prefetch([session])
    stored = CorrectionRequest.objects.filter(
        session=session, participation=mine, stage=CorrectionRequest.Stage.OPEN
    ).first()
    form = NoteForm(request.POST or None, initial={"note": stored.note if stored else ""})
    back = reverse("own_attendance:my_attendance", args=[row.slug])
    if form.is_valid() and common.performed(
        form, lambda: requests.ask(session, mine, form.cleaned_data["note"], actor=request.who)
    ):
        return common.done(request, _("Your note is with the secretariat."), back)
    context = {
        "edition": public.editions([row.id])[row.id],
        "form": form,
        "title": _("My attendance was different"),
        "lead": str(session.wording("title")),
        "submit": _("Send the note"),
        "cancel": back,
    }
    response = serving.serve_fresh(request, row, "attendance/tell.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
