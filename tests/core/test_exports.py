"""Tables leave the house whole, safe to open, and a row at a time."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from madang.core import exports

COLUMNS = (exports.Column("name", "Name"), exports.Column("seats", "=Seats"))


def body(response):
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content


def respond(extension, rows, name="participants"):
    request = RequestFactory().get("/", {"format": extension})
    return exports.respond(request, exports.Table(COLUMNS, rows), name)


def read_csv(rows):
    text = "".join(exports.csv_lines(exports.Table(COLUMNS, rows)))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_is_a_formula(text):
    (_head, (cell, _seats)) = read_csv([(text, 1)])
    assert cell == f"'{text}"


def test_a_csv_says_that_it_is_utf8_and_quotes_what_needs_it():
    response = respond("csv", [("ناهید", Decimal("-1.50")), ('a "b", c\nd', None)])
    content = body(response)
    assert content.startswith(b"\xef\xbb\xbfName,'=Seats\r\n")
    assert content.decode("utf-8-sig").endswith('ناهید,-1.50\r\n"a ""b"", c\nd",\r\n')
    assert response["Content-Disposition"].startswith('attachment; filename="participants-')
    assert response["Cache-Control"] == "private, no-store"


@given(
    st.lists(st.tuples(st.text(), st.one_of(st.none(), st.integers(), st.booleans())), max_size=5)
)
def test_whatever_is_written_comes_back_as_text_and_never_as_a_formula(rows):
    for (text, _value), (cell, _seats) in zip(rows, read_csv(rows)[1:], strict=True):
        assert cell.removeprefix("'").replace("\r\n", "\n").replace("\r", "\n") in {
            text.replace("\r\n", "\n").replace("\r", "\n"),
            text.removeprefix("'").replace("\r\n", "\n").replace("\r", "\n"),
        }
        assert not cell.startswith(("=", "+", "-", "@"))


def test_a_workbook_holds_texts_numbers_and_dates_and_no_formula():
    when = datetime(2007, 10, 8, 9, 30, tzinfo=UTC)
    rows = [(text, Decimal("2.5")) for text in DANGEROUS]
    rows += [("Bell\x07", when), ("Day", date(2007, 10, 8)), (None, True)]
    sheet = openpyxl.load_workbook(io.BytesIO(body(respond("xlsx", rows)))).active
    values = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in values[:2]] == ["=1+1", "+1"]
    assert values[-3:] == [
        ("Bell", datetime(2007, 10, 8, 9, 30)),  # noqa: DTZ001  (a sheet knows no time zones)
        ("Day", datetime(2007, 10, 8)),  # noqa: DTZ001
        (None, True),
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    assert sheet["A1"].font.bold


def test_a_workbook_for_persian_readers_runs_from_right_to_left():
    with override("fa"):
        content = body(respond("xlsx", [("ناهید", 1)]))
    assert openpyxl.load_workbook(io.BytesIO(content)).active.sheet_view.rightToLeft


@pytest.mark.parametrize("rows", [[], [("a", 1)], [("a", 1), ("=b", None)]])
def test_json_is_an_array_of_objects(rows):
    answer = json.loads(body(respond("json", rows)))
    assert answer == [{"name": name, "seats": seats} for name, seats in rows]


def test_rows_are_asked_for_one_at_a_time():
    asked = []

    def rows():
        for number in range(1000):
            asked.append(number)
            yield str(number), number

    lines = exports.csv_lines(exports.Table(COLUMNS, rows()))
    next(lines)
    next(lines)
    assert asked == [0]


def test_an_unknown_format_is_not_there():
    with pytest.raises(Http404):
        exports.wanted(RequestFactory().get("/", {"format": "exe"}))
    assert exports.wanted(RequestFactory().get("/")) == ""
