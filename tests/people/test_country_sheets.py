"""The list of countries goes out as a sheet, is edited there, and comes back whole or not."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from madang.core.commands import CommandError, Registry
from madang.people import command, countries, country_list, country_sheets
from madang.people.models import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    country_list.load()


def run(*words: str) -> int:
    """Run a command of this app as `madang` would."""
    import argparse

    registry = Registry()
    command.add_commands(registry)
    found = registry.commands[words[0], words[1]]
    parser = argparse.ArgumentParser()
    if found.arguments:
        found.arguments(parser)
    return found.run(parser.parse_args(words[2:])) or 0


def test_a_new_installation_gets_its_list(capsys) -> None:
    assert run("import", "countries", "--json") == 0
    assert json.loads(capsys.readouterr().out)["added"] == 249
    assert Country.objects.count() == 249


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_goes_out_comes_back_and_changes_nothing(
    loaded: None, tmp_path: Path, ending: str, capsys
) -> None:
    file = tmp_path / f"countries.{ending}"
    assert run("export", "countries", str(file)) == 0
    assert run("import", "countries", str(file)) == 0
    assert "249 rows: 0 countries changed, 0 spellings added." in capsys.readouterr().out


def test_names_and_spellings_edited_in_a_sheet_are_taken(loaded: None) -> None:
    line = {
        "alpha2": "tr",
        "name_fa": "جمهوری ترکیه",
        "is_listed": "no",
        "spellings": "Turquia; Land of Four Seas",
    }
    taken = country_sheets.take([line], actor=None)
    assert (taken.changed, taken.spellings, taken.refused) == (1, 1, [])
    turkey = countries.match("Land of Four Seas").country
    assert turkey is not None
    assert (turkey.name, turkey.is_listed) == ("Türkiye", False)
    assert turkey.wording("name", "fa") == "جمهوری ترکیه"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"alpha2": "ZZ"}, "“ZZ” is no two-letter code"),
        ({"name": "Nowhere"}, "“” is no two-letter code"),
        ({"alpha2": "FJ", "name": ""}, "Enter the short name"),
        ({"alpha2": "FJ", "status": "empire"}, "“empire” is no status"),
        ({"alpha2": "FJ", "associate_of": "moon"}, "“moon” is no regional commission"),
        ({"alpha2": "FJ", "is_listed": "perhaps"}, "Write yes or no"),
        ({"alpha2": "FJ", "spellings": "Tonga"}, "Lists mean Tonga"),
    ],
)
def test_one_wrong_row_and_nothing_is_taken(loaded: None, line: dict[str, str], why: str) -> None:
    good = {"alpha2": "WS", "name": "Samoa i Sisifo"}
    taken = country_sheets.take([good, line], actor=None)
    assert len(taken.refused) == 1
    assert taken.refused[0].startswith("Line 3: ")
    assert why in taken.refused[0]
    assert taken.changed == 0
    assert Country.objects.get(alpha2="WS").name == "Samoa"


def test_a_formula_in_a_name_goes_out_as_text(loaded: None, tmp_path: Path) -> None:
    country_sheets.take([{"alpha2": "FJ", "formal_name": "'=1+1"}], actor=None)
    assert Country.objects.get(alpha2="FJ").formal_name == "=1+1"
    file = tmp_path / "countries.xlsx"
    run("export", "countries", str(file))
    sheet = load_workbook(file).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_file_that_cannot_be_read_or_written_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        run("import", "countries", str(tmp_path / "missing.csv"))
    with pytest.raises(CommandError, match="ends in"):
        run("export", "countries", str(tmp_path / "countries.doc"))
    with pytest.raises(CommandError, match="can't be written"):
        run("export", "countries", str(tmp_path / "nowhere" / "countries.csv"))
