"""What somebody leaves from the call to the tables: by every way on which it gets there."""

import json
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.cohorts import scenarios, solving
from madang.cohorts.actions import decisions, issuing, letterheads, letters, offers
from madang.cohorts.actions import scenarios as choosing
from madang.cohorts.models import LetterBatch, LetterKind, Offer
from madang.core import approvals, clock, files
from madang.documents import verification
from madang.logistics.actions import money
from madang.logistics.models import BusSeat, Expense, TablePlace
from madang.nominations.actions import endorsements, register
from madang.nominations.models import (
    Call,
    Correspondence,
    Import,
    ImportRow,
    Nomination,
    Score,
    Screening,
)
from madang.people.models import Account, Person
from madang.workshops.models import Edition, Participation
from tests import factories as make
from tests.cohorts.factories import make_letterhead, make_merit, make_passport
from tests.logistics import factories as travelling
from tests.logistics import hospitality
from tests.nominations import factories as nominating
from tests.support.papers import page_of

# What is written of her and by her, each said once and nowhere else.
RESPONSIBILITY = "keeps the registers of the tides"
NOTE = "called twice about her cousin"
ANSWER = "a ferry for every form"
SUPERIOR_SAYS = "the best navigator we have"
COMMENT = "speaks as calmly as the lagoon"
WHY_PINNED = "alone knows the outer reefs"
REMARK = "my boat may be late"
LETTER_REMARK = "bring the shell trumpet"
PASSPORT = "LM4711093"
BORN_IN = "Waitangi Landing"
NEXT_ACTION = "ask the embassy about the seal"
FLIGHT = "NZ 5550"
DIET = "never any kava"
MEDICAL = "stung by a stonefish once"
CONTACT = "Hinemoa of the Long Beach"
CONTACT_PHONE = "+64 4 5550 1909"
PLATE = "Keeper of Tides"
RECEIPT = "paid for the outrigger"
SUMMARY = "a note about the keeper"
WRITTEN = (
    RESPONSIBILITY, NOTE, ANSWER, SUPERIOR_SAYS, COMMENT, WHY_PINNED, REMARK, LETTER_REMARK,
    PASSPORT, BORN_IN, NEXT_ACTION, FLIGHT, DIET, MEDICAL, CONTACT, CONTACT_PHONE, PLATE, RECEIPT,
    SUMMARY,
)  # fmt: skip


def leave_traces(
    edition: Edition, person: Person, other: Person, officer: Account, director: Account
) -> None:
    """`person` is nominated, chosen, invited, housed and seated; `other` is nominated beside."""
    call = nominating.make_call(edition)
    nominating.make_invitation(call)
    nomination = _nominated(call, person, other, officer)
    _screened(call, nomination, officer)
    _chosen(edition, nomination, officer, director)
    part = Participation.objects.get(edition=edition, person=person)
    _written_to(edition, person, officer, director)
    _on_the_way(edition, part, officer)
    _seated(edition, part)


def _pdf(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("page.pdf", page_of(text))


def _nominated(call: Call, person: Person, other: Person, officer: Account) -> Nomination:
    """With a letter of her own, one that names two, and a file of both."""
    edition, country = call.edition, make.make_country("FJ")
    values = {
        "country": country,
        "direction": Correspondence.Direction.RECEIVED,
        "channel": Correspondence.Channel.SCAN,
        "kind": Correspondence.Kind.NOMINATION,
        "at": clock.now(),
    }
    own = register.enter(
        edition, values | {"summary": SUMMARY}, uploads=[_pdf(person.name)], actor=officer
    )
    shared = register.enter(edition, values, uploads=[_pdf(other.name)], actor=officer)
    nomination = nominating.make_nomination(
        edition, person, country=country, state=Nomination.State.DRAFT, source=own,
        family_name=person.name, given_names=person.latin_name, responsibility=RESPONSIBILITY,
        note=NOTE,
    )  # fmt: skip
    beside = nominating.make_nomination(
        edition, other, country=country, source=shared, state=Nomination.State.ELIGIBLE, sex="male"
    )
    nominating.make_answer(nomination, nominating.make_question(call), ANSWER)
    endorsements.ask(nomination, "Semisi Faletau", "semisi@example.org", actor=officer)
    endorsements.answer(
        nomination.endorsement, endorses=True, name="Semisi Faletau", remark=SUPERIOR_SAYS,
        upload=_pdf(f"I endorse {person.name}"), actor=officer,
    )  # fmt: skip
    Nomination.objects.filter(pk=nomination.pk).update(state=Nomination.State.ELIGIBLE)
    _imported(edition, {nomination: person, beside: other}, officer)
    return Nomination.objects.get(pk=nomination.pk)


def _imported(edition: Edition, lines: dict[Nomination, Person], officer: Account) -> None:
    batch = Import.objects.create(
        edition=edition, state=Import.State.WRITTEN, written_at=clock.now()
    )
    names = "\n".join(person.name for person in lines.values())
    files.store(
        f"Name\n{names}\n".encode(), owner=batch, actor=officer, name="list.csv",
        subject=batch.subject,
    )  # fmt: skip
    for number, (nomination, person) in enumerate(lines.items(), start=2):
        ImportRow.objects.create(
            batch=batch, number=number, subject=batch.subject, nomination=nomination,
            outcome=ImportRow.Outcome.NEW, decision=ImportRow.Decision.TAKE,
            content=json.dumps({"values": {"name": person.name, "email": person.email}}),
        )  # fmt: skip


def _screened(call: Call, nomination: Nomination, officer: Account) -> None:
    criterion = nominating.make_criterion(call)
    screening = Screening.objects.create(
        nomination=nomination, screener=officer, subject=nomination.subject, comment=COMMENT,
        state=Screening.State.SCORED, scored_at=clock.now(),
    )  # fmt: skip
    Score.objects.create(screening=screening, criterion=criterion, value=5)
    make_merit(nomination, 90)


def _chosen(edition: Edition, nomination: Nomination, officer: Account, director: Account) -> None:
    """By a scenario in which she is pinned; the offer is sent, and accepted with a remark."""
    scenario = choosing.begin(edition, {"name": "Balanced", "seats": 1}, actor=officer)
    choosing.pin(scenario, nomination, "include", WHY_PINNED, actor=officer)
    asked = scenarios.problem(scenario)
    choosing.keep_answer(
        scenario.pk, solving.weighed(asked), scenarios.digest(asked), actor=officer
    )
    decision = decisions.propose(scenario, remarks="", director=director, actor=officer)
    approval = approvals.latest(decision)
    approvals.approve(approval, actor=director, seen=approval.digest)
    decision.take_effect(actor=None, fields={"decided_at": clock.now()})
    offers.prepare(decision, actor=officer)
    offer = Offer.objects.get(nomination=nomination)
    offers.send(offer, actor=officer)
    offers.accept(offer, actor=officer)
    offer.refresh_from_db()
    offer.remark = REMARK
    offer.save()


def _written_to(edition: Edition, person: Person, officer: Account, director: Account) -> None:
    """Letters to her, to an embassy and to her ministry, as the worker would have made them."""
    make_letterhead(edition)
    make_passport(person, edition, name=person.latin_name, number=PASSPORT, born_in=BORN_IN)
    for kind, whom in (
        (LetterKind.INVITATION, "accepted"),
        (LetterKind.VISA, "accepted"),
        (LetterKind.MINISTRY, "seats"),
    ):
        letterheads.begin_with_ours(edition, kind, actor=officer)
        batch = letters.begin(edition, kind, whom, actor=officer)
        _issue(batch, kind, f"{person.name} {PASSPORT}", officer, director)


def _issue(batch: LetterBatch, kind: str, text: str, officer: Account, director: Account) -> None:
    letter = batch.letters.get()
    letters.set_remark(letter, LETTER_REMARK, "en", expected_version=letter.version, actor=officer)
    approval = letters.put_up(batch, director=director, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)
    batch.issue(actor=officer, fields={"issued_at": clock.now()}, number=1)
    letter.refresh_from_db()
    reference = f"{batch.edition.slug}/{kind}"
    letter.document = verification.issue(
        letter, issuing.kind_of_document(kind), reference, scope_id=batch.edition_id, actor=officer
    )
    passport: Any = letter.person and letter.person.passport
    key = passport.subject if kind == LetterKind.VISA else letter.subject
    letter.file = files.store(_pdf(text), owner=letter, actor=officer, subject=key)
    letter.save()


def _on_the_way(edition: Edition, part: Participation, officer: Account) -> None:
    travelling.make_errand(part, next_action=NEXT_ACTION, owner=officer)
    travelling.make_leg(part, number=FLIGHT, pickup=travelling.make_pickup(edition))
    room = travelling.make_hotel_room(travelling.make_hotel(edition))
    travelling.make_stay(part, room=room)
    travelling.make_needs(part, diet_note=DIET, medical=MEDICAL)
    travelling.make_contact(part, name=CONTACT, phone=CONTACT_PHONE)
    source = hospitality.make_source(edition)
    ticket = hospitality.make_expense(
        source, 300, participation=part, kind=Expense.Kind.TRAVEL,
        description=f"Ticket of {part.person.name}",
    )  # fmt: skip
    money.record_payment(
        ticket,
        {
            "amount": 400,
            "paid_on": date(2007, 10, 1),
            "beyond_because": f"{part.person.name} flew by Nadi",
        },
        receipt=_pdf(RECEIPT),
        actor=officer,
    )


def _seated(edition: Edition, part: Participation) -> None:
    hospitality.make_protocol(part, name_plate=PLATE, precedence=1)
    plan = hospitality.make_plan(hospitality.make_dinner(edition), 4)
    TablePlace.objects.create(plan=plan, table=plan.tables.get(), participation=part)
    bus = hospitality.make_bus(hospitality.make_trip(edition))
    BusSeat.objects.create(bus=bus, session=bus.session, participation=part)
