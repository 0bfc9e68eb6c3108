"""The secretariat's pages of the budget: read by the director, changed by the secretariat."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.core import files
from madang.logistics.models import Expense, Payment, Source
from madang.workshops.models import Edition
from tests import factories as make
from tests.logistics import hospitality as here
from tests.logistics.hospitality import address, signed_in, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture
def officer():
    return signed_in("secretariat")


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_source_is_added_used_and_stated(officer, edition):
    assert "Start with a source" in text(officer.get(address("budget", edition)))
    typed = {"name": "Grant", "kind": "sponsored", "promised": "5000", "currency": "USD"}
    officer.post(address("source_add", edition), typed)
    source = edition.money_sources.get()
    typed = {"source": source.pk, "kind": "venue", "description": "Hall", "amount": "6000.50"}
    officer.post(address("expense_add", edition), typed)
    expense = Expense.objects.get()
    page = officer.post(address("expense_state", edition, expense.pk, "commit"), follow=True)
    assert "committed" in text(page)
    board = text(officer.get(address("budget", edition)))
    assert "More is committed than was promised" in board
    assert "−1,000.50" in board
    answer = officer.get(address("statement", edition, source.pk))
    assert answer.content.startswith(b"%PDF")


def test_a_payment_is_entered_with_its_receipt(officer, edition):
    expense = here.make_expense(here.make_source(edition), 100)
    receipt = SimpleUploadedFile("receipt.pdf", here.PDF)
    typed = {"amount": "100", "paid_on": "2007-10-09", "reference": "V-12", "upload": receipt}
    page = officer.post(address("payment_add", edition, expense.pk), typed, follow=True)
    assert "receipt.pdf" in text(page)
    payment = Payment.objects.get()
    stored = files.of(payment).get()
    assert officer.get(stored.get_absolute_url()).status_code == 200
    assert signed_in("director").get(stored.get_absolute_url()).status_code == 200
    host = signed_in(("host", edition))
    assert host.get(stored.get_absolute_url()).status_code == 404


def test_paying_too_much_is_said_in_the_form_and_nothing_is_written(officer, edition):
    expense = here.make_expense(here.make_source(edition), 100)
    typed = {"amount": "101", "paid_on": "2007-10-09"}
    page = officer.post(address("payment_add", edition, expense.pk), typed)
    assert "Say why more is paid" in text(page)
    assert not Payment.objects.exists()


def test_what_is_paid_tomorrow_was_not_paid(officer, edition):
    expense = here.make_expense(here.make_source(edition), 100)
    typed = {"amount": "10", "paid_on": "2190-01-01"}
    page = officer.post(address("payment_add", edition, expense.pk), typed)
    assert "still to come" in text(page)


def test_taking_a_payment_back_is_asked_first(officer, edition):
    expense = here.make_expense(here.make_source(edition), 100)
    payment = here.make_payment(expense, 40)
    where = address("payment_take_back", edition, payment.pk)
    assert "can’t be undone" in text(officer.get(where)).replace("&#x27;", "’").replace("'", "’")
    page = text(officer.post(where, follow=True))
    assert "taken back" in page
    payment.refresh_from_db()
    assert payment.is_void


def test_a_receipt_comes_later_or_why_there_is_none(officer, edition):
    expense = here.make_expense(here.make_source(edition), 100)
    payment = here.make_payment(expense, 40)
    where = address("payment_receipt", edition, payment.pk)
    assert "Give either" in text(officer.post(where, {"no_receipt_because": ""}))
    officer.post(where, {"no_receipt_because": "A market stall"})
    payment.refresh_from_db()
    assert payment.no_receipt_because == "A market stall"


def test_a_rate_needs_another_currency(officer, edition):
    typed = {
        "name": "Grant", "kind": "sponsored", "promised": "1", "currency": "USD",
        "rate": "2", "rate_currency": "USD",
    }  # fmt: skip
    assert "another currency" in text(officer.post(address("source_add", edition), typed))
    typed["rate_currency"] = ""
    assert "to which currency" in text(officer.post(address("source_add", edition), typed))
    assert not Source.objects.exists()


def test_the_list_of_expenses_is_filtered_and_taken_away(officer, edition):
    source = here.make_source(edition)
    here.make_expense(source, 10, description="Buses", kind="transport")
    here.make_expense(source, 20, description="Hall")
    page = text(officer.get(address("expenses", edition), {"kind": "transport"}))
    assert "Buses" in page
    assert "Hall" not in page
    for form, start in (("xlsx", b"PK"), ("pdf", b"%PDF"), ("csv", b"\xef\xbb\xbf")):
        for name in ("expenses", "budget"):
            assert taken(officer, address(name, edition), form).startswith(start)


def test_the_director_reads_and_does_not_change(edition):
    source = here.make_source(edition)
    expense = here.make_expense(source)
    payment = here.make_payment(expense, 5)
    director = signed_in("director")
    for name, arguments in (
        ("budget", []), ("source", [source.pk]), ("expenses", []), ("expense", [expense.pk]),
    ):  # fmt: skip
        page = text(director.get(address(name, edition, *arguments)))
        assert "expenses/add" not in page
    for name, arguments in (
        ("source_add", []), ("source_edit", [source.pk]), ("source_remove", [source.pk]),
        ("expense_add", []), ("expense_edit", [expense.pk]), ("payment_add", [expense.pk]),
        ("payment_receipt", [payment.pk]), ("payment_take_back", [payment.pk]),
    ):  # fmt: skip
        assert director.get(address(name, edition, *arguments)).status_code == 404
    step = address("expense_state", edition, expense.pk, "cancel")
    assert director.post(step).status_code == 404


@pytest.mark.parametrize("role", ["participant", "host", "resource_person"])
def test_nobody_else_sees_the_money(edition, role):
    source = here.make_source(edition)
    client = signed_in((role, edition))
    for name, arguments in (("budget", []), ("source", [source.pk]), ("expenses", [])):
        assert client.get(address(name, edition, *arguments)).status_code == 404


def test_money_of_another_edition_is_not_there(officer, edition):
    other = here.make_source(make.make_edition())
    expense = here.make_expense(other)
    assert officer.get(address("source", edition, other.pk)).status_code == 404
    assert officer.get(address("expense", edition, expense.pk)).status_code == 404


@pytest.mark.parametrize("name", ["budget", "expenses"])
def test_lists_cost_the_same_with_many_rows(officer, edition, name):
    donor = make.make_organisation()
    source = here.make_source(edition, organisation=donor)
    here.make_expense(source, participation=make.make_participation(edition))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(officer.get(address(name, edition)))
        return len(captured)

    before = queries()
    people = make.make_participations(edition, 60)
    sources = [here.make_source(edition, organisation=make.make_organisation()) for _ in range(9)]
    for person, where in zip(people, [source, *sources] * 6, strict=True):
        here.make_expense(where, participation=person)
    assert queries() == before


def test_an_amount_in_won_has_no_decimals_on_the_page(officer, edition):
    here.make_source(edition, promised=Decimal(500_000), currency="KRW")
    assert "KRW\u00a0500,000<" in text(officer.get(address("budget", edition)))
