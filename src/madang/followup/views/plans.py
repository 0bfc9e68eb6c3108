"""One's own action plan: written on the last day, handed in, printed."""

import json
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.followup import documents
from madang.followup.actions import plans as actions
from madang.followup.forms.plan import PlanForm
from madang.followup.models import ActionPlan, FollowUp
from madang.followup.queries import plans as queries
from madang.followup.views import drafts
from madang.followup.views.places import own, own_page
from madang.workshops.models import Participation
from madang.workshops.views.manage import common


def _found(request: Request, slug: str) -> tuple[Participation, FollowUp, ActionPlan | None]:
    """One's own part, the window and the plan, or a 404 where the edition asks for none."""
    mine = own(request, slug)
    follow_up = FollowUp.objects.filter(edition=mine.edition).first()
    if follow_up is None or not follow_up.was_opened:
        raise Http404
    return mine, follow_up, ActionPlan.objects.filter(participation=mine).first()


@form_page
def plan(request: Request, slug: str) -> HttpResponseBase:
    """The plan: a form while it is written, and what was handed in after that."""
    mine, follow_up, stored = _found(request, slug)
    with timezone.override(mine.edition.zone):
        is_draft = stored is None or stored.state == ActionPlan.State.DRAFT
        if request.method == "POST":
            return _saved(request, mine, follow_up, stored)
        if not (follow_up.is_open and is_draft):
            return _shown(request, mine, follow_up, stored)
        form = PlanForm(edition=mine.edition, plan=stored)
        return _form(request, mine, follow_up, form)


def _saved(
    request: Request, mine: Participation, follow_up: FollowUp, stored: ActionPlan | None
) -> HttpResponseBase:
    form = PlanForm(request.POST, edition=mine.edition, plan=stored)

    def save() -> ActionPlan:
        return actions.write(
            mine, form.rows(), expected_version=form.expected_version, actor=request.who
        )

    def act() -> None:
        save()
        if request.POST.get("act") == "hand_in":
            actions.hand_in(mine, actor=request.who)

    if drafts.is_draft(request):
        return drafts.saved(form, save)
    if form.is_valid() and common.performed(form, act):
        handed_in = request.POST.get("act") == "hand_in"
        said = _("Your plan is handed in.") if handed_in else _("Your plan is saved.")
        return common.done(request, said, request.path)
    return _form(request, mine, follow_up, form)


def _form(
    request: Request, mine: Participation, follow_up: FollowUp, form: PlanForm
) -> HttpResponse:
    modules = list(mine.edition.modules.all())
    texts.prefetch(modules)
    texts.prefetch([follow_up])
    return own_page(
        request, mine.edition, "plan_form",
        form=form, follow_up=follow_up, modules=modules,
        needed=[place for place in form.places if place.is_needed],
        further=[place for place in form.places if not place.is_needed],
    )  # fmt: skip


def _shown(
    request: Request, mine: Participation, follow_up: FollowUp, stored: ActionPlan | None
) -> HttpResponse:
    return own_page(
        request, mine.edition, "plan",
        plan=stored, follow_up=follow_up,
        actions=queries.actions(stored) if stored else [],
        versions=list(stored.versions.all()) if stored else [],
        is_asked=stored is not None and stored.progress.exists(),
    )  # fmt: skip


@require_POST
def take_back(request: Request, slug: str) -> HttpResponseBase:
    """Make a draft of it again."""
    mine, _follow_up, _stored = _found(request, slug)
    back = reverse("own_followup:plan", args=[slug])
    if common.tried(request, lambda: actions.take_back(mine, actor=request.who)):
        return common.done(request, _("You can change it now. Then hand it in again."), back)
    return HttpResponseRedirect(back)


@require_safe
def version(request: Request, slug: str, number: int) -> HttpResponseBase:
    """The plan as it was handed in once."""
    mine, _follow_up, stored = _found(request, slug)
    kept = stored.versions.filter(number=number).first() if stored is not None else None
    if kept is None:
        raise Http404
    with timezone.override(mine.edition.zone):
        rows: list[dict[str, Any]] = json.loads(kept.content or "[]")
        return own_page(
            request, mine.edition, "plan_version", version=kept, rows=queries.as_kept(rows)
        )


@require_safe
def paper(request: Request, slug: str) -> HttpResponseBase:
    """The plan on paper, in the reader's language and whatever script it was written in."""
    mine, _follow_up, stored = _found(request, slug)
    if stored is None:
        raise Http404
    with timezone.override(mine.edition.zone):
        content = documents.plan_paper(stored)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=False, filename=f"{slug}-action-plan.pdf")
    )
    response["Cache-Control"] = "private, no-store"
    return response
