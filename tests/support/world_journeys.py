"""The part of the world where people travel, sleep, eat and sit, and somebody pays for it."""

from datetime import date
from typing import Any

from madang.core import files
from madang.core.models import StoredFile
from madang.logistics.actions import money
from madang.logistics.models import (
    AllowanceDay,
    BusSeat,
    Expense,
    NoAllowance,
    SeatingPlan,
    TablePlace,
)
from madang.people.models import Account
from madang.workshops.models import Participation
from tests import factories as make
from tests.logistics import factories as travelling
from tests.logistics import hospitality
from tests.support.world_cohort import PDF, SHORT


def add_journeys(half: Any, text: str, officer: Account, traveller: Participation) -> None:
    """Everything that is arranged for `traveller`, and what the organisers keep beside it."""
    short = SHORT if "hostile" in text else text
    half.things["traveller"] = traveller
    _travel(half, text, traveller, officer)
    _stay(half, text, short, traveller)
    _money(half, text, traveller, officer)
    _places(half, text, traveller)


def _travel(half: Any, text: str, traveller: Participation, officer: Account) -> None:
    pickup = travelling.make_pickup(half.edition, vehicle=text[:120], place=text, driver=text)
    half.things |= {
        "pickup": pickup,
        "errand": travelling.make_errand(
            traveller, next_action=text, owner=officer, due=date(2007, 10, 1)
        ),
        "leg": travelling.make_leg(
            traveller, number=text, from_place=text, to_place=text, pickup=pickup
        ),
    }


def _stay(half: Any, text: str, short: str, traveller: Participation) -> None:
    hotel = travelling.make_hotel(half.edition, text, address=text)
    room = travelling.make_hotel_room(hotel, short[:40])
    travelling.make_needs(
        traveller, diet="vegan", diet_note=text, access="step_free", access_note=text,
        medical=text, tells_hotel=True,
    )  # fmt: skip
    travelling.make_contact(traveller, name=text, relation=text, phone=text, languages=text)
    half.things |= {
        "hotel": hotel,
        "hotel_room": room,
        "stay": travelling.make_stay(traveller, room=room),
    }


def _money(half: Any, text: str, traveller: Participation, officer: Account) -> None:
    source = hospitality.make_source(
        half.edition, text, organisation=make.make_organisation(f"Donor {text}"),
        rate="0.9", rate_currency="EUR", rate_basis=text,
    )  # fmt: skip
    expense = hospitality.make_expense(
        source, 300, description=text, participation=traveller, kind=Expense.Kind.TRAVEL
    )
    payment = money.record_payment(
        expense,
        {"amount": 100, "paid_on": date(2007, 10, 9), "reference": text[:80]},
        receipt=None,
        actor=officer,
    )
    files.store(PDF, owner=payment, actor=officer, name="receipt.pdf")
    NoAllowance.objects.create(
        participation=half.things["participation"], why=NoAllowance.Why.LIVES_HERE
    )
    AllowanceDay.objects.create(edition=half.edition, date=half.edition.starts_on, lunch=True)
    half.things |= {
        "source": source,
        "expense": expense,
        "payment": payment,
        "rate": hospitality.make_rate(half.edition, source=source),
        "receipt": StoredFile.objects.get(owner_id=payment.pk),
    }


def _places(half: Any, text: str, traveller: Participation) -> None:
    hospitality.make_protocol(
        traveller, form_of_address=text, name_plate=text, precedence=1, interpretation="fa"
    )
    dinner = hospitality.make_dinner(half.edition, title=f"Dinner {text}")
    plan = hospitality.make_plan(dinner, 4, 4)
    plan.tables.update(name=text[:60])
    table = plan.tables.get(number=1)
    TablePlace.objects.create(plan=plan, table=table, participation=traveller, is_fixed=True)
    SeatingPlan.objects.filter(pk=plan.pk).update(state=SeatingPlan.State.SHOWN)
    bus = hospitality.make_bus(half.things["trip"], name=text[:60], departs_from=text)
    BusSeat.objects.create(bus=bus, session=bus.session, participation=traveller)
    half.things |= {"dinner": dinner, "table": table, "bus": bus}
