"""Expenses of an edition, their payments and receipts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, clock, transitions
from madang.core.exports import Column, Table
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.logistics.actions import money as actions
from madang.logistics.currencies import Money
from madang.logistics.forms.money import ExpenseFilters, ExpenseForm, PaymentForm, ReceiptForm
from madang.logistics.models import Expense, Payment
from madang.logistics.queries import budget as queries
from madang.logistics.views.pages import listed, page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common

_STEPS = {transition.name for transition in transitions.declared(Expense)}


@require_safe
@common.of_edition()
def expenses(request: Request, edition: Edition) -> HttpResponseBase:
    """What is to be paid for, narrowed by what stands in the address."""
    form = ExpenseFilters(request.GET, edition=edition)
    form.is_valid()
    found = queries.expenses(edition, form.cleaned_data)
    if tables.wanted(request):
        return listed(request, edition, _table(found), "expenses", title=_("Expenses"))
    return page(
        request, "expenses", edition,
        form=form, rows=page_of(request, found), has_sources=edition.money_sources.exists(),
    )  # fmt: skip


def _table(found: Any) -> Table:
    return Table(
        columns=(
            Column("source", _("Source")),
            Column("kind", _("Kind")),
            Column("description", _("For what")),
            Column("person", _("For whom")),
            Column("state", _("State")),
            Column("currency", _("Currency")),
            Column("amount", _("Amount")),
            Column("paid", _("Paid")),
        ),
        rows=(
            (
                expense.source.name,
                expense.get_kind_display(),
                expense.description,
                str(expense.participation.person) if expense.participation else "",
                expense.get_state_display(),
                expense.source.currency,
                expense.amount,
                expense.paid,
            )
            for expense in found
        ),
    )


def _back(edition: Edition) -> str:
    return reverse("logistics:expenses", args=[edition.slug])


def _back_to(edition: Edition, expense: Expense) -> str:
    return reverse("logistics:expense", args=[edition.slug, expense.pk])


def _expense(edition: Edition, expense_id: UUID) -> Any:
    return common.found(queries.expenses(edition, {}), expense_id)


@require_safe
@common.of_edition()
def expense(request: Request, edition: Edition, expense_id: UUID) -> HttpResponseBase:
    """One expense with its payments and receipts, and what may be done next."""
    expense = _expense(edition, expense_id)
    return page(
        request, "expense", edition,
        expense=expense,
        payments=queries.payments(expense),
        steps=_steps(expense),
        is_open=expense.state in {Expense.State.PLANNED, Expense.State.COMMITTED},
        trail=audit.trail(request.who, thing=expense, limit=10),
    )  # fmt: skip


def _steps(expense: Expense) -> list[dict[str, Any]]:
    """What may come next, and what stands against it if something does."""
    return [
        {"name": step.name, "label": step.label, "refusal": getattr(expense, step.name).refusal()}
        for step in transitions.declared(Expense)
        if expense.state in step.sources
    ]


@form_page
@common.of_edition(changes=True)
def expense_add(request: Request, edition: Edition) -> HttpResponseBase:
    if not edition.money_sources.exists():
        raise Http404
    form = ExpenseForm(
        request.POST or None, edition=edition, initial={"source": request.GET.get("source")}
    )
    return common.edit(
        request,
        form,
        lambda: actions.add_expense(form.cleaned_data["source"], _values(form), actor=request.who),
        said=_("The expense is planned."),
        back=_back(edition),
        title=_("Plan an expense"),
        submit=_("Plan the expense"),
        edition=edition,
    )


def _values(form: ExpenseForm) -> dict[str, Any]:
    return {name: value for name, value in form.values().items() if name != "source"}


@form_page
@common.of_edition(changes=True)
def expense_edit(request: Request, edition: Edition, expense_id: UUID) -> HttpResponseBase:
    expense = _expense(edition, expense_id)
    form = ExpenseForm(request.POST or None, instance=expense, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_expense(
            expense, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The expense is saved."),
        back=_back_to(edition, expense),
        title=_("Edit the expense"),
        submit=_("Save the expense"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def expense_state(
    request: Request, edition: Edition, expense_id: UUID, name: str
) -> HttpResponseBase:
    """Perform one transition of an expense."""
    if name not in _STEPS:
        raise Http404
    expense = _expense(edition, expense_id)
    back = _back_to(edition, expense)
    if common.tried(request, lambda: actions.move_expense(expense, name, actor=request.who)):
        said = _("The expense is now “%(state)s”.") % {"state": expense.get_state_display()}
        return common.done(request, said, back)
    return HttpResponseRedirect(back)


# --- Payments ------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def payment_add(request: Request, edition: Edition, expense_id: UUID) -> HttpResponseBase:
    expense = _expense(edition, expense_id)
    left = expense.amount - expense.paid
    form = PaymentForm(
        request.POST or None,
        request.FILES or None,
        edition=edition,
        initial={"amount": max(left, 0) or None, "paid_on": clock.today(edition.zone)},
    )
    title = _("Enter a delivery") if expense.source.is_in_kind else _("Enter a payment")
    return common.edit(
        request,
        form,
        lambda: actions.record_payment(
            expense,
            form.values(),
            receipt=form.cleaned_data["upload"],
            actor=request.who,
        ),
        said=_("It is entered."),
        back=_back_to(edition, expense),
        title=title,
        submit=title,
        edition=edition,
        lead=_("%(what)s: %(left)s of %(amount)s is left.")
        % {
            "what": expense.description,
            "left": Money(left, expense.source.currency),
            "amount": expense.money,
        },
    )


def _payment(edition: Edition, payment_id: UUID) -> Payment:
    of_edition = Payment.objects.filter(expense__source__edition=edition)
    related = ("expense__source", "expense__participation__person__subject")
    return common.found(of_edition.select_related(*related), payment_id)


@form_page
@common.of_edition(changes=True)
def payment_take_back(request: Request, edition: Edition, payment_id: UUID) -> HttpResponseBase:
    payment = _payment(edition, payment_id)
    return common.remove(
        request,
        lambda: actions.take_back_payment(payment, actor=request.who),
        said=_("The payment is taken back."),
        back=_back_to(edition, payment.expense),
        title=_("Take the payment of %(amount)s back?")
        % {"amount": Money(payment.amount, payment.expense.source.currency)},
        submit=_("Take the payment back"),
        consequences=[
            _("It stays on the page, struck out, and counts no more."),
            _("This can't be undone: enter the payment again if it was made after all."),
        ],
    )


@form_page
@common.of_edition(changes=True)
def payment_receipt(request: Request, edition: Edition, payment_id: UUID) -> HttpResponseBase:
    """Add a receipt that came later, or say why there is none."""
    payment = _payment(edition, payment_id)
    form = ReceiptForm(request.POST or None, request.FILES or None)

    def keep() -> None:
        upload, why = form.cleaned_data["upload"], form.cleaned_data["no_receipt_because"]
        if upload:
            actions.add_receipt(payment, upload, actor=request.who)
        else:
            actions.explain_missing_receipt(payment, why, actor=request.who)

    return common.edit(
        request,
        form,
        keep,
        said=_("It is saved."),
        back=_back_to(edition, payment.expense),
        title=_("Receipt of %(amount)s")
        % {"amount": Money(payment.amount, payment.expense.source.currency)},
        submit=_("Save"),
        edition=edition,
        lead=_("A receipt about one person is encrypted and goes when their data are erased."),
    )
