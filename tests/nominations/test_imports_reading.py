"""Files read in one way and another: columns, encodings, kinds, and who is there already."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.core import clock
from madang.core.models import StoredFile
from madang.nominations import involvement
from madang.nominations.actions import import_settling, imports
from madang.nominations.importing.lines import Line
from madang.nominations.models import Import, ImportRow, KnownHeading, Nomination
from madang.people.actions.refusal import RefusedError
from madang.people.models import Country
from tests.factories import make_person
from tests.nominations import files
from tests.nominations.factories import make_nomination, make_question
from tests.nominations.import_desk import NOW, ImportDesk, left, open_codes, outcomes

pytestmark = pytest.mark.django_db

HEADINGS = ("Family name", "Given names", "Sex", "Country", "Organisation",
            "Type of organisation", "E-mail", "Position")  # fmt: skip
LAISA = ("Vunibola", "Laisa", "F", "Fiji", "Ministry of Finance", "Government",
         "laisa@example.org", "Director")  # fmt: skip
TOMASI = ("Koroi", "Tomasi", "M", "Fiji", "Ministry of Health", "Government",
          "tomasi@example.org", "Head of ICT")  # fmt: skip


@pytest.fixture
def desk():
    with clock.at(NOW):
        yield ImportDesk()


def fiji():
    return Country.objects.get(alpha2="FJ")


def nomination_of_laisa(edition, **fields):
    person = make_person(
        "Laisa Vunibola", email="laisa@example.org", position="Director", country=fiji()
    )
    values = {
        "organisation_name": "Ministry of Finance", "family_name": "Vunibola",
        "given_names": "Laisa", "country": fiji(),
    } | fields  # fmt: skip
    return make_nomination(edition, person, **values)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", files.xlsx(HEADINGS, LAISA, TOMASI)),
        ("list.ods", files.ods_of(HEADINGS, LAISA, TOMASI)),
        ("list.csv", files.csv(HEADINGS, LAISA, TOMASI)),
        ("list.csv", files.csv(HEADINGS, LAISA, TOMASI, delimiter=";", encoding="utf-16")),
    ],
    ids=("xlsx", "ods", "csv", "utf-16"),
)
def test_each_kind_of_file_becomes_the_same_nominations(desk, name, content):
    desk.call.endorsement_needed = False
    desk.call.save()
    batch = desk.bring(content, name)
    assert outcomes(batch) == {"new": 2}
    assert desk.write(batch).message == "2 new, 0 changed, 0 lines left out."
    laisa, tomasi = Nomination.objects.order_by("number")
    assert (laisa.person.name, laisa.sex, laisa.sector) == (
        "Laisa Vunibola", "female", "government",
    )  # fmt: skip
    assert tomasi.person.email == "tomasi@example.org"
    assert tomasi.organisation_name == "Ministry of Health"


def test_a_csv_file_of_an_old_program_is_read_and_another_encoding_can_be_chosen(desk):
    rows = [("Имя", "Страна", "E-mail"), ("Фаррух Саидов", "Таджикистан", "f@example.org")]
    batch = desk.bring(files.csv(*rows, delimiter=";", encoding="cp1251"), "list.csv")
    (row,) = batch.rows.all()
    assert Line.of(row).name == "Фаррух Саидов"
    desk.read_again(batch, encoding="cp866")
    (row,) = batch.rows.all()
    assert Line.of(row).name != "Фаррух Саидов"


def test_a_column_that_nobody_knew_is_mapped_by_hand_and_remembered_for_the_series(desk):
    heading = ("Nom de jeune fille", "Who", "Where", "Mail")
    sheet = [heading, ("x", "Laisa Vunibola", "Fiji", "laisa@example.org")]
    batch = desk.bring(files.xlsx(*sheet))
    assert not batch.rows.exists()
    assert "No table of nominations was found" in desk.get(batch).content.decode()
    desk.read_again(batch, header_row="1")
    desk.read_again(batch, column_1="name", column_2="country", column_3="email", column_0="")
    assert batch.mapping == {"1": "name", "2": "country", "3": "email"}
    (row,) = batch.rows.all()
    assert Line.of(row).values["country"] == "FJ"
    assert KnownHeading.objects.get(heading="who").field == "name"
    assert KnownHeading.objects.get(heading="nom de jeune fille").field == ""
    again = desk.bring(files.xlsx(*sheet))
    assert again.mapping == batch.mapping
    assert outcomes(again) == outcomes(batch)


def test_two_columns_do_not_hold_the_same_and_somebody_has_to_be_named(desk):
    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    answer = desk.read_again(batch, column_1="family_name")
    assert "Column A holds this already." in answer.content.decode()
    answer = desk.read_again(batch, column_0="", column_1="")
    assert "Say which column holds the names." in answer.content.decode()
    assert batch.state == "open"


def test_what_was_settled_stays_settled_when_the_file_is_read_again(desk):
    wrong = (*LAISA[:3], "Atlantis", *LAISA[4:])
    batch = desk.bring(files.xlsx(HEADINGS, wrong, TOMASI))
    desk.settle_line(batch, 2, cell_0="typed", typed_0="Fiji")
    desk.settle_line(batch, 3, decision="skip")
    desk.read_again(batch, column_7="")
    assert "position" not in batch.mapping.values()
    one, other = batch.rows.order_by("number")
    assert Line.of(one).values["country"] == "FJ"
    assert Line.of(one).corrections == {"country": "Fiji"}
    assert (one.outcome, other.decision) == ("new", "skip")


def test_answers_to_the_questions_of_the_call_are_read_and_kept(desk):
    make_question(desk.call, "goal", text="Your goal")
    make_question(desk.call, "sites", text="How many sites?", kind="number", minimum=1)
    make_question(desk.call, "tools", ("mail", "web"), text="What do you use?", kind="several")
    rows = [
        (*HEADINGS, "Your goal", "How many sites?", "What do you use?"),
        (*LAISA, "A portal", 3, "Web; mail"),
        (*TOMASI, "None", 0, "fax"),
    ]
    batch = desk.bring(files.xlsx(*rows))
    assert open_codes(batch) == {3: ["not_a_choice:question:tools", "too_small:question:sites"]}
    desk.settle_line(batch, 3, cell_0="empty", cell_1="typed", typed_1="web")
    job = desk.write(batch)
    assert job.state == "done"
    laisa, tomasi = Nomination.objects.order_by("number")
    answers = {it.question.key: it.text for it in laisa.answers.all()}
    assert answers == {"goal": "A portal", "sites": "3", "tools": "mail,web"}
    assert {it.question.key: it.text for it in tomasi.answers.all()} == {"tools": "web"}


# Who is there already


def test_a_line_that_says_what_is_there_is_the_same_and_one_that_says_more_changes_it(desk):
    there = nomination_of_laisa(desk.edition, years_experience=None)
    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    assert outcomes(batch) == {"same": 1}
    newer = desk.bring(files.xlsx((*HEADINGS, "Years in e-Government"), (*LAISA, 12)))
    (row,) = newer.rows.all()
    assert (row.outcome, row.matches_id) == ("changed", there.pk)
    assert Line.of(row).differences == ["years_experience"]
    page = desk.client.get(desk.url("import_row", newer.pk, 2)).content.decode()
    assert "Years in e-government" in page or "years in e-Government" in page
    assert "<td>—</td><td>12</td>" in page
    assert desk.write(newer).message == "0 new, 1 changed, 0 lines left out."
    there.refresh_from_db()
    assert there.years_experience == 12
    assert there.state == "submitted"


def test_what_cannot_be_changed_leaves_its_line_out_and_says_why(desk):
    nomination_of_laisa(desk.edition, state="withdrawn")
    batch = desk.bring(files.xlsx((*HEADINGS, "Years in e-Government"), (*LAISA, 12), (*TOMASI, 3)))
    assert open_codes(batch) == {2: ["withdrawn"]}
    assert "was withdrawn" in desk.settle(batch, "withdrawn", "merge")[0]
    assert left(batch) == {2}
    assert desk.write(batch).message.startswith("1 new, 0 changed, 1 lines left out.")


def test_another_country_nominating_the_same_person_is_asked_about(desk):
    nomination_of_laisa(desk.edition)
    batch = desk.bring(files.xlsx(HEADINGS, (*LAISA[:3], "Tonga", *LAISA[4:])))
    assert open_codes(batch) == {2: ["maybe"]}


def test_a_name_put_right_by_hand_is_looked_for_again(desk):
    nomination_of_laisa(desk.edition)
    mistaken = ("=A1", "Laisa", *LAISA[2:])
    batch = desk.bring(files.xlsx(HEADINGS, mistaken))
    desk.settle_line(batch, 2, cell_0="typed", typed_0="Vunibola")
    assert outcomes(batch) == {"same": 1}


def test_a_line_is_merged_with_whom_the_officer_chooses(desk):
    rows = [(*LAISA[:6], f"laisa{number}@example.org", "Director") for number in range(3)]
    batch = desk.bring(files.xlsx(HEADINGS, *rows))
    assert open_codes(batch) == {3: ["maybe"], 4: ["maybe"]}
    desk.settle_line(batch, 3, decision="take")
    desk.settle_line(batch, 4, decision="line:2")
    assert desk.write(batch).message.startswith("2 new")
    first, _second = Nomination.objects.order_by("number")
    assert first.person.email == "laisa2@example.org"


def test_a_line_that_was_dealt_with_in_an_earlier_file_says_on_which_day(desk):
    content = files.xlsx(HEADINGS, LAISA)
    desk.write(desk.bring(content))
    again = desk.bring(content)
    assert outcomes(again) == {"same": 1}
    page = desk.client.get(desk.url("import", again.pk)).content.decode()
    assert "as in the file written on 20 September 2007" in page


def test_somebody_withdrawn_who_is_twice_in_a_file_does_not_hold_up_what_is_merged(desk):
    nomination_of_laisa(desk.edition, state="withdrawn")
    headings = (*HEADINGS, "Years in e-Government")
    rows = [(*person, 12) for person in (LAISA, LAISA, TOMASI, TOMASI)]
    batch = desk.bring(files.xlsx(headings, *rows))
    assert open_codes(batch) == {2: ["withdrawn"], 3: ["withdrawn"], 5: ["repeated"]}
    assert desk.settle(batch, "repeated", "merge") == ["1 line is settled."]
    assert left(batch) == {2, 3}


# Two officers, twice the same


def test_who_settles_a_line_that_somebody_else_settled_is_told(desk):
    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    address = desk.url("import_row", batch.pk, 2)
    version = desk.client.get(address).context["form"]["version"].value()
    desk.settle_line(batch, 2, decision="skip")
    answer = desk.client.post(address, {"version": version, "decision": "take"})
    assert "Somebody else settled this line" in answer.content.decode()
    assert batch.rows.get().decision == "skip"


def test_a_file_is_written_once_and_only_as_it_was_seen(desk):
    batch = desk.bring(files.xlsx(HEADINGS, LAISA, TOMASI))
    address = desk.url("import_write", batch.pk)
    seen = desk.client.get(address).context["form"]["version"].value()
    desk.settle_line(batch, 3, decision="skip")
    job = desk.write(batch, version=seen)
    assert job.state == "failed"
    assert "in the meantime" in job.message
    assert not Nomination.objects.exists()
    version = desk.client.get(address).context["form"]["version"].value()
    for _twice in range(2):
        desk.client.post(address, {"version": version})
    desk.write(batch, version=version) if desk.client.get(address).status_code == 200 else None
    assert Nomination.objects.count() == 1
    batch.refresh_from_db()
    with pytest.raises(RefusedError):
        import_settling.decide(batch, {"maybe"}, "skip", actor=desk.account)


def test_a_file_that_is_discarded_is_gone_with_its_lines(desk):
    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    address = desk.url("import_discard", batch.pk)
    assert "Nominations are not touched" in desk.client.get(address).content.decode()
    desk.client.post(address)
    batch.refresh_from_db()
    assert (batch.state, batch.headings) == ("discarded", "")
    assert not batch.rows.exists()
    assert not StoredFile.objects.filter(owner_id=batch.pk).exists()


def test_a_reading_that_comes_too_late_leaves_nothing_behind(desk):
    batch = imports.bring(
        desk.edition, files.xlsx(HEADINGS, LAISA), name="a.xlsx", actor=desk.account
    )
    stale = Import.objects.select_related("edition__series").get(pk=batch.pk)
    imports.read_now(batch, actor=None)
    rows = set(batch.rows.values_list("pk", flat=True))
    with pytest.raises(Exception, match="In the meantime"):
        imports.read_now(stale, actor=None)
    assert set(ImportRow.objects.values_list("pk", flat=True)) == rows


# Lists cost what they cost


def test_the_page_of_a_file_costs_the_same_for_few_and_for_many_lines(desk):
    def cost(batch):
        desk.get(batch)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(batch).status_code == 200
        return len(queries)

    def rows(number):
        return [
            (f"Family{it}", f"Given{it}", "F", "Fiji", "Ministry", "", f"p{it}@example.org", "x")
            for it in range(number)
        ]

    few = desk.bring(files.xlsx(HEADINGS, *rows(2)))
    many = desk.bring(files.xlsx(HEADINGS, *rows(60)))
    assert cost(few) == cost(many) <= 30


def test_only_who_plans_the_edition_sees_files(desk):
    from tests.support.clients import signed_in

    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    others = [
        signed_in("director"), signed_in(("focal_point", fiji())),
        signed_in(("participant", desk.edition)),
    ]  # fmt: skip
    addresses = [
        desk.url("imports"), desk.url("import", batch.pk), desk.url("import_reading", batch.pk),
        desk.url("import_write", batch.pk), desk.url("import_discard", batch.pk),
        desk.url("import_row", batch.pk, 2), f"{desk.url('import_rejected', batch.pk)}?format=xlsx",
    ]  # fmt: skip
    for client in others:
        assert {client.get(address).status_code for address in addresses} == {404}
        settle = desk.url("import_settle", batch.pk)
        assert client.post(settle, {"about": "maybe", "what": "skip"}).status_code == 404
    file = StoredFile.objects.get(owner_id=batch.pk)
    assert others[1].get(file.get_absolute_url()).status_code == 404


def test_ninety_days_after_it_was_written_nothing_of_a_file_is_left(desk):
    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    desk.write(batch)
    with clock.at(NOW + timedelta(days=89)):
        assert involvement.remove_what_is_over() == 0
    with clock.at(NOW + timedelta(days=91)):
        assert involvement.remove_what_is_over() == 1
    assert not ImportRow.objects.exists()
    assert not StoredFile.objects.filter(owner_id=batch.pk).exists()
    assert Nomination.objects.get().person.name == "Laisa Vunibola"


def test_in_a_list_it_is_said_what_a_line_would_change(desk):
    nomination_of_laisa(desk.edition, years_experience=None)
    batch = desk.bring(files.xlsx((*HEADINGS, "Years in e-Government"), (*LAISA, 12)))
    (line,) = desk.get(batch, outcome="changed").context["lines"]
    assert (line.fate.what, line.changes) == ("change", "years in e-Government")
    assert not desk.get(batch, outcome="new").context["lines"]
    assert desk.get(batch, show="taken").context["lines"]
    assert not desk.get(batch, show="left").context["lines"]


def test_the_history_names_the_file(desk):
    batch = desk.bring(files.xlsx(HEADINGS, LAISA))
    assert "brought a file of nominations" in desk.get(batch).content.decode()
    assert "the file of 20 September 2007" in desk.get(batch).content.decode()
