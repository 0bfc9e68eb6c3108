"""Accounts and their roles, as the secretariat manages them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, exports
from madang.core.requests import Request, form_page
from madang.people import role_names, roles, rules
from madang.people.account_list import account_list, account_table
from madang.people.actions import accounts
from madang.people.actions import roles as role_actions
from madang.people.actions.refusal import RefusedError
from madang.people.forms.accounts import (
    AccountFilter,
    AddressForm,
    GrantForm,
    OpenAccountForm,
    beginning,
    end,
)
from madang.people.forms.refusals import show_refusal
from madang.people.middleware import has_strong_sign_in, needs_strong_sign_in
from madang.people.models import Account, Country, Role
from madang.people.scopes import thing_in_scope


def _accounts() -> QuerySet[Account]:
    return Account.objects.select_related("person__subject")


def _managed(request: Request, account_id: UUID) -> Account:
    return rules.manage_accounts.get_or_404(request.who, _accounts(), pk=account_id)


def _require_manager(request: Request) -> None:
    if not rules.manage_accounts.can(request.who, Account()):
        raise Http404


@require_safe
def index(request: Request) -> HttpResponseBase:
    """Every account, found by name, address, role and state; as a file where that is asked for."""
    _require_manager(request)
    form = AccountFilter(request.GET)
    form.is_valid()
    if exports.wanted(request):
        return exports.respond(request, account_table(request, form.cleaned_data), "accounts")
    page = account_list(request, form.cleaned_data)
    return render(request, "people/accounts.html", {"form": form, "rows": page})


@form_page
def add(request: Request) -> HttpResponse:
    """Open an account for somebody new."""
    _require_manager(request)
    form = OpenAccountForm(request.who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        email = values.pop("email")
        country = values.pop("country")
        try:
            account = accounts.open_account_for_new_person(
                actor=request.who,
                email=email,
                country=Country.objects.get(pk=country) if country else None,
                **values,
            )
        except RefusedError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The account is open. Now give it a role."))
            return redirect("people_manage:account", account.pk)
    return render(request, "people/account_add.html", {"form": form})


@require_safe
def detail(request: Request, account_id: UUID) -> HttpResponse:
    """One account: whose it is, its roles, and what happened to it."""
    account = _managed(request, account_id)
    held = account.roles.select_related("delegated_from").order_by("-starts_at")
    context = {
        "account": account,
        "named_roles": role_names.named(held, request.who),
        "strong": has_strong_sign_in(account),
        "needs_strong": needs_strong_sign_in(account),
        "history": audit.trail(request.who, thing=account),
        "kinds": roles.kinds(),
    }
    return render(request, "people/account.html", context)


@form_page
def address(request: Request, account_id: UUID) -> HttpResponse:
    """Give an account another address."""
    account = _managed(request, account_id)
    form = AddressForm(request.POST or None, initial={"email": account.email})
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_address(account, actor=request.who, email=form.cleaned_data["email"])
        except RefusedError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The address is changed."))
            return redirect("people_manage:account", account.pk)
    return render(request, "people/account_address.html", {"form": form, "account": account})


@form_page
def close(request: Request, account_id: UUID) -> HttpResponse:
    """Ask before an account is closed."""
    account = _managed(request, account_id)
    if request.method == "POST":
        try:
            accounts.close_account(account, actor=request.who)
        except RefusedError as refusal:
            messages.error(request, refusal.why)
        else:
            messages.success(request, _("The account is closed."))
        return redirect("people_manage:account", account.pk)
    context = {
        "title": _("Close the account of %(person)s?") % {"person": account.person},
        "consequences": [
            _("Nobody can sign in with it any more, and whoever is signed in is signed out."),
            _("Its roles end now. Personal data stay until their time is over."),
            _("It can be opened again; roles are then given anew."),
        ],
        "submit": _("Close the account"),
        "cancel_url": reverse("people_manage:account", args=[account.pk]),
    }
    return render(request, "components/confirm.html", context)


@require_POST
def reopen(request: Request, account_id: UUID) -> HttpResponse:
    """Let the owner of a closed account sign in again."""
    account = _managed(request, account_id)
    try:
        accounts.open_account(account.person, actor=request.who, email=account.email)
    except RefusedError as refusal:
        messages.error(request, refusal.why)
    else:
        messages.success(request, _("The account is open again. It has no roles."))
    return redirect("people_manage:account", account.pk)


@require_POST
def sign_out(request: Request, account_id: UUID) -> HttpResponse:
    """End every session of an account, for a telephone that was lost."""
    account = _managed(request, account_id)
    accounts.sign_out_everywhere(account, actor=request.who)
    messages.success(request, _("Every device is signed out."))
    return redirect("people_manage:account", account.pk)


@form_page
def grant(request: Request, account_id: UUID, kind: str) -> HttpResponse:
    """Give an account a role of one kind."""
    account = _managed(request, account_id)
    if kind not in {known.name for known in roles.kinds()}:
        raise Http404
    role_kind = roles.kind(kind)
    form = GrantForm(role_kind, request.who, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            role_actions.grant_role(
                account,
                actor=request.who,
                kind=kind,
                scope=thing_in_scope(form.cleaned_data["scope"]),
                starts_at=beginning(form.cleaned_data["starts_on"]),
                ends_at=end(form.cleaned_data["ends_on"]),
            )
        except RefusedError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The role is given."))
            return redirect("people_manage:account", account.pk)
    context = {"form": form, "account": account, "kind": role_kind}
    return render(request, "people/role_grant.html", context)


@form_page
def end_role(request: Request, account_id: UUID, role_id: UUID) -> HttpResponse:
    """Ask before a role ends."""
    account = _managed(request, account_id)
    role = rules.manage_roles.get_or_404(
        request.who, Role.objects.select_related("delegated_from"), pk=role_id, account=account
    )
    [named] = role_names.named([role], request.who)
    if request.method == "POST":
        try:
            role_actions.end_role(role, actor=request.who)
        except RefusedError as refusal:
            messages.error(request, refusal.why)
        else:
            messages.success(request, _("The role has ended."))
        return redirect("people_manage:account", account.pk)
    context = {
        "title": _("End this role of %(person)s?") % {"person": account.person},
        "message": named.in_words,
        "consequences": [
            _("What the role lets its holder see and do ends now, and so do its delegations."),
            _("What was done under it stays in the history."),
        ],
        "submit": _("End the role"),
        "cancel_url": reverse("people_manage:account", args=[account.pk]),
    }
    return render(request, "components/confirm.html", context)
