"""The same from the shell: `madang import nominations FILE --edition …`."""

import json

import pytest

from madang.core import clock
from madang.core.models import AuditEntry, StoredFile
from madang.nominations.models import Import, Merit, Nomination
from madang.nominations.sheets import read as read_sheets
from madang.site import cli
from tests.factories import make_account
from tests.nominations.import_desk import NOW, ImportDesk
from tests.nominations.received import FOLDER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here"),
]


@pytest.fixture
def desk():
    with clock.at(NOW):
        yield ImportDesk()


def run(desk, *options, name="nominations-as-received.xlsx"):
    slug = desk.edition.slug
    return cli.main(["import", "nominations", str(FOLDER / name), "--edition", slug, *options])


def test_a_dry_run_tells_everything_and_writes_nothing(desk, capsys):
    before = AuditEntry.objects.count()
    assert run(desk, "--dry-run") == 1
    told = capsys.readouterr()
    assert "100 lines: 89 new; 4 seems to be in the file twice; 7 can't be taken" in told.out
    assert "Nothing was written. It would be: 69 new, 0 changed, 31 lines left out." in told.out
    assert len(told.err.splitlines()) == 31
    assert "Line 51 (Rajesh) is left out. C51: This is a formula" in told.err
    assert "“Atlantis” is no country" in told.err
    for model in (Import, Nomination, StoredFile):
        assert not model.objects.exists()
    assert AuditEntry.objects.count() == before


def test_without_settling_only_what_is_not_doubtful_is_written(desk, capsys, tmp_path):
    rejected = tmp_path / "left.xlsx"
    account = desk.account.email
    code = run(desk, "--take-merit", "--as", account, "--rejected", str(rejected), "--json")
    assert code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["written"] == {"new": 69, "changed": 0, "left": 31, "incomplete": 0}
    assert len(told["left_out"]) == 31
    assert Nomination.objects.count() == Merit.objects.count() == 69
    rows = read_sheets(rejected.read_bytes()).sheets[0].rows
    assert [row.cells[-2] for row in rows[1:]] == [it["line"] for it in told["left_out"]]
    assert Import.objects.get().state == "written"
    assert AuditEntry.objects.get(verb="import.written").actor_id == desk.account.audit_id


def test_suggestions_are_accepted_on_request(desk, capsys):
    assert run(desk, "--accept-suggestions") == 1
    told = capsys.readouterr()
    # One kind of organisation; and four lines that go with others, three with addresses mended,
    # one of which holds a script, which nobody accepted.
    assert "Written: 70 new, 0 changed, 27 lines left out." in told.out
    assert "“Atlantis” is no country" in told.err
    assert Merit.objects.count() == 0


def test_a_list_in_which_nothing_is_open_leaves_nothing_out(desk, capsys, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name,Country,E-mail\nLaisa Vunibola,FJ,laisa@example.org\n")
    slug = desk.edition.slug
    assert cli.main(["import", "nominations", str(path), "--edition", slug]) == 0
    assert "Written: 1 new" in capsys.readouterr().out
    assert cli.main(["import", "nominations", str(path), "--edition", slug]) == 0
    assert "There is nothing to write." in capsys.readouterr().out


def test_what_can_not_be_done_is_said(desk, capsys, tmp_path):
    stranger = make_account(roles=["director"]).email
    assert run(desk, "--as", stranger) == 1
    assert "may bring nominations" in capsys.readouterr().err
    assert run(desk, "--sheet", "Notes", "--header-row", "90") == 1
    assert "--header-row" in capsys.readouterr().err
    assert run(desk, name="missing.xlsx") == 1
    assert "can't be read" in capsys.readouterr().err
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    assert cli.main(["import", "nominations", str(path), "--edition", "nowhere"]) == 1
    assert "There is no edition" in capsys.readouterr().err
    assert not Import.objects.exists()
