"""Pages of approvals: what waits, what is under way, what was decided; one approval."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import approvals, audit, links, queries, rules
from madang.core.forms import DelegateForm, SendBackForm
from madang.core.models import Approval
from madang.core.policies import Rule, Who
from madang.core.requests import Request, page_of, require_sign_in
from madang.core.transitions import TransitionRefusedError


@dataclass(frozen=True)
class Row:
    """An approval as a list shows it."""

    approval: Approval
    title: str
    kind: str
    author: str
    director: str


@require_safe
def index(request: Request) -> HttpResponse:
    """What waits for me, what is under way, what was decided."""
    require_sign_in(request.who)
    waiting = list(queries.waiting_for(request.who))
    under_way = list(queries.under_way(request.who))
    page = page_of(request, queries.decided(request.who))
    decided = list(page.object_list)
    found = links.resolve(queries.references([*waiting, *under_way, *decided]), request.who)
    return render(
        request,
        "core/approvals.html",
        {
            "waiting": _rows(waiting, found),
            "under_way": _rows(under_way, found),
            "decided": _rows(decided, found),
            "rows": page,
        },
    )


@require_safe
def detail(request: Request, approval_id: UUID) -> HttpResponse:
    """One approval: what will go out, its history, and what can be done now."""
    approval = rules.see_approval.get_or_404(request.who, Approval.objects.all(), pk=approval_id)
    return _detail(request, approval)


@require_POST
def clear(request: Request, approval_id: UUID) -> HttpResponse:
    """Hand it to the director."""
    approval, actor = _mine(request, approval_id, rules.prepare_approval)
    return _done(
        request,
        approval,
        lambda: approvals.clear(approval, actor=actor),
        _("The director has it now."),
    )


@require_POST
def withdraw(request: Request, approval_id: UUID) -> HttpResponse:
    """Take it back, undecided."""
    approval, actor = _mine(request, approval_id, rules.prepare_approval)
    return _done(
        request, approval, lambda: approvals.withdraw(approval, actor=actor), _("Withdrawn.")
    )


@require_POST
def approve(request: Request, approval_id: UUID) -> HttpResponse:
    """Approve what was read."""
    approval, actor = _mine(request, approval_id, rules.decide_approval)
    seen = request.POST.get("seen", "")
    return _done(
        request,
        approval,
        lambda: approvals.approve(approval, actor=actor, seen=seen),
        _("Approved. This version is frozen now."),
    )


@require_POST
def send_back(request: Request, approval_id: UUID) -> HttpResponse:
    """Send it back with a reason."""
    approval, actor = _mine(request, approval_id, rules.decide_approval)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _detail(request, approval, send_back_form=form)
    reason = form.cleaned_data["reason"]
    return _done(
        request,
        approval,
        lambda: approvals.send_back(approval, actor=actor, reason=reason),
        _("Sent back to its author."),
    )


@require_POST
def delegate(request: Request, approval_id: UUID) -> HttpResponse:
    """Let another director decide."""
    approval, actor = _mine(request, approval_id, rules.decide_approval)
    directors = approvals.other_directors(approval, approvals.thing_of(approval))
    form = DelegateForm(directors, request.POST)
    if not form.is_valid():
        return _detail(request, approval, delegate_form=form)
    to = form.cleaned_data["director"]
    return _done(
        request,
        approval,
        lambda: approvals.delegate(approval, actor=actor, to=to),
        _("%(name)s decides now.") % {"name": to},
        there="core:approvals",
    )


def _mine(request: Request, approval_id: UUID, rule: Rule[Approval]) -> tuple[Approval, Who]:
    approval = rule.get_or_404(request.who, Approval.objects.all(), pk=approval_id)
    return approval, request.who


def _done(
    request: Request,
    approval: Approval,
    action: Callable[[], None],
    success: str,
    *,
    there: str = "",
) -> HttpResponse:
    try:
        action()
    except TransitionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(approval)
    messages.success(request, success)
    return redirect(there) if there else redirect(approval)


def _detail(
    request: Request,
    approval: Approval,
    *,
    send_back_form: SendBackForm | None = None,
    delegate_form: DelegateForm | None = None,
) -> HttpResponse:
    try:
        kind, thing = approvals.kind_of(approval), approvals.thing_of(approval)
    except KeyError:
        raise Http404 from None
    found = links.resolve(queries.references([approval]), request.who)
    decides = rules.decide_approval.can(request.who, approval)
    content = approvals.parse(approval.content) if approval.digest else kind.content(thing)
    open_ = approval.state in {Approval.State.DRAFT, Approval.State.CLEARED}
    context = {
        "approval": approval,
        "row": _row(approval, found),
        "thing_link": found.get(links.Reference(approval.thing_model, approval.thing_id)),
        "rendered": kind.render(thing, content),
        "may_decide": decides and approval.state == Approval.State.CLEARED,
        "may_prepare": rules.prepare_approval.can(request.who, approval)
        and kind.author_rule.can(request.who, thing),
        "history": audit.trail(request.who, thing=approval),
        "send_back_form": send_back_form or SendBackForm(),
        "delegate_form": delegate_form,
    }
    if decides and open_ and delegate_form is None:
        others = approvals.other_directors(approval, thing)
        context["delegate_form"] = DelegateForm(others) if others else None
    failed = any(form is not None and form.is_bound for form in (send_back_form, delegate_form))
    return render(request, "core/approval.html", context, status=422 if failed else 200)


def _rows(listed: Iterable[Approval], found: dict[links.Reference, links.Link]) -> list[Row]:
    return [_row(approval, found) for approval in listed]


def _row(approval: Approval, found: dict[links.Reference, links.Link]) -> Row:
    def title(reference: links.Reference, otherwise: str) -> str:
        link = found.get(reference)
        return link.title if link else otherwise

    kind = links.kind_of(approval.thing_model)
    return Row(
        approval=approval,
        title=title(links.Reference(approval.thing_model, approval.thing_id), kind),
        kind=kind,
        author=title(links.account(approval.author_id), _("someone")),
        director=title(links.account(approval.director_id), _("someone")),
    )
