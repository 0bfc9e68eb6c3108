"""Makes what tests of money, protocol, buses and tables need: each takes what matters."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse

from madang.logistics.models import (
    AllowanceRate,
    Bus,
    Expense,
    Payment,
    Protocol,
    SeatingPlan,
    Source,
    Table,
)
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make

_numbers = count(1)

PDF = b"%PDF-1.4\n%%EOF\n"


def make_source(edition: Edition, name: str = "", **fields: Any) -> Source:
    values = {"kind": Source.Kind.SPONSORED, "promised": Decimal(10_000), "currency": "USD"}
    name = name or f"Source {next(_numbers)}"
    return Source.objects.create(edition=edition, name=name, **values | fields)


def make_expense(source: Source, amount: int | str = 100, **fields: Any) -> Expense:
    values = {
        "kind": Expense.Kind.VENUE,
        "description": f"Expense {next(_numbers)}",
        "state": Expense.State.COMMITTED,
    }
    return Expense.objects.create(source=source, amount=Decimal(amount), **values | fields)


def make_payment(expense: Expense, amount: int | str = 100, **fields: Any) -> Payment:
    values = {"paid_on": date(2007, 10, 9)} | fields
    return Payment.objects.create(expense=expense, amount=Decimal(amount), **values)


def make_rate(edition: Edition, daily: int | str = 200, **fields: Any) -> AllowanceRate:
    return AllowanceRate.objects.create(edition=edition, daily=Decimal(daily), **fields)


def make_protocol(participation: Participation, **fields: Any) -> Protocol:
    return Protocol.objects.create(
        participation=participation, subject=participation.person.subject, **fields
    )


def make_trip(edition: Edition, **fields: Any) -> Session:
    """A field trip on Thursday for everybody."""
    return make.make_session(edition, day=4, kind=Session.Kind.FIELD_TRIP, **fields)


def make_dinner(edition: Edition, **fields: Any) -> Session:
    """A dinner on Tuesday evening for everybody."""
    return make.make_session(edition, day=2, at="18:30", kind=Session.Kind.RECEPTION, **fields)


def make_bus(session: Session, seats: int = 10, **fields: Any) -> Bus:
    values = {"name": f"Bus {next(_numbers)}"} | fields
    return Bus.objects.create(session=session, seats=seats, **values)


def make_plan(session: Session, *seats: int) -> SeatingPlan:
    """Tables of so many seats, numbered from 1."""
    plan = SeatingPlan.objects.create(session=session)
    for number, at_it in enumerate(seats, start=1):
        Table.objects.create(plan=plan, number=number, seats=at_it)
    return plan


def people_of(edition: Edition, *countries: str, **fields: Any) -> list[Participation]:
    """One person of each of these countries."""
    return [
        make.make_participation(edition, country=make.make_country(code), **fields)
        for code in countries
    ]


def signed_in(*roles: Any) -> Client:
    client = Client()
    client.force_login(make.make_account(roles=roles))
    return client


def signed_in_as(participation: Participation) -> Client:
    """Somebody who takes part, with the role that goes with it."""
    client = Client()
    roles = [("participant", participation.edition)]
    client.force_login(make.make_account(roles=roles, person=participation.person))
    return client


def address(name: str, edition: Edition, *arguments: Any) -> str:
    return reverse(f"logistics:{name}", args=[edition.slug, *arguments])


def taken(client: Client, where: str, form: str) -> bytes:
    """The list of a page in another form: `"xlsx"`, `"pdf"` …"""
    answer = client.get(where, {"format": form})
    assert answer.status_code == 200
    return answer.getvalue()
