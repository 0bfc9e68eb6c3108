"""Countries are recognised in lists as they are really written, and never taken for another."""

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from madang.people import country_list
from madang.people.countries import Certainty, Index, normalize, slips
from madang.people.models import Country

ENTRIES = country_list.published()
EVERY_NAME = [(name.text, entry.values["alpha2"]) for entry in ENTRIES for name in entry.names]


@pytest.fixture(scope="module")
def index() -> Index:
    """The published list, without a database."""
    countries = {entry.values["alpha2"]: Country(**entry.values) for entry in ENTRIES}
    names = [(normalize(text), countries[alpha2].pk) for text, alpha2 in EVERY_NAME]
    return Index(countries.values(), names)


def meant(index: Index, text: str) -> str | None:
    country = index.match(text).country
    return country.alpha2 if country else None


def test_every_name_means_its_own_country_exactly(index: Index) -> None:
    for text, alpha2 in EVERY_NAME:
        match = index.match(text)
        assert (match.certainty, match.country and match.country.alpha2) == (
            Certainty.EXACT,
            alpha2,
        ), text


def test_no_two_countries_share_a_name() -> None:
    owners: dict[str, str] = {}
    for text, alpha2 in EVERY_NAME:
        assert owners.setdefault(normalize(text), alpha2) == alpha2, text


def test_codes_are_recognised_in_any_case(index: Index) -> None:
    for entry in ENTRIES:
        alpha2 = entry.values["alpha2"]
        for code in (alpha2, entry.values["alpha3"], entry.values["alpha3"].lower()):
            assert meant(index, code) == alpha2
        assert meant(index, entry.values["numeric"]) == alpha2


def test_every_spelling_in_the_nominations_is_recognised(index: Index, shared_data: Path) -> None:
    file = shared_data / "nominations" / "nominations-as-received.xlsx"
    rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    header = next(row for row in rows if "Country" in row)
    column = header.index("Country")
    written = {str(row[column]) for row in rows if row[column]}
    assert len(written) > 50
    not_recognised = {
        text for text in written if index.match(text).certainty is not Certainty.EXACT
    }
    assert not_recognised == {"Atlantis"}
    assert index.match("Atlantis").country is None


def test_every_name_in_the_published_indices_is_recognised(index: Index, shared_data: Path) -> None:
    with (shared_data / "indices" / "egdi_2003_2024.csv").open(encoding="utf-8") as file:
        rows = {(row["iso3"], row["country"]) for row in csv.DictReader(file)}
    assert len(rows) >= 193
    for alpha3, name in rows:
        match = index.match(name)
        assert match.certainty is Certainty.EXACT, name
        assert match.country is not None
        assert match.country.alpha3 == alpha3, name


def test_the_world_banks_names_are_recognised_too(index: Index, shared_data: Path) -> None:
    # Codes that the World Bank used before those of ISO 3166; Kosovo has none there.
    older = {"ADO": "AND", "ROM": "ROU", "TMP": "TLS", "WBG": "PSE", "ZAR": "COD"}
    path = shared_data / "indices" / "gtmi_2020_2022_2025.csv"
    with path.open(encoding="utf-8") as file:
        rows = {(row["country_code"], row["country_name"]) for row in csv.DictReader(file)}
    for code, name in rows - {("KSV", "Kosovo")}:
        country = index.match(name).country
        assert country is not None, name
        assert country.alpha3 == older.get(code, code), name


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("Korea (Republic of)", "KR"),
        ("Republic of Korea", "KR"),
        ("S. Korea", "KR"),
        ("KOREA, REP. OF", "KR"),
        ("대한민국", "KR"),
        ("DPRK", "KP"),
        ("D.P.R. Korea", "KP"),
        ("Dem. People’s Rep. of Korea", "KP"),
        ("کرهٔ شمالی", "KP"),
        ("کره جنوبی", "KR"),
        ("Congo", "CG"),
        ("Congo, Rep.", "CG"),
        ("République du Congo", "CG"),
        ("Congo, Dem. Rep.", "CD"),
        ("DR Congo", "CD"),
        ("Congo (Democratic Republic of the)", "CD"),
        ("Guinea", "GN"),
        ("Guinea Bissau", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("PNG", "PG"),
        ("Dominica", "DM"),
        ("Dominican Rep.", "DO"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Austria", "AT"),
        ("Australia", "AU"),
        ("Socialist Republic of Viet Nam", "VN"),
        ("Việt Nam", "VN"),
        ("Lao P.D.R.", "LA"),
        ("ສປປ ລາວ", "LA"),
        ("TÜRKİYE", "TR"),
        ("Turkey", "TR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("جمهوری اسلامی ایران", "IR"),
        ("Micronesia, Federated States of", "FM"),
        ("Fed. States of Micronesia", "FM"),
        ("Côte d’Ivoire", "CI"),
        ("St. Kitts & Nevis", "KN"),
        ("Brunei", "BN"),
        ("The Gambia", "GM"),
        ("P. R. China", "CN"),
        ("Hong Kong SAR", "HK"),
        ("Macau", "MO"),
        ("Российская Федерация", "RU"),
        ("日本", "JP"),
        ("ประเทศไทย", "TH"),
        ("ព្រះរាជាណាចក្រកម្ពុជា", "KH"),
        ("မြန်မာ", "MM"),
        ("नेपाल", "NP"),
        ("  uZbEkIsTaN ", "UZ"),
    ],
)
def test_a_spelling_from_real_lists_is_recognised(index: Index, text: str, alpha2: str) -> None:
    match = index.match(text)
    assert match.certainty is Certainty.EXACT
    assert meant(index, text) == alpha2


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("Kirybati", "KI"),
        ("Tajkistan", "TJ"),
        ("Bangaldesh", "BD"),
        ("Republic of the Philipines", "PH"),
        ("Kingdom of Bhutann", "BT"),
        ("Government of Samoa", "WS"),
        ("Democratic Socialist Republic of Sri Lnka", "LK"),
        ("Montenegrro", "ME"),
    ],
)
def test_a_slip_of_the_keyboard_is_likely_and_waits_for_a_person(
    index: Index, text: str, alpha2: str
) -> None:
    match = index.match(text)
    assert match.certainty is Certainty.LIKELY
    assert meant(index, text) == alpha2


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Korea", {"KR", "KP"}),
        ("Koria", {"KR", "KP"}),
        ("Austrlia", {"AT", "AU"}),
        ("Nigera", {"NE", "NG"}),
        ("Dominica Republic", {"DM", "DO"}),
        ("New Guinea", {"PG"}),
        ("Congoo", {"CG"}),
        ("Virgin Islands", {"VG", "VI"}),
    ],
)
def test_what_may_be_several_countries_is_left_to_a_person(
    index: Index, text: str, near: set[str]
) -> None:
    match = index.match(text)
    assert match.certainty is Certainty.NONE
    assert match.country is None
    assert near <= {country.alpha2 for country in match.candidates}


@pytest.mark.parametrize("text", ["", "   ", "Atlantis", "n/a", "the", "…", None, "x" * 10_000])
def test_what_is_no_country_matches_none(index: Index, text: str | None) -> None:
    assert index.match(text).certainty is Certainty.NONE


CONFUSABLE = [
    {"KR", "KP"}, {"CG", "CD"}, {"GN", "GW", "GQ", "PG"}, {"DM", "DO"}, {"NE", "NG"},
    {"AT", "AU"}, {"WS", "AS"}, {"SD", "SS"}, {"IE", "GB"}, {"VG", "VI"}, {"IR", "IQ"},
]  # fmt: skip
LATIN_NAMES = [(text, alpha2) for text, alpha2 in EVERY_NAME if text.isascii() and len(text) > 3]


@given(
    name=st.sampled_from(
        [(text, a2) for text, a2 in LATIN_NAMES if any(a2 in group for group in CONFUSABLE)]
    ),
    place=st.integers(0, 60),
    letter=st.sampled_from("aeinorstl"),
    kind=st.sampled_from(["out", "in", "mistaken", "swapped"]),
)
def test_one_slip_never_leads_to_a_neighbour(
    index: Index, name: tuple[str, str], place: int, letter: str, kind: str
) -> None:
    text, alpha2 = name
    i = place % (len(text) - 1)
    slipped = {
        "out": text[:i] + text[i + 1 :],
        "in": text[:i] + letter + text[i:],
        "mistaken": text[:i] + letter + text[i + 1 :],
        "swapped": text[:i] + text[i + 1] + text[i] + text[i + 2 :],
    }[kind]
    match = index.match(slipped)
    others = set().union(*(group for group in CONFUSABLE if alpha2 in group)) - {alpha2}
    if match.certainty is Certainty.LIKELY:
        assert match.country is not None
        assert match.country.alpha2 not in others, slipped


@given(st.text(max_size=60) | st.sampled_from([text for text, _alpha2 in EVERY_NAME]))
@example("D.P.R.K.")
@example("S. A. B")
@example("ﬁ ½ ´ ŉ İ")
@example("é a\u0301 \u200c ـ")
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.sampled_from(LATIN_NAMES), st.randoms(use_true_random=False))
def test_case_spaces_and_full_stops_do_not_matter(name: tuple[str, str], random) -> None:
    text, _alpha2 = name
    told = "".join(letter.upper() if random.random() < 0.5 else letter for letter in text)
    assert normalize(f"  {told.replace(' ', '   ')} ") == normalize(text)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(index: Index, text: str) -> None:
    match = index.match(text)
    assert (match.country is None) == (match.certainty is Certainty.NONE)
    assert len(match.candidates) <= 5


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 8))
def test_slips_are_a_distance(one: str, other: str, limit: int) -> None:
    distance = slips(one, other, 20)
    assert distance == slips(other, one, 20)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))
    assert slips(one, other, limit) == min(distance, limit + 1)
