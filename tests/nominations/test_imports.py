"""The list as ministries sent it, from the upload to nominations, on the secretariat's pages."""

import pytest

from madang.core import clock, files
from madang.core.models import AuditEntry, StoredFile
from madang.nominations.importing.lines import Line
from madang.nominations.models import Merit, Nomination
from madang.nominations.sheets import read as read_sheets
from tests.nominations.import_desk import NOW, ImportDesk, left, open_codes, outcomes
from tests.nominations.received import FOLDER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here"),
]


@pytest.fixture
def desk():
    with clock.at(NOW):
        yield ImportDesk()


def test_the_whole_story_of_the_list_as_received(desk):
    batch = desk.bring_received()
    assert batch.state == "open"
    assert outcomes(batch) == {"new": 89, "repeated": 4, "wrong": 7}

    page = desk.get(batch)
    text = page.content.decode()
    assert page.context["counts"].open == 31
    assert "Selection: about 40 seats, at most 3 a country" in text
    assert "Second Regional Training Workshop" in text
    assert "&lt;script&gt;" not in text

    # Many alike at once.
    assert desk.settle(batch, "email_space:email", "suggestion") == ["3 lines are settled."]
    assert desk.settle(batch, "markup:responsibility", "keep") == ["1 line is settled."]
    assert desk.settle(batch, "repeated", "skip") == ["4 lines are settled."]
    assert desk.settle(batch, "maybe", "take") == ["19 lines are settled."]
    assert desk.settle(batch, "off_scale:english", "empty") == ["1 line is settled."]
    assert desk.settle(batch, "not_a_number:years_experience", "suggestion")
    assert desk.settle(batch, "kind_differs:organisation_kind", "suggestion")
    # One by one.
    desk.settle_line(batch, 99, cell_0="take_0")
    desk.settle_line(batch, 63, cell_0="typed", typed_0="female")
    desk.settle_line(batch, 51, cell_0="typed", typed_0="Naidu")
    desk.settle_line(batch, 28, cell_0="empty")
    assert open_codes(batch) == {36: ["missing:email"], 78: ["not_an_email:email"]}
    assert left(batch) == {36, 78, 102, 103, 104, 105}

    confirm = desk.client.get(desk.url("import_write", batch.pk)).content.decode()
    assert "94 new nominations are entered" in confirm
    assert "6 lines are left out" in confirm
    assert "can&#x27;t be undone" in confirm
    job = desk.write(batch, take_merit="on")
    assert (job.state, job.message) == ("done", "94 new, 0 changed, 6 lines left out.")

    nominations = Nomination.objects.filter(edition=desk.edition)
    assert nominations.count() == 94
    assert set(nominations.values_list("state", "origin")) == {("submitted", "spreadsheet")}
    assert Merit.objects.filter(origin="imported").count() == 94
    by_line = {row.number: row.nomination for row in batch.rows.select_related("nomination")}
    assert by_line[99].country.alpha2 == "LK"
    assert by_line[63].sex == "female"
    assert by_line[51].person.name == "Rajesh Naidu"
    assert by_line[51].family_name == "Naidu"
    assert by_line[28].endorsed_on is None
    assert by_line[11].language_level is None
    assert by_line[101].years_experience == 10
    assert by_line[97].sector == "academia"
    assert by_line[5].person.name == "Farid احمدی"
    assert by_line[36] is None
    written = AuditEntry.objects.get(verb="import.written")
    assert written.actor_id == desk.account.audit_id
    assert written.facts == {"new": 94, "changed": 0, "left": 6, "merits": 94}


def test_the_lines_left_out_come_back_as_a_workbook_with_all_cells_and_reasons(desk):
    batch = desk.bring_received()
    desk.settle(batch, "repeated", "skip")
    address = desk.url("import_rejected", batch.pk)
    content = b"".join(desk.client.get(address, {"format": "xlsx"}).streaming_content)
    heading, *rows = [row.cells for row in read_sheets(content).sheets[0].rows]
    assert heading[:3] == ("No.", "Title", "Family name")
    assert heading[-2:] == ("Line in the file", "Why")
    by_line = {row[-2]: row for row in rows}
    assert len(rows) == 31
    assert by_line[51][2] == '=HYPERLINK("http://198.51.100.7/x","click")'
    assert "C51: This is a formula" in by_line[51][-1]
    assert "Formulas are not worked out here" in by_line[51][-1]
    assert "“Atlantis” is no country" in by_line[99][-1]
    assert "There is no day 31/02/2007." in by_line[28][-1]
    assert by_line[102][-1] == "The same person as line 93; left out by decision."
    assert "may be the same person as somebody else" in by_line[37][-1]
    assert desk.client.get(address).status_code == 404


def test_the_same_file_again_says_nothing_new(desk):
    batch = desk.bring_received()
    desk.settle(batch, "email_space:email", "suggestion")
    desk.settle(batch, "markup:responsibility", "keep")
    desk.settle(batch, "repeated", "merge")
    desk.settle(batch, "maybe", "take")
    for code in ("off_scale:english", "impossible_date:endorsed_on", "sex_unknown:sex"):
        desk.settle(batch, code, "empty")
    desk.settle(batch, "kind_differs:organisation_kind", "keep")
    for code in ("missing:email", "not_an_email:email", "formula:family_name",
                 "country_unknown:country", "not_a_number:years_experience"):  # fmt: skip
        desk.settle(batch, code, "skip")
    assert open_codes(batch) == {}
    job = desk.write(batch)
    # Lines 102–105 went with earlier ones; without a sex line 63 stays a draft.
    assert job.message == (
        "91 new, 0 changed, 5 lines left out. 1 is a draft, since something is missing."
    )
    again = desk.bring_received()
    assert outcomes(again) == {"same": 100}
    assert open_codes(again) == {}
    assert "import_write" not in desk.get(again).content.decode()
    assert desk.client.get(desk.url("import_write", again.pk)).status_code == 302


def test_the_repeated_lines_of_the_embassy_change_what_they_say_newer(desk):
    batch = desk.bring_received()
    desk.settle(batch, "email_space:email", "suggestion")
    desk.settle(batch, "markup:responsibility", "keep")
    desk.settle(batch, "repeated", "merge")
    desk.write(batch)
    rows = {row.number: row for row in batch.rows.select_related("nomination__person")}
    assert rows[93].nomination == rows[102].nomination
    merged = rows[93].nomination
    # Capitals alone are nothing new; who nominates is.
    assert merged.person.name == Line.of(rows[93]).name
    assert merged.nominator == "Embassy"


def test_the_tidy_list_is_written_as_it_is_after_namesakes_are_looked_at(desk):
    batch = desk.bring_received("nominations-clean.xlsx")
    assert outcomes(batch) == {"new": 64}
    assert {code for codes in open_codes(batch).values() for code in codes} <= {"maybe"}
    desk.settle(batch, "maybe", "take")
    assert desk.write(batch).message == "64 new, 0 changed, 0 lines left out."


def test_what_was_read_is_nowhere_in_clear(desk):
    batch = desk.bring_received()
    row = batch.rows.get(number=9)
    assert "Chea" in row.content
    stored = type(row).objects.filter(pk=row.pk).extra(select={"raw": "content"})
    assert "Chea" not in str(stored.values_list("raw", flat=True)[0])
    file = StoredFile.objects.get(owner_id=batch.pk)
    assert file.subject_id == batch.subject_id
    assert files.content(file) == (FOLDER / "nominations-as-received.xlsx").read_bytes()
    facts = [str(entry.facts) for entry in AuditEntry.objects.all()]
    assert not [it for it in facts if "Chea" in it]
