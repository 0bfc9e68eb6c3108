"""Sources of money, expenses and payments.

An expense's row is locked wherever its payments are counted, so that two officers together never
pay more than was committed without saying why.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from madang.core import audit, files
from madang.core.audit import Actor
from madang.core.models import StoredFile
from madang.logistics import currencies
from madang.logistics.currencies import Money
from madang.logistics.models import Expense, Payment, Source
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition

_STATES = Expense.State
# What may still be changed about an expense: with the edition's books it ends.
_OPEN = (_STATES.PLANNED, _STATES.COMMITTED)


# --- Sources -------------------------------------------------------------------------------------
def add_source(edition: Edition, values: Mapping[str, Any], *, actor: Actor | None) -> Source:
    source = Source(edition=edition, **values)
    records.add(source, "source.added", actor=actor)
    return source


@transaction.atomic
def change_source(
    source: Source, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a source; its currency only while nothing is to be paid from it."""
    stored = Source.objects.select_for_update().get(pk=source.pk)
    currency = values.get("currency", stored.currency)
    if currency != stored.currency and stored.expenses.exists():
        raise RefusedError(
            _("Expenses are in this currency already: add another source."), "currency"
        )
    records.change(source, values, "source.changed", expected_version=expected_version, actor=actor)


@transaction.atomic
def remove_source(source: Source, *, actor: Actor | None) -> None:
    """Remove a source from which nothing was ever to be paid."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.expenses.exists() or source.allowance_rates.exists():
        raise RefusedError(_("Something is to be paid from it: it stays, for the statement."))
    records.remove(source, "source.removed", actor=actor)


# --- Expenses ------------------------------------------------------------------------------------
@transaction.atomic
def add_expense(source: Source, values: Mapping[str, Any], *, actor: Actor | None) -> Expense:
    source = _held(source)
    expense = Expense(source=source, **values)
    records.add(expense, "expense.added", actor=actor, scope=source.edition_id)
    return expense


@transaction.atomic
def change_expense(
    expense: Expense, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change what is planned or committed. What is paid for already can't be made less.

    It goes to a source in another currency only before anything is paid.
    """
    stored = _locked(expense)
    if stored.state not in _OPEN:
        raise RefusedError(
            _("It is “%(state)s” and can't be changed.") % {"state": stored.get_state_display()}
        )
    paid = paid_so_far(stored)
    if values.get("amount", stored.amount) < paid:
        raise RefusedError(
            _("%(paid)s has been paid already.") % {"paid": Money(paid, stored.source.currency)},
            "amount",
        )
    source = _held(values.get("source", stored.source))
    if source.currency != stored.source.currency and stored.has_payments:
        raise RefusedError(
            _("It has been paid for in %(currency)s: take the payments back first.")
            % {"currency": stored.source.currency},
            "source",
        )
    records.change(
        expense,
        values,
        "expense.changed",
        expected_version=expected_version,
        actor=actor,
        scope=stored.source.edition_id,
    )


@transaction.atomic
def move_expense(expense: Expense, name: str, *, actor: Actor | None) -> None:
    """Perform a transition by its name. Raises `TransitionRefusedError` with the reason."""
    stored = _locked(expense)
    getattr(stored, name)(actor=actor, scope=stored.source.edition_id)
    expense.state = stored.state


# --- Payments ------------------------------------------------------------------------------------
@transaction.atomic
def record_payment(
    expense: Expense,
    values: Mapping[str, Any],
    *,
    receipt: UploadedFile | bytes | None = None,
    actor: Actor | None,
) -> Payment:
    """Enter a payment, with its receipt where there is one; the last one settles the expense.

    More than was committed is refused unless `beyond_because` says why. Raises `RefusedError` and
    `core.files.UnwantedFileError`, and writes nothing then.
    """
    stored = _locked(expense)
    if stored.state != _STATES.COMMITTED:
        raise RefusedError(
            _("Payments are entered for what is committed; it is “%(state)s”.")
            % {"state": stored.get_state_display()}
        )
    total = paid_so_far(stored) + values["amount"]
    if total > stored.amount and not values.get("beyond_because"):
        left = Money(stored.amount - paid_so_far(stored), stored.source.currency)
        raise RefusedError(
            _("Only %(left)s is committed and not yet paid. Say why more is paid, or commit more.")
            % {"left": left},
            "amount",
        )
    payment = Payment(expense=stored, **values)
    records.add(payment, "payment.recorded", actor=actor, scope=stored.source.edition_id)
    if receipt is not None:
        _store(payment, receipt, actor=actor)
    if total >= stored.amount:
        stored.settle(actor=actor, scope=stored.source.edition_id)
    expense.state = stored.state
    return payment


@transaction.atomic
def take_back_payment(payment: Payment, *, actor: Actor | None) -> None:
    """A payment was entered by mistake: it stays, struck out, and counts no more."""
    expense = _locked(payment.expense)
    payment.take_back(actor=actor, scope=expense.source.edition_id)
    if expense.state == _STATES.PAID:
        expense.unsettle(actor=actor, scope=expense.source.edition_id)


@transaction.atomic
def add_receipt(
    payment: Payment, upload: UploadedFile | bytes, *, actor: Actor | None
) -> StoredFile:
    """Add a receipt, or a further page of it. Raises `RefusedError` and `UnwantedFileError`."""
    _require_open(payment)
    return _store(payment, upload, actor=actor)


@transaction.atomic
def explain_missing_receipt(payment: Payment, why: str, *, actor: Actor | None) -> None:
    """Say why there is no receipt."""
    _require_open(payment)
    payment.no_receipt_because = why
    payment.save(update_fields=["no_receipt_because"])
    audit.record(actor, "payment.explained", payment, scope=payment.expense.source.edition_id)


def paid_so_far(expense: Expense) -> Decimal:
    """What has been paid of an expense and not taken back."""
    total = expense.payments.standing().aggregate(total=Sum("amount"))["total"]
    return total if total is not None else currencies.ZERO


def _require_open(payment: Payment) -> None:
    expense = _locked(payment.expense)
    if expense.state == _STATES.CLOSED:
        raise RefusedError(_("The expense is closed: open it again first."))
    if payment.is_void:
        raise RefusedError(_("The payment was taken back."))


def _store(payment: Payment, upload: UploadedFile | bytes, *, actor: Actor | None) -> StoredFile:
    """Keep a receipt; one that is about a person (a ticket) under that person's key."""
    participation = payment.expense.participation
    subject = participation.person.subject if participation is not None else None
    return files.store(upload, owner=payment, actor=actor, subject=subject)


def _held(source: Source) -> Source:
    """A source whose currency stays what it is while an expense is written in it."""
    return Source.objects.select_for_update().get(pk=source.pk)


def _locked(expense: Expense) -> Expense:
    of_source = Expense.objects.select_related("source").select_for_update(of=("self",))
    return of_source.get(pk=expense.pk)
