"""Money: never more paid than committed without a reason, never two currencies added."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from madang.core import files
from madang.core.models import AuditEntry
from madang.core.transitions import TransitionRefusedError
from madang.logistics.actions import money as actions
from madang.logistics.currencies import Money, converted, rounded, totals
from madang.logistics.models import Expense, Payment, Source
from madang.logistics.papers import statement
from madang.logistics.queries import budget
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition
from tests import factories as make
from tests.logistics import hospitality as here

pytestmark = pytest.mark.django_db
STATES = Expense.State
DAY = date(2007, 10, 9)


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture
def source(edition) -> Source:
    return here.make_source(edition)


def pay(expense: Expense, amount: int | str, **values) -> Payment:
    return actions.record_payment(
        expense, {"amount": Decimal(amount), "paid_on": DAY} | values, actor=None
    )


# --- Amounts -------------------------------------------------------------------------------------
def test_different_currencies_are_never_added_up():
    sums = totals([Money(Decimal(5), "KRW"), Money(Decimal(1), "USD"), Money(Decimal(2), "USD")])
    assert sums == [Money(Decimal(3), "USD"), Money(Decimal(5), "KRW")]


def test_a_common_total_needs_a_rate_for_every_currency():
    amounts = [Money(Decimal(100), "USD"), Money(Decimal(91_500), "KRW")]
    assert converted(amounts, {}, "USD") is None
    assert converted(amounts, {"KRW": Decimal("0.001")}, "USD") == Money(Decimal("191.50"), "USD")


def test_amounts_are_shown_with_their_currency_and_its_decimals():
    assert str(Money(Decimal(1250), "USD")) == "USD\u00a01,250.00"
    assert str(Money(Decimal(91500), "KRW")) == "KRW\u00a091,500"
    assert rounded(Decimal("0.5"), "KRW") == 1


# --- From plan to payment ------------------------------------------------------------------------
def test_an_expense_goes_from_plan_to_closed(source):
    expense = actions.add_expense(
        source, {"kind": "venue", "description": "Hall", "amount": Decimal(300)}, actor=None
    )
    assert expense.state == STATES.PLANNED
    actions.move_expense(expense, "commit", actor=None)
    pay(expense, 100)
    assert expense.state == STATES.COMMITTED
    payment = pay(expense, 200)
    assert expense.state == STATES.PAID
    for each in expense.payments.all():
        actions.add_receipt(each, here.PDF, actor=None)
    actions.move_expense(expense, "close", actor=None)
    assert expense.state == STATES.CLOSED
    assert files.of(payment).count() == 1
    verbs = AuditEntry.objects.filter(scope_id=source.edition_id).values_list("verb", flat=True)
    assert {
        "expense.added", "expense.committed", "payment.recorded", "expense.paid", "file.added",
        "expense.closed",
    } <= set(verbs)  # fmt: skip


def test_nothing_is_paid_before_it_is_committed(source):
    expense = here.make_expense(source, state=STATES.PLANNED)
    with pytest.raises(RefusedError, match="committed"):
        pay(expense, 10)


def test_more_than_was_committed_is_paid_only_with_a_reason(source):
    expense = here.make_expense(source, 100)
    pay(expense, 60)
    with pytest.raises(RefusedError, match="40"):
        pay(expense, 50)
    assert expense.payments.count() == 1
    pay(expense, 50, beyond_because="The rate of the day")
    assert budget.line(source).committed == 110


def test_a_commitment_can_not_be_made_less_than_what_was_paid(source):
    expense = here.make_expense(source, 100)
    pay(expense, 60)
    with pytest.raises(RefusedError, match="60"):
        actions.change_expense(
            expense, {"amount": Decimal(50)}, expected_version=expense.version, actor=None
        )


def test_what_is_settled_for_less_frees_the_rest(source):
    expense = here.make_expense(source, 100)
    pay(expense, 60)
    assert budget.line(source).left == 9_900
    actions.move_expense(expense, "settle", actor=None)
    assert budget.line(source).left == 9_940


def test_closing_asks_for_a_receipt_or_why_there_is_none(source):
    expense = here.make_expense(source, 100)
    payment = pay(expense, 100)
    with pytest.raises(TransitionRefusedError, match="receipt"):
        actions.move_expense(expense, "close", actor=None)
    actions.explain_missing_receipt(payment, "The taxi had none", actor=None)
    actions.move_expense(expense, "close", actor=None)
    assert expense.state == STATES.CLOSED
    with pytest.raises(RefusedError, match="closed"):
        actions.add_receipt(payment, here.PDF, actor=None)


def test_a_payment_taken_back_counts_no_more_and_opens_the_expense_again(source):
    expense = here.make_expense(source, 100)
    payment = pay(expense, 100)
    actions.take_back_payment(payment, actor=None)
    expense.refresh_from_db()
    assert (expense.state, actions.paid_so_far(expense)) == (STATES.COMMITTED, 0)
    assert pay(expense, 100).pk != payment.pk


def test_what_was_paid_for_is_not_cancelled_and_what_is_cancelled_can_be_planned_again(source):
    paid = here.make_expense(source, 100)
    pay(paid, 10)
    with pytest.raises(TransitionRefusedError):
        actions.move_expense(paid, "cancel", actor=None)
    other = here.make_expense(source, 50)
    actions.move_expense(other, "cancel", actor=None)
    actions.move_expense(other, "plan_again", actor=None)
    assert other.state == STATES.PLANNED


def test_a_source_keeps_its_currency_once_something_is_to_be_paid_in_it(source):
    here.make_expense(source)
    with pytest.raises(RefusedError, match="currency"):
        actions.change_source(
            source, {"currency": "KRW"}, expected_version=source.version, actor=None
        )
    with pytest.raises(RefusedError, match="stays"):
        actions.remove_source(source, actor=None)


def test_a_receipt_about_a_person_is_under_their_key(edition, source):
    traveller = make.make_participation(edition)
    expense = here.make_expense(source, 100, participation=traveller)
    payment = actions.record_payment(
        expense, {"amount": Decimal(100), "paid_on": DAY}, receipt=here.PDF, actor=None
    )
    assert files.of(payment).get().subject_id == traveller.person.subject_id


@pytest.mark.parametrize(
    ("make_wrong", "name"),
    [
        (lambda s: here.make_source(s.edition, promised=Decimal(-1)), "promised"),
        (lambda s: here.make_source(s.edition, rate=Decimal(1)), "rate"),
        (lambda s: here.make_source(s.edition, rate=Decimal(1), rate_currency="USD"), "itself"),
        (lambda s: here.make_expense(s, -1), "expense"),
        (lambda s: here.make_payment(here.make_expense(s), 0), "payment"),
        (lambda s: here.make_rate(s.edition, 100, lodging=60, lunch=50), "shares"),
    ],
)
def test_the_database_refuses_amounts_that_can_not_be(source, make_wrong, name):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_wrong(source)


# --- The board -----------------------------------------------------------------------------------
def test_the_board_says_what_is_promised_committed_paid_and_left(edition):
    source = here.make_source(edition, promised=Decimal(1_000))
    here.make_expense(source, 400, state=STATES.PLANNED)
    pay(here.make_expense(source, 300), 100)
    pay(here.make_expense(source, 200), 200)
    here.make_expense(source, 5_000, state=STATES.CANCELLED)
    (line,) = budget.board(edition)
    assert (line.planned, line.committed, line.paid, line.left) == (400, 500, 300, 500)
    assert not line.is_over
    assert not line.would_be_over


def test_going_over_is_told_before_and_after_it_binds(edition):
    source = here.make_source(edition, promised=Decimal(100))
    expense = here.make_expense(source, 150, state=STATES.PLANNED)
    assert budget.line(source).would_be_over
    actions.move_expense(expense, "commit", actor=None)
    assert budget.line(source).is_over


def test_totals_go_by_currency_and_together_only_by_stated_rates(edition):
    here.make_source(edition, promised=Decimal(1_000))
    won = here.make_source(edition, promised=Decimal(915_000), currency="KRW")
    lines = budget.board(edition)
    assert [(total.currency, total.promised) for total in budget.totals(lines)] == [
        ("USD", 1_000),
        ("KRW", 915_000),
    ]
    assert budget.common_totals(lines) == []
    won.rate, won.rate_currency = Decimal("0.00109290"), "USD"
    won.save()
    (common,) = budget.common_totals(budget.board(edition))
    assert (common.currency, common.promised) == ("USD", Decimal("2000.00"))


# --- The closing statement -----------------------------------------------------------------------
def test_a_statement_holds_all_sources_of_a_donor_with_what_is_in_kind_apart(edition):
    donor = make.make_organisation("Korea Fund")
    cash = here.make_source(edition, "Grant", organisation=donor)
    kind = here.make_source(edition, "Venue", organisation=donor, kind=Source.Kind.IN_KIND)
    here.make_source(edition, "Somebody else")
    pay(here.make_expense(cash, 300, kind="travel"), 100)
    here.make_expense(kind, 500)
    said = statement.data(edition, cash)
    assert said["donor"] == "Korea Fund"
    assert [part["name"] for part in said["money"]] == ["Grant"]
    assert [part["name"] for part in said["in_kind"]] == ["Venue"]
    (grant,) = said["money"]
    assert grant["kinds"] == [["tickets", "300.00", "100.00"]]
    assert (grant["not_paid"], grant["balance"]) == ("200.00", "9,700.00")
    assert [row[-1] for row in grant["unpaid"]] == ["200.00"]


def test_a_statement_is_a_pdf(edition, source):
    here.make_expense(source, 300)
    here.make_source(edition, "Empty", organisation=None)
    assert statement.pdf(edition, source).startswith(b"%PDF")


def test_what_is_paid_for_stays_in_its_currency(edition, source):
    euros = here.make_source(edition, name="Another donor", currency="EUR")
    dollars = here.make_source(edition, name="A third donor", currency=source.currency)
    expense = here.make_expense(source, amount=100, state=STATES.COMMITTED)
    pay(expense, 40)

    def move(to: Source) -> None:
        expense.refresh_from_db()
        actions.change_expense(
            expense, {"source": to}, expected_version=expense.version, actor=None
        )

    with pytest.raises(RefusedError, match="paid for in"):
        move(euros)
    move(dollars)
    expense.refresh_from_db()
    assert expense.source == dollars
