"""One's own roles, and letting somebody else act in them for a time."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core.requests import Request, form_page
from madang.people import role_names, rules
from madang.people.actions.refusal import RefusedError
from madang.people.actions.roles import delegate_role, end_role, may_delegate
from madang.people.forms.accounts import DelegateForm, beginning, end
from madang.people.forms.refusals import show_refusal
from madang.people.models import Role


@require_safe
@login_required
def index(request: Request) -> HttpResponse:
    """What I may do, where and until when; and to whom I have delegated it."""
    held = Role.objects.select_related("delegated_from__account__person__subject")
    given = Role.objects.select_related("delegated_from", "account__person__subject")
    mine = rules.own_role.visible(request.who, held).order_by("-starts_at")
    delegations = rules.withdraw_delegation.visible(request.who, given).order_by("-starts_at")
    rows = [(named, may_delegate(named.role)) for named in role_names.named(mine, request.who)]
    context = {"rows": rows, "delegations": role_names.named(delegations, request.who)}
    return render(request, "people/roles.html", context)


@form_page
@login_required
def delegate(request: Request, role_id: UUID) -> HttpResponse:
    """Let somebody else act in one of my roles for a time."""
    role = rules.own_role.get_or_404(
        request.who, Role.objects.select_related("delegated_from"), pk=role_id
    )
    if not may_delegate(role):
        raise Http404
    [named] = role_names.named([role], request.who)
    form = DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delegate_role(
                role,
                actor=request.who,
                to=form.cleaned_data["email"],
                starts_at=beginning(form.cleaned_data["starts_on"]),
                ends_at=end(form.cleaned_data["ends_on"]),
            )
        except RefusedError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The role is delegated."))
            return redirect("people:roles")
    return render(request, "people/role_delegate.html", {"form": form, "named": named})


@form_page
@login_required
def withdraw(request: Request, role_id: UUID) -> HttpResponse:
    """Ask before a delegation is taken back."""
    roles = Role.objects.select_related("delegated_from", "account__person__subject")
    role = rules.withdraw_delegation.get_or_404(request.who, roles, pk=role_id)
    [named] = role_names.named([role], request.who)
    if request.method == "POST":
        end_role(role, actor=request.who)
        messages.success(request, _("The delegation is withdrawn."))
        return redirect("people:roles")
    context = {
        "title": _("Withdraw the delegation to %(person)s?") % {"person": role.account},
        "message": named.in_words,
        "consequences": [_("They can't act in this role any more, from now on.")],
        "submit": _("Withdraw the delegation"),
        "cancel_url": reverse("people:roles"),
    }
    return render(request, "components/confirm.html", context)
