"""Files of strangers do no harm: neither on the pages nor from the shell."""

import re

import pytest
from django.test import override_settings

from madang.core import clock
from madang.core.models import StoredFile
from madang.nominations.models import Import, Nomination
from madang.nominations.sheets import Formula
from madang.nominations.sheets import read as read_sheets
from madang.site import cli
from tests.nominations import files
from tests.nominations.import_desk import NOW, ImportDesk, open_codes

pytestmark = pytest.mark.django_db

HEADINGS = ("Name", "Country", "E-mail", "Responsibility", "Organisation", "Sex",
            "Type of organisation", "Position")  # fmt: skip
SCRIPT = "<script>alert(1)</script>"
TYPES = {"[Content_Types]_xml": "<Types>spreadsheetml.sheet.main+xml</Types>"}
BOMB = files.raw_xlsx(files.worksheet("<row><c><v>1</v></c></row>" * 1_000_000))
ENTITIES = files.raw_xlsx(
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    + files.worksheet("<row><c t='inlineStr'><is><t>&b;</t></is></c></row>"),
    **TYPES,
)
OUTSIDE = files.raw_xlsx(
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + files.worksheet("<row><c t='inlineStr'><is><t>&a;</t></is></c></row>"),
    **TYPES,
)
MACROS = files.zipped({"[Content_Types].xml": "<Types/>", "xl/vbaProject.bin": "x"})
DAMAGED = files.xlsx(HEADINGS)[:400]


@pytest.fixture
def desk():
    with clock.at(NOW):
        yield ImportDesk()


def line(**cells):
    values = {
        "Name": "Laisa Vunibola", "Country": "Fiji", "E-mail": "laisa@example.org",
        "Responsibility": "Portals", "Organisation": "Ministry of Finance", "Sex": "F",
        "Type of organisation": "Government", "Position": "Director",
    } | cells  # fmt: skip
    return [values[heading] for heading in HEADINGS]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB, "unreasonable size"),
        (MACROS, "has macros"),
        (DAMAGED, "damaged"),
        (b"\x7fELF" + bytes(100), "not taken"),
        (b"", "empty"),
    ],
    ids=("bomb", "macros", "damaged", "program", "empty"),
)
def test_what_is_no_file_to_take_is_refused_at_the_door(desk, capsys, tmp_path, content, words):
    response = desk.upload(content)
    assert response.status_code == 200
    assert words in str(response.context["form"].errors)
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    assert cli.main(["import", "nominations", str(path), "--edition", desk.edition.slug]) == 1
    assert words in capsys.readouterr().err
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ENTITIES, "entities"),
        (OUTSIDE, "entities"),
        (b"%PDF-1.4\n" + b"x" * 100, "PDF"),
        (files.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "text document"),
    ],
    ids=("entities", "outside", "pdf", "document"),
)
def test_what_can_t_be_read_says_why_and_can_be_discarded(desk, capsys, tmp_path, content, words):
    batch = desk.bring(content)
    assert batch.state == "unreadable"
    assert words in desk.get(batch).content.decode()
    desk.client.post(desk.url("import_discard", batch.pk))
    batch.refresh_from_db()
    assert batch.state == "discarded"
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    assert cli.main(["import", "nominations", str(path), "--edition", desk.edition.slug]) == 1
    assert words in capsys.readouterr().err
    assert Import.objects.count() == 1


@override_settings(MADANG_FILE_LIMIT=1000)
def test_a_file_beyond_the_limit_is_refused(desk):
    response = desk.upload(files.xlsx(HEADINGS, line()))
    assert "too large" in str(response.context["form"].errors)
    assert not Import.objects.exists()


def test_a_formula_is_never_worked_out_and_never_one_again(desk):
    attack = '=HYPERLINK("http://198.51.100.7/x","click")'
    batch = desk.bring(files.xlsx(HEADINGS, line(Name=attack), line(Position="@SUM(A1)")))
    assert open_codes(batch)[2] == ["formula:name"]
    assert "formula:position" in open_codes(batch)[3]
    address = desk.url("import_rejected", batch.pk)
    content = b"".join(desk.client.get(address, {"format": "xlsx"}).streaming_content)
    cells = [cell for row in read_sheets(content).sheets[0].rows for cell in row.cells]
    assert attack in cells
    assert not [cell for cell in cells if isinstance(cell, Formula)]
    # Typed by hand it is one no less.
    desk.settle_line(batch, 2, cell_0="typed", typed_0="=1+1")
    assert open_codes(batch)[2] == ["formula:name"]


def test_a_script_is_a_text_like_any_other_on_every_page(desk):
    batch = desk.bring(
        files.xlsx(
            (*HEADINGS[:-1], f"Position {SCRIPT}"),
            line(Responsibility=SCRIPT, Organisation=SCRIPT, Country=SCRIPT),
            line(Name=f"Laisa {SCRIPT}"),
            **{"Notes & more": [[SCRIPT]]},
        )
    )
    addresses = [
        desk.url("imports"), desk.url("import", batch.pk), desk.url("import_reading", batch.pk),
        desk.url("import_row", batch.pk, 2), desk.url("import_row", batch.pk, 3),
    ]  # fmt: skip
    for address in addresses:
        text = desk.client.get(address).content.decode()
        assert SCRIPT not in text
        assert not re.search(r"<script>(?!\s*</script>)alert", text)
    assert "&lt;script&gt;" in desk.client.get(addresses[3]).content.decode()


def test_a_list_beyond_what_is_read_is_refused_with_the_way_out(desk):
    rows = [[f"Name {number}", "FJ", "a@example.org"] for number in range(20_001)]
    batch = desk.bring(files.csv(HEADINGS[:3], *rows), "list.csv")
    assert batch.state == "unreadable"
    assert "Send the list in parts" in batch.refusal
    assert not Nomination.objects.exists()
