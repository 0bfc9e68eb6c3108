"""The list of the founding workshop as ministries sent it: every oddity in it, one by one.

There are 101 lines below the headings: 100 nominations and an empty one. The tests hold the whole
of what is doubtful, wrong or changed in it, so that an oddity that a change finds or loses shows.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from madang.nominations.reading.matching import Band, people_of, same_people
from madang.nominations.reading.nominations import read_nominations
from madang.nominations.reading.rows import Doubt, Finding, Note, Reading, ReadRow, Wrong
from madang.nominations.sheets import read
from tests.nominations.files import index
from tests.support.shared import shared_data

FOLDER = (shared_data() or Path()) / "nominations"
TODAY = date(2007, 9, 20)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")


def reading_of(name: str, **options: object) -> Reading:
    book = read((FOLDER / name).read_bytes())
    return read_nominations(book.sheets, countries=index(), today=TODAY, **options)


@pytest.fixture(scope="module")
def received() -> Reading:
    return reading_of("nominations-as-received.xlsx")


@pytest.fixture(scope="module")
def clean() -> Reading:
    return reading_of("nominations-clean.xlsx")


def row(reading: Reading, number: int) -> ReadRow:
    return next(row for row in reading.rows if row.number == number)


def only(findings: tuple[Finding, ...], field: str) -> Finding:
    (found,) = [finding for finding in findings if finding.field == field]
    assert found.message
    return found


def doubt(reading: Reading, number: int, field: str) -> Doubt:
    found = only(row(reading, number).doubts, field)
    assert isinstance(found, Doubt)
    return found


def wrong(reading: Reading, number: int, field: str) -> Wrong:
    found = only(row(reading, number).wrongs, field)
    assert isinstance(found, Wrong)
    return found


def notes(reading: Reading, code: str) -> list[tuple[int, Note]]:
    return [(row.number, note) for row in reading.rows for note in row.notes if note.code == code]


def offered(finding: Doubt | Wrong) -> list[object]:
    return [suggestion.value for suggestion in finding.suggestions]


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


# What was changed or understood, and says so


def test_spaces_around_an_organisation_are_taken_out(received: Reading) -> None:
    ((number, note),) = notes(received, "spaces")
    assert number == 97
    assert (note.original, note.result) == (
        "  Civil Service Institute\xa0",
        "Civil Service Institute",
    )


def test_an_address_in_capitals_keeps_its_own_part_and_loses_those_of_the_domain(
    received: Reading,
) -> None:
    ((number, note),) = notes(received, "email_case")
    assert number == 102
    assert (note.original, note.result) == ("P7087@KHM.EXAMPLE.ORG", "P7087@khm.example.org")


def test_days_with_two_readings_are_settled_by_their_column(received: Reading) -> None:
    """“20/08/2007” in row 6 has only one reading; so “09/07/2007” in row 7 is the 9th of July."""
    (settled,) = [note for note in received.notes if note.field == "endorsed_on"]
    assert (settled.code, settled.details["row"]) == ("column_day_first", 6)
    assert [number for number, _note in notes(received, "day_first")] == [
        7, 11, 15, 18, 26, 45, 56, 58, 89, 97, 105,
    ]  # fmt: skip
    assert row(received, 7).values["endorsed_on"] == date(2007, 7, 9)
    assert not [doubt for row in received.rows for doubt in row.doubts if "date" in doubt.code]


@pytest.mark.parametrize(
    ("number", "written", "day"),
    [
        (5, "2007-09-07", date(2007, 9, 7)),
        (6, "20/08/2007", date(2007, 8, 20)),
        (13, "01 Jul 2007", date(2007, 7, 1)),
        (8, "2007-08-27", date(2007, 8, 27)),  # A date of the spreadsheet's own.
        (67, "07/07/2007", date(2007, 7, 7)),  # The same either way.
    ],
)
def test_each_of_the_ways_of_writing_a_day(
    received: Reading, number: int, written: str, day: date
) -> None:
    assert row(received, number).cells[18] == written
    assert row(received, number).values["endorsed_on"] == day


@pytest.mark.parametrize(
    ("number", "written", "code"),
    [
        (5, "AFG", "AF"), (8, "Brunei", "BN"), (11, "Fiji Islands", "FJ"),
        (12, "Republic of India", "IN"), (14, "Iran", "IR"), (15, "Қазақстан", "KZ"),
        (16, "Kyrgyz Republic", "KG"), (17, "Laos", "LA"), (24, "PNG", "PG"),
        (26, "South Korea", "KR"), (28, "Solomon Is.", "SB"),
        (29, "Democratic Socialist Republic of Sri Lanka", "LK"),
        (31, "Kingdom of Thailand", "TH"), (37, "Lao PDR", "LA"),
        (38, "Rep. of Indonesia", "ID"), (40, "East Timor", "TL"), (47, "The Philippines", "PH"),
        (49, "Republic of Maldives", "MV"), (57, "Islamic Rep. of Pakistan", "PK"),
        (67, "P.R. China", "CN"), (68, "Independent State of Samoa", "WS"),
        (70, "Burma/Myanmar", "MM"), (84, "Iran, Islamic Rep.", "IR"),
        (86, "Islamic Republic of Afghanistan", "AF"), (87, "Монгол Улс", "MN"),
        (91, "O‘zbekiston", "UZ"), (93, "Kingdom of Cambodia", "KH"), (95, "Vietnam", "VN"),
    ],
)  # fmt: skip
def test_countries_as_ministries_write_them(
    received: Reading, number: int, written: str, code: str
) -> None:
    assert row(received, number).cells[5] == written
    assert row(received, number).values["country"] == code
    assert only(row(received, number).notes, "country").original == written


def test_a_hyphen_left_out_of_a_country_needs_no_remark(received: Reading) -> None:
    assert row(received, 32).cells[5] == "Timor Leste"
    assert row(received, 32).values["country"] == "TL"
    assert not row(received, 32).notes


@pytest.mark.parametrize(
    ("number", "family", "given", "name"),
    [
        (5, "احمدی", "Farid", "Farid احمدی"),
        (9, "Chea", "សុខា", "Chea សុខា"),
        (10, "李", "Fang", "李 Fang"),
        (15, "Абдрахманов", "Aigul", "Aigul Абдрахманов"),
        (22, "अधिकारी", "Bikash", "Bikash अधिकारी"),
        (26, "Park", "성호", "Park 성호"),
        (53, "Aung", "ခင်မာ", "ခင်မာ Aung"),
        (73, "Karimi", "حمید", "حمید Karimi"),
        (99, "சிவகுமார்", "Nimal", "Nimal சிவகுமார்"),
        (101, "วงศ์สวัสดิ์", "Somchai", "Somchai วงศ์สวัสดิ์"),
    ],
)
def test_a_name_in_two_scripts_keeps_both(
    received: Reading, number: int, family: str, given: str, name: str
) -> None:
    values = row(received, number).values
    assert (values["family_name"], values["given_names"], values["name"]) == (family, given, name)
    assert number in [number for number, _note in notes(received, "scripts_differ")]


def test_a_name_wholly_in_another_script_is_whole(received: Reading) -> None:
    assert row(received, 20).values["name"] == "Бат-Эрдэнэ Мөнх"
    assert row(received, 36).values["name"] == "Phạm Thị Lan"


@pytest.mark.parametrize(("number", "name"), [(13, "Sutrisno"), (21, "U Tin Maung")])
def test_someone_with_one_name_has_no_family_name(
    received: Reading, number: int, name: str
) -> None:
    values = row(received, number).values
    assert (values["name"], values["name_order"]) == (name, "single")
    assert "family_name" not in values
    assert row(received, number).is_clear


def test_an_apostrophe_that_begins_a_name_belongs_to_it(received: Reading) -> None:
    assert row(received, 33).values["name"] == "‘Ana Fifita"
    assert row(received, 33).is_clear


def test_nobody_is_taken_for_inexperienced_who_has_no_years_yet(received: Reading) -> None:
    assert row(received, 20).values["years_experience"] == 0


def test_names_in_capitals_are_noticed_and_kept(received: Reading) -> None:
    assert {(number, note.result) for number, note in notes(received, "capitals")} == {
        (102, "SREYMOM"), (103, "AIZADA"), (104, "МӨНХ"), (105, "KARMA"),
    }  # fmt: skip


def test_numbers_that_are_given_twice_are_noticed(received: Reading) -> None:
    repeated = {number: note.details["row"] for number, note in notes(received, "number_repeated")}
    assert repeated == {102: 93, 103: 16, 104: 20, 105: 7}


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
