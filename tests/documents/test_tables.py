"""A table on paper: whole, in the reader's language, and nothing in it is markup."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.test import RequestFactory
from pypdf import PdfReader

from madang.core.exports import Column, Table
from madang.documents import tables

COLUMNS = (Column("name", "Name"), Column("day", "Day"), Column("beds", "Beds"))


def texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def table(*rows) -> Table:
    return Table(columns=COLUMNS, rows=iter(rows))


def test_a_table_has_its_title_headings_and_rows_as_they_were_typed():
    made = table(("Mere #let x", date(2007, 10, 8), 2), ("", None, None))
    (page,) = texts(tables.pdf(made, "Rooming list", "Workshop in Incheon", "en"))
    for expected in ("Rooming list", "Workshop in Incheon", "Name", "Mere #let x", "Mon 8 Oct"):
        assert expected in page
    assert "1 / 1" in page


def test_a_long_table_repeats_its_head_and_numbers_its_pages():
    made = table(*((f"Person {number}", date(2007, 10, 8), number) for number in range(120)))
    pages = texts(tables.pdf(made, "Everybody", "Workshop", "en"))
    assert len(pages) > 2
    assert all("Name" in page and "Everybody" in page for page in pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1]


def test_an_empty_table_says_that_nobody_is_on_it():
    (page,) = texts(tables.pdf(table(), "Rooming list", "", "en"))
    assert "Nobody and nothing is on this list." in page


def test_in_persian_a_table_has_persian_digits_and_days():
    made = table(("میری", datetime(2007, 10, 8, 9, tzinfo=UTC), 25))
    (page,) = texts(tables.pdf(made, "فهرست", "", "fa"))
    assert "مهر" in page
    assert not set("0123456789") & set(page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wanted", "kind"), [("pdf", "application/pdf"), ("csv", "text/csv"), ("xlsx", "application/")]
)
def test_a_list_leaves_on_paper_and_for_programs(wanted, kind):
    request = RequestFactory().get("/", {"format": wanted})
    assert tables.wanted(request) == wanted
    response = tables.respond(request, table(), "rooms", title="Rooms", subtitle="")
    assert response["Content-Type"].startswith(kind)
    assert f".{wanted}" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    response.close()
