"""The daily allowance: exact, explained line by line, less for what is provided."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from madang.core.models import AuditEntry
from madang.logistics.actions import allowances as actions
from madang.logistics.allowances import PROVIDED, Rate, compute, days_between
from madang.logistics.models import Expense
from madang.logistics.queries import allowances as queries
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition, Participation
from tests import factories as make
from tests.logistics import hospitality as here
from tests.logistics.factories import make_stay
from tests.logistics.hospitality import address, signed_in, taken

SHARES = {"lodging": 50, "breakfast": 6, "lunch": 12, "dinner": 12}
MONDAY, FRIDAY = date(2007, 10, 8), date(2007, 10, 12)


@pytest.fixture
def edition(db) -> Edition:
    return make.make_edition()


@pytest.fixture
def officer(db):
    return signed_in("secretariat")


# --- What is due ---------------------------------------------------------------------------------
def test_a_day_on_which_nothing_is_provided_is_worth_the_whole_rate():
    rate = Rate(Decimal(200), "USD", SHARES)
    assert compute(rate, MONDAY, MONDAY, {}).total.amount == 200


def test_what_is_provided_is_taken_off_and_the_line_says_so():
    rate = Rate(Decimal(200), "USD", SHARES)
    given_on = {MONDAY: frozenset({"lunch", "lodging"})}
    (line,) = compute(rate, MONDAY, MONDAY, given_on).lines
    assert (line.provided, line.percent, line.amount) == (("lodging", "lunch"), 38, 76)


def test_the_day_of_departure_is_worth_a_part():
    rate = Rate(Decimal(200), "USD", SHARES, last_day=50)
    allowance = compute(rate, MONDAY, FRIDAY, {FRIDAY: frozenset({"breakfast"})})
    assert [line.is_last for line in allowance.lines] == [False] * 4 + [True]
    assert allowance.lines[-1].percent == 47
    assert allowance.total.amount == 4 * 200 + 94


def test_only_the_total_is_rounded():
    rate = Rate(Decimal("33.35"), "USD", {**SHARES, "lunch": 13})
    lunch = dict.fromkeys(days_between(MONDAY, FRIDAY), frozenset({"lunch"}))
    allowance = compute(rate, MONDAY, FRIDAY, lunch)
    assert {line.amount for line in allowance.lines} == {Decimal("29.0145")}
    assert allowance.total.amount == Decimal("145.07")
    won = Rate(Decimal("33.35"), "KRW", SHARES)
    assert compute(won, MONDAY, MONDAY, {}).total.amount == 33


@given(
    daily=st.decimals("0.01", "9999.99", places=2),
    provided=st.lists(st.frozensets(st.sampled_from(PROVIDED)), min_size=1, max_size=20),
    last_day=st.integers(0, 100),
)
def test_no_allowance_is_below_nothing_or_above_the_full_rate(daily, provided, last_day):
    first = MONDAY
    days = days_between(first, date.fromordinal(first.toordinal() + len(provided) - 1))
    rate = Rate(daily, "USD", SHARES, last_day)
    allowance = compute(rate, days[0], days[-1], dict(zip(days, provided, strict=True)))
    assert 0 <= allowance.total.amount <= daily * len(days)
    exact = sum(line.amount for line in allowance.lines)
    assert abs(allowance.total.amount - exact) <= Decimal("0.005")


# --- For whom ------------------------------------------------------------------------------------
def test_a_stay_decides_and_the_days_of_the_edition_stand_in_for_it(edition):
    here.make_rate(edition, 100, last_day=100)
    known, unknown = make.make_participations(edition, 2)
    make_stay(known)
    due = {each.participation.pk: each for each in queries.due(edition)}
    assert due[known.pk].allowance.total.amount == 700
    assert due[unknown.pk].allowance.total.amount == 500
    assert (due[known.pk].days_known, due[unknown.pk].days_known) == (True, False)


def test_a_rate_of_a_kind_goes_before_the_one_for_all_who_travel(edition):
    here.make_rate(edition, 100)
    here.make_rate(edition, 300, for_kind=Participation.Kind.RESOURCE_PERSON)
    kinds = Participation.Kind
    people = {
        kind: make.make_participation(edition, kind=kind)
        for kind in (kinds.PARTICIPANT, kinds.RESOURCE_PERSON, kinds.HOST, kinds.SECRETARIAT)
    }
    due = {each.participation.pk: each.rate for each in queries.due(edition)}
    assert due[people[kinds.PARTICIPANT].pk].daily == 100
    assert due[people[kinds.RESOURCE_PERSON].pk].daily == 300
    assert due[people[kinds.HOST].pk] is None
    assert due[people[kinds.SECRETARIAT].pk] is None


def test_who_gets_none_is_said_with_the_reason(edition):
    here.make_rate(edition)
    guest = make.make_participation(edition)
    actions.set_entitlement(guest, "self_funded", actor=None)
    (due,) = queries.due(edition)
    assert (due.allowance, due.why_none) == (None, "self_funded")
    actions.set_entitlement(guest, "", actor=None)
    assert queries.due(edition)[0].allowance is not None
    verbs = list(AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True))
    assert verbs == ["allowance.withheld", "allowance.granted"]


def test_who_did_not_come_gets_none(edition):
    here.make_rate(edition)
    make_stay(make.make_participation(edition), state="no_show")
    (due,) = queries.due(edition)
    assert due.why_none == "no_show"


def test_allowances_become_planned_expenses_and_follow_changes_until_they_bind(edition):
    source = here.make_source(edition)
    here.make_rate(edition, 100, source=source, last_day=100)
    first, second = make.make_participations(edition, 2)
    assert actions.plan_expenses(edition, actor=None) == 2
    assert actions.plan_expenses(edition, actor=None) == 0
    bound = Expense.objects.get(participation=first)
    bound.state = Expense.State.COMMITTED
    bound.save()
    actions.set_days(edition, {MONDAY: frozenset({"lunch"})}, actor=None)
    assert actions.plan_expenses(edition, actor=None) == 1
    amounts = dict(Expense.objects.values_list("participation_id", "amount"))
    assert amounts == {first.pk: 500, second.pk: 488}


def test_a_rate_is_paid_from_a_source_of_its_currency(edition):
    source = here.make_source(edition, currency="KRW")
    with pytest.raises(RefusedError, match="KRW"):
        actions.add_rate(
            edition, {"daily": Decimal(10), "currency": "USD", "source": source}, actor=None
        )


# --- Pages ---------------------------------------------------------------------------------------
def test_a_rate_is_added_the_days_are_set_and_the_sheet_is_signed(officer, edition):
    guest = make.make_participation(edition, make.make_person("Sela Vakalala"))
    typed = {
        "for_kind": "", "daily": "200", "currency": "USD", "lodging": "50", "breakfast": "6",
        "lunch": "12", "dinner": "12", "last_day": "100",
    }  # fmt: skip
    officer.post(address("rate_add", edition), typed)
    days = {day.isoformat(): ["lodging", "breakfast"] for day in edition.days}
    officer.post(address("allowance_days", edition), days)
    page = officer.get(address("allowances", edition)).content.decode()
    assert "Sela Vakalala" in page
    assert "USD\u00a0440.00" in page
    one = officer.get(address("allowance", edition, guest.pk)).content.decode()
    assert one.count("USD\u00a088.00") == 5
    sheet = officer.get(address("signatures", edition))
    assert sheet.content.startswith(b"%PDF")
    assert taken(officer, address("allowances", edition), "xlsx").startswith(b"PK")


def test_shares_beyond_a_full_day_are_refused(officer, edition):
    typed = {
        "for_kind": "", "daily": "200", "currency": "USD", "lodging": "80", "breakfast": "10",
        "lunch": "10", "dinner": "10", "last_day": "50",
    }  # fmt: skip
    page = officer.post(address("rate_add", edition), typed).content.decode()
    assert "more than a full day" in page


def test_withholding_an_allowance_is_for_the_secretariat(officer, edition):
    here.make_rate(edition)
    guest = make.make_participation(edition)
    where = address("allowance", edition, guest.pk)
    page = officer.post(where, {"answer": "lives_here"}, follow=True).content.decode()
    assert "Lives where the workshop is" in page
    director = signed_in("director")
    assert director.get(where).status_code == 200
    director.post(where, {"answer": "gets_it"})
    assert queries.due(edition)[0].why_none == "lives_here"
    for name in ("rate_add", "allowance_days"):
        assert director.get(address(name, edition)).status_code == 404


def test_the_sheet_costs_the_same_for_many(officer, edition):
    here.make_rate(edition)
    make_stay(make.make_participation(edition, country=make.make_country("FJ")))

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address("allowances", edition)).status_code == 200
        return len(captured)

    before = count()
    for each in make.make_participations(edition, 40, country=make.make_country("TH")):
        make_stay(each)
    assert count() == before
