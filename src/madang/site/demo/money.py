"""What the demo's workshop cost: sources, expenses, allowances, payments, and closing the books."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from madang.core import clock
from madang.logistics.actions import allowances, money
from madang.logistics.models import Expense, Source
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content
from madang.site.demo.story import Step

State = Expense.State


def steps() -> Iterator[Step]:
    """The budget before the offers, what was committed and paid, and the end of it."""
    stated = content("money")
    yield Step(stated["planned"], _plan)
    yield Step(stated["tickets_bought"], _buy_tickets)
    for entry in stated["expenses"]:
        if "committed" in entry:
            yield Step(entry["committed"], partial(_commit, what=entry["for"]))
        if "paid" in entry:
            yield Step(entry["paid"], partial(_pay, what=entry["for"]))
    yield Step(stated["allowances"]["at"], _plan_allowances)
    yield Step(stated["allowances"]["paid"], _pay_allowances)
    yield Step(stated["tickets_paid"], _pay_tickets)
    yield Step(stated["closed"], _close)


def _plan(company: Company) -> None:
    stated = content("money")
    for entry in stated["sources"]:
        values = {
            "name": entry["name"],
            "kind": entry["kind"],
            "organisation": company.organisations.get(entry.get("organisation", "")),
            "promised": Decimal(entry["promised"]),
            "currency": entry["currency"],
        }
        money.add_source(company.incheon, values, actor=company.officer)
    for entry in stated["expenses"]:
        _add(company, entry["source"], entry["kind"], entry["for"], Decimal(entry["amount"]))


def _source(company: Company, name: str) -> Source:
    return Source.objects.get(edition=company.incheon, name=name)


def _add(company: Company, source: str, kind: str, what: str, amount: Decimal) -> Expense:
    values = {"kind": kind, "description": what, "amount": amount}
    return money.add_expense(_source(company, source), values, actor=company.officer)


def _expense(company: Company, what: str) -> Expense:
    found = Expense.objects.select_related("source")
    return found.get(source__edition=company.incheon, description=what)


def _commit(company: Company, *, what: str) -> None:
    money.move_expense(_expense(company, what), "commit", actor=company.officer)


def _pay(company: Company, *, what: str) -> None:
    _pay_all(company, _expense(company, what))


def _pay_all(company: Company, expense: Expense) -> None:
    day: date = clock.today(company.incheon.zone)
    values = {
        "amount": expense.amount,
        "paid_on": day,
        "reference": f"PV-{day:%m%d}-{str(expense.pk)[-3:].upper()}",
        "beyond_because": "",
        "no_receipt_because": "",
    }
    money.record_payment(expense, values, actor=company.officer)


# --- Tickets --------------------------------------------------------------------------------------
def _buy_tickets(company: Company) -> None:
    """The tickets of each country together, for a little less or more than was estimated."""
    stated = content("money")
    estimates = {entry["code"]: entry["travel"] for entry in content("nominations")["countries"]}
    coming = Counter(one.country.alpha2 for one in participants(company.incheon).values())
    for number, (code, people) in enumerate(sorted(coming.items())):
        price = Decimal(estimates[code]) * (95 + number % 7 * 2) / 100
        what = f"{stated['tickets']} {company.countries[code].name} ({people})"
        expense = _add(company, stated["tickets_from"], Expense.Kind.TRAVEL, what, price * people)
        money.move_expense(expense, "commit", actor=company.officer)


def _pay_tickets(company: Company) -> None:
    for expense in _committed(company, Expense.Kind.TRAVEL):
        _pay_all(company, expense)


def _committed(company: Company, kind: str) -> list[Expense]:
    found = Expense.objects.filter(source__edition=company.incheon, kind=kind)
    return list(found.filter(state=State.COMMITTED).select_related("source").order_by("id"))


# --- Allowances -----------------------------------------------------------------------------------
def _plan_allowances(company: Company) -> None:
    stated = content("money")["allowances"]
    for rate in stated["rates"]:
        values: Mapping[str, Any] = {
            "for_kind": rate["for"],
            "daily": Decimal(rate["daily"]),
            "currency": "USD",
            "source": _source(company, rate["source"]),
        }
        allowances.add_rate(company.incheon, values, actor=company.officer)
    first: date = company.incheon.starts_on
    days = {first + timedelta(days=number): frozenset(stated["provided"]) for number in range(5)}
    days[first - timedelta(days=1)] = frozenset(stated["provided_before"])
    evening = first + timedelta(days=1)  # of the Mayor's dinner
    days[evening] = frozenset((*stated["provided"], "dinner"))
    allowances.set_days(company.incheon, days, actor=company.officer)
    for seat in stated["lives_here"]:
        allowances.set_entitlement(company.seats[seat], "lives_here", actor=company.officer)
    allowances.plan_expenses(company.incheon, actor=company.officer)
    for expense in Expense.objects.filter(
        source__edition=company.incheon, kind=Expense.Kind.ALLOWANCE, state=State.PLANNED
    ):
        money.move_expense(expense, "commit", actor=company.officer)


def _pay_allowances(company: Company) -> None:
    """They are paid on the second day, against a signature."""
    for expense in _committed(company, Expense.Kind.ALLOWANCE):
        _pay_all(company, expense)


def _close(company: Company) -> None:
    """What is paid and has its receipt is closed; the statement says what is not yet."""
    paid = Expense.objects.filter(source__edition=company.incheon, state=State.PAID)
    for expense in paid.select_related("source").exclude(kind=Expense.Kind.TRAVEL):
        if expense.close.refusal() is None:
            money.move_expense(expense, "close", actor=company.officer)
