"""The list of the founding workshop as ministries sent it: every oddity in it, one by one.

There are 101 lines below the headings: 100 nominations and an empty one. The tests hold the whole
of what is doubtful, wrong or changed in it, so that an oddity that a change finds or loses shows.
"""

from collections import Counter
from datetime import date

import pytest

from madang.nominations.reading.matching import Band, people_of, same_people
from madang.nominations.reading.rows import Reading
from tests.nominations.received import FOLDER, doubt, offered, only, reading_of, row, wrong

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")


@pytest.fixture(scope="module")
def received() -> Reading:
    return reading_of("nominations-as-received.xlsx")


@pytest.fixture(scope="module")
def clean() -> Reading:
    return reading_of("nominations-clean.xlsx")


# The sheet


def test_the_headings_are_found_below_a_title_and_an_empty_line(received: Reading) -> None:
    assert received.header is not None
    assert (received.header.sheet, received.header.row) == ("Nominations", 4)
    assert received.header.above == (
        "Second Regional Training Workshop – list of nominations",
        "as received, 101 lines",
    )


def test_each_of_the_twenty_columns_is_recognised(received: Reading) -> None:
    assert {column.letters: column.field for column in received.columns} == {
        "A": "number", "B": "title", "C": "family_name", "D": "given_names", "E": "sex",
        "F": "country", "G": "organisation", "H": "organisation_kind", "I": "position",
        "J": "email", "K": "phone", "L": "years_experience", "M": "english",
        "N": "attended_before", "O": "responsibility", "P": "needs", "Q": "nominated_by",
        "R": "nominator_email", "S": "endorsed_on", "T": "merit",
    }  # fmt: skip
    assert {column.how for column in received.columns} == {"exact"}
    assert received.missing == ()


def test_what_the_other_sheet_says_is_shown(received: Reading) -> None:
    (other,) = received.others
    assert other.name == "Notes"
    assert other.text.startswith("Selection: about 40 seats, at most 3 a country, at least 30%")


def test_the_empty_line_in_the_middle_is_no_nomination(received: Reading) -> None:
    numbers = [row.number for row in received.rows]
    assert len(numbers) == 100
    assert set(range(5, 106)) - set(numbers) == {55}


def test_nothing_is_dropped_every_line_has_its_cells_as_they_were(received: Reading) -> None:
    assert row(received, 97).cells[6] == "  Civil Service Institute\xa0"
    assert all(len(row.cells) >= 19 for row in received.rows)


# What is wrong


def test_a_formula_in_the_place_of_a_name(received: Reading) -> None:
    found = wrong(received, 51, "family_name")
    assert (found.code, found.letters) == ("formula", "C")
    assert found.original == '=HYPERLINK("http://198.51.100.7/x","click")'
    assert row(received, 51).values["name"] == "Rajesh"
    assert "family_name" not in row(received, 51).values


def test_a_country_that_does_not_exist(received: Reading) -> None:
    found = wrong(received, 99, "country")
    assert (found.code, found.original) == ("country_unknown", "Atlantis")
    # The addresses in the row (…@lka.example.org) tell which may be meant; nobody takes it for it.
    assert offered(found)[0] == "LK"
    assert "country" not in row(received, 99).values


def test_a_day_that_does_not_exist(received: Reading) -> None:
    found = wrong(received, 28, "endorsed_on")
    assert (found.code, found.original) == ("impossible_date", "31/02/2007")


def test_a_level_of_english_beyond_the_scale(received: Reading) -> None:
    found = wrong(received, 11, "english")
    assert (found.code, found.original) == ("off_scale", "9")
    assert "from 1 to 5" in found.message


def test_an_address_that_is_missing(received: Reading) -> None:
    found = wrong(received, 36, "email")
    assert (found.code, found.original, found.letters) == ("missing", "", "J")


def test_an_address_that_is_none(received: Reading) -> None:
    found = wrong(received, 78, "email")
    assert (found.code, found.original) == ("not_an_email", "not-an-email")


def test_years_in_words(received: Reading) -> None:
    found = wrong(received, 101, "years_experience")
    assert (found.code, found.original) == ("not_a_number", "about ten")
    assert offered(found) == [10]


# What is doubtful


def test_a_question_mark_for_a_sex(received: Reading) -> None:
    found = doubt(received, 63, "sex")
    assert (found.code, found.original, found.stands) == ("sex_unknown", "?", False)
    assert set(offered(found)) == {"female", "male", "other"}
    assert "sex" not in row(received, 63).values


def test_an_institute_that_is_called_government_here_and_academia_elsewhere(
    received: Reading,
) -> None:
    found = doubt(received, 97, "organisation_kind")
    assert (found.code, found.original, found.stands) == ("kind_differs", "Government", True)
    assert found.details == {"organisation": "Civil Service Institute", "times": 5}
    assert offered(found) == ["academia"]


@pytest.mark.parametrize(
    ("number", "mended"),
    [
        (103, "p7011@kgz.example.org"),
        (104, "p7015@mng.example.org"),
        (105, "p7002@btn.example.org"),
    ],
)
def test_a_space_within_an_address_is_asked_about_not_mended(
    received: Reading, number: int, mended: str
) -> None:
    found = doubt(received, number, "email")
    assert (found.code, found.stands) == ("email_space", False)
    assert offered(found) == [mended]
    assert "email" not in row(received, number).values


def test_a_script_is_plain_text_and_pointed_out(received: Reading) -> None:
    found = doubt(received, 105, "responsibility")
    assert (found.code, found.stands) == ("markup", True)
    assert row(received, 105).values["responsibility"] == "<script>alert(1)</script>"


# Who is there twice


def test_four_people_sent_once_more_by_an_embassy_are_the_same(received: Reading) -> None:
    pairs = same_people(people_of(received))
    same = {(pair.one, pair.other): pair for pair in pairs if pair.band is Band.SAME}
    assert set(same) == {("102", "93"), ("103", "16"), ("104", "20"), ("105", "7")}
    assert {row(received, int(one)).values["nominated_by"] for one, _other in same} == {"Embassy"}
    for pair in same.values():
        assert {"same_name", "same_email", "same_phone"} <= set(pair.reasons)
        assert "the same e-mail address" in pair.sentences


def test_namesakes_with_other_addresses_and_offices_are_asked_about(received: Reading) -> None:
    pairs = same_people(people_of(received))
    maybe = {frozenset((pair.one, pair.other)): pair for pair in pairs if pair.band is Band.MAYBE}
    # Karma Wangchuk of Bhutan twice, and once more in capitals; Azman Haji Yusof three times.
    for one, other in [("78", "7"), ("105", "78"), ("50", "8"), ("81", "8"), ("81", "50")]:
        assert "other_email" in maybe[frozenset((one, other))].reasons
    assert len(maybe) == 22
    assert all("same_name" in pair.reasons for pair in maybe.values())


# The whole


def test_this_is_everything_that_is_doubtful_or_wrong(received: Reading) -> None:
    assert [
        (row.number, wrong.code) for row in received.rows for wrong in row.wrongs
    ] == [
        (11, "off_scale"), (28, "impossible_date"), (36, "missing"), (51, "formula"),
        (78, "not_an_email"), (99, "country_unknown"), (101, "not_a_number"),
    ]  # fmt: skip
    assert [
        (row.number, doubt.code) for row in received.rows for doubt in row.doubts
    ] == [
        (63, "sex_unknown"), (97, "kind_differs"), (103, "email_space"), (104, "email_space"),
        (105, "email_space"), (105, "markup"),
    ]  # fmt: skip


def test_this_is_everything_that_was_changed_or_understood(received: Reading) -> None:
    counts = Counter(note.code for row in received.rows for note in row.notes)
    assert counts == {
        "country_read": 45, "scripts_differ": 14, "day_first": 11, "capitals": 4,
        "number_repeated": 4, "single_name": 3, "spaces": 1, "email_case": 1,
    }  # fmt: skip


def test_what_no_note_speaks_of_is_as_it_was_written(received: Reading) -> None:
    """Texts are kept letter by letter; codes and numbers mean what the cell says."""
    texts = {"title", "family_name", "given_names", "organisation", "position", "email", "phone",
             "responsibility", "needs", "nominated_by", "nominator_email"}  # fmt: skip
    plain = {"male": "M", "female": "F", True: "Yes", False: "No", "government": "Government",
             "academia": "Academia", "civil_society": "Civil society"}  # fmt: skip
    for line in received.rows:
        noted = {note.field for note in line.notes if note.result}
        for column in received.columns:
            key = str(column.field)
            written = line.cells[column.index] if column.index < len(line.cells) else ""
            value = line.values.get(key)
            if value is None:
                asked = {finding.field for finding in (*line.doubts, *line.wrongs)}
                assert written == "" or key in asked, (line.number, key)
            elif key in texts - noted:
                assert value == written
            elif key in {"sex", "attended_before", "organisation_kind"}:
                assert plain[value] == written
            elif key in {"number", "years_experience", "english", "merit"}:
                assert str(value) == written


# The tidy list


def test_the_tidy_list_is_clear(clean: Reading) -> None:
    assert clean.header is not None
    assert (clean.header.row, len(clean.rows), clean.header.above) == (1, 64, ())
    assert [row.number for row in clean.rows if not row.is_clear] == []
    assert {note.code for row in clean.rows for note in row.notes} <= {
        "scripts_differ",
        "single_name",
    }


def test_the_tidy_list_has_namesakes_and_nobody_twice(clean: Reading) -> None:
    assert {pair.band for pair in same_people(people_of(clean))} == {Band.MAYBE}


# Settling


def test_a_settled_cell_is_read_as_it_was_settled_and_says_so() -> None:
    settled = reading_of(
        "nominations-as-received.xlsx",
        corrections={
            (99, "country"): "Sri Lanka", (63, "sex"): "male", (28, "endorsed_on"): "2007-02-28",
            (36, "email"): "p7031@vnm.example.org", (103, "email"): "p7011@kgz.example.org",
            (51, "family_name"): "Naidu", (101, "years_experience"): "10",
        },
    )  # fmt: skip
    values = {number: row(settled, number).values for number in (99, 63, 28, 36, 103, 51, 101)}
    assert values[99]["country"] == "LK"
    assert values[63]["sex"] == "male"
    assert values[28]["endorsed_on"] == date(2007, 2, 28)
    assert values[36]["email"] == "p7031@vnm.example.org"
    assert values[51]["name"] == "Rajesh Naidu"
    assert values[101]["years_experience"] == 10
    assert all(row(settled, number).is_clear for number in values)
    assert only(row(settled, 63).notes, "sex").code == "corrected"
