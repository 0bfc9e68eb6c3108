"""The list as ministries sent it: what was understood or changed in it, and says so."""

from datetime import date

import pytest

from madang.nominations.reading.rows import Reading
from tests.nominations.received import FOLDER, notes, only, reading_of, row

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here")


@pytest.fixture(scope="module")
def received() -> Reading:
    return reading_of("nominations-as-received.xlsx")


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
