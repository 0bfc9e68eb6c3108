"""The life of a report: begun, written, frozen, approved, issued under a number, withdrawn."""

import io

import docx
import openpyxl
import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from madang.core import audit, texts
from madang.core.models import AuditEntry, Job
from madang.core.transitions import TransitionRefusedError
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.people.actions import consents
from madang.people.actions.refusal import RefusedError
from madang.people.models import Consent
from madang.people.visitors import VISITOR
from madang.reports import figures, making, naming, queries, rules
from madang.reports.actions import arranging, issuing
from madang.reports.making import Order
from madang.reports.models import Point, Report, ReportVersion
from tests import factories as make
from tests.reports.factories import agree, make_week
from tests.support.rules import assert_halves_agree
from tests.support.work import work

HOSTILE = '#panic() $x$ [*] <script>alert(1)</script> \\ "quoted" @label \x0b'


@pytest.fixture
def week(db):
    return make_week()


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def read_word(content: bytes):
    return docx.Document(io.BytesIO(content))


def words_of(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def file(version, language="en", form="pdf") -> bytes:
    return making.path(Order(version, language, form)).read_bytes()


def written(report, code, text) -> None:
    section = report.sections.get(code=code)
    arranging.change_section(section, {"text": text}, expected_version=section.version, actor=None)


def test_a_report_goes_from_draft_to_a_number_that_can_be_verified(week):
    report = week.begin(audience="everyone")
    written(report, "foreword", "A week of **true** work.")
    with pytest.raises(RefusedError, match="Freeze a version"):
        issuing.put_up(report, director=week.director, actor=week.officer)
    with pytest.raises(TransitionRefusedError, match="director approves"):
        issuing.issue(report, actor=week.officer)
    version = week.issued(report)
    assert report.state == "issued"
    assert report.issued == version
    assert report.document.reference.startswith("INC/REP/")
    found = verification.find(verification.code(report.document))
    assert verification.is_unaltered(found, [file(report.issued)])
    assert "INC/REP/" in read_pdf(file(report.issued))
    assert rules.read.can(VISITOR, report)
    issuing.withdraw(report, actor=week.officer)
    report.document.refresh_from_db()
    assert report.document.state == IssuedDocument.State.REVOKED
    assert not rules.read.can(VISITOR, report)
    with pytest.raises(TransitionRefusedError, match="approves it again"):
        issuing.issue(report, actor=week.officer)


def test_a_second_version_revokes_the_first(week):
    report = week.begin()
    week.issued(report)
    first = report.document
    with pytest.raises(RefusedError, match="has approved"):
        issuing.put_up(report, director=week.director, actor=week.officer)
    written(report, "lessons", "More time for peers.")
    assert week.issued(report).number == 2
    first.refresh_from_db()
    assert first.state == IssuedDocument.State.REVOKED
    assert report.document.state == IssuedDocument.State.VALID
    assert IssuedDocument.objects.filter(state="valid").count() == 1


def test_what_is_frozen_stays_and_says_no_name(week):
    report = week.begin()
    version = issuing.freeze(report, actor=week.officer)
    assert issuing.freeze(report, actor=week.officer) == version
    assert "Participant Number" not in str(version.content)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(pk=version.pk).update(number=7)


def test_the_report_says_what_the_data_say(week):
    report = week.begin()
    make.make_recommendation(week.edition, "Show more good practice of the region.")
    make.make_partner(week.edition, role="organiser")
    version = issuing.freeze(report, actor=week.officer)
    said = version.content["languages"]["en"]
    titles = [part["title"] for part in said["parts"]]
    assert titles == [
        "The workshop in figures", "Participants", "The programme as it was held",
        "Recommendations", "Annex: who took part", "Annex: partners",
    ]  # fmt: skip
    facts = dict(said["parts"][0]["blocks"][0]["rows"])
    assert (facts["Participants"], facts["Countries"]) == ("12", "3")
    text = read_pdf(file(version))
    assert "12 participants came from 3 countries." in text
    assert "From a vision to a roadmap" in text
    assert "Show more good practice" in text
    assert "Contents" in text


def test_both_formats_say_the_same(week):
    agree(week.participants[0])
    report = week.begin(audience="everyone")
    written(report, "foreword", "First *words*.\n\n- one\n- two\n\n> A quotation.")
    version = issuing.freeze(report, actor=week.officer)
    paper, word = read_pdf(file(version)), read_word(file(version, form="docx"))
    sheet = words_of(word)
    for text in ("Participant Number 0", "First words.", "A quotation.", "11 people are counted"):
        assert text in paper
        assert text in sheet
    assert "Participant Number 1" not in paper + sheet
    headings = [it.text for it in word.paragraphs if it.style.name == "Heading 1"]
    assert headings == [part["title"] for part in version.content["languages"]["en"]["parts"]]
    pictures = word.element.xpath("//wp:docPr")
    assert pictures
    assert all(picture.get("descr") for picture in pictures)
    heads = word.element.xpath("//w:tblHeader")
    assert len(heads) >= 2


def test_an_accessible_pdf_in_persian_has_persian_digits(week):
    report = week.begin()
    texts.translate(report, "title", {"fa": "گزارش نهایی"})
    version = issuing.freeze(report, actor=week.officer)
    content = file(version, "fa")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fa"
    assert "۱۲" in read_pdf(content)
    word = read_word(file(version, "fa", "docx"))
    assert word.element.xpath("//w:bidi")


def test_hostile_text_stays_text_in_every_format(week):
    report = week.begin(title=HOSTILE.replace("\x0b", ""))
    written(report, "foreword", HOSTILE)
    week.participants[0].person.name = HOSTILE
    week.participants[0].person.save()
    version = issuing.freeze(report, actor=week.officer)
    assert "#panic()" in read_pdf(file(version))
    assert "<script>alert(1)</script>" in words_of(read_word(file(version, form="docx")))


def test_names_follow_consent_until_the_moment_of_reading(week):
    one, other = week.participants[:2]
    agree(one)
    agree(one, Consent.Purpose.SHARED_CONTACT)
    one.person.email = "one@example.org"
    one.person.save()
    report = week.begin("people", audience="everyone")
    version = issuing.freeze(report, actor=week.officer)
    assert "Participant Number 0" in read_pdf(file(version))
    assert "one@example.org" in read_pdf(file(version))
    assert "Participant Number 1" not in read_pdf(file(version))
    consents.withdraw_consent(one.person, purpose=Consent.Purpose.PUBLIC_NAME, actor=None)
    content = making.content(Order(version, "en", "pdf"))
    assert "Participant Number 0" not in read_pdf(content)
    inside = week.begin("minutes", audience="inside", title="Inside")
    assert inside.audience == "inside"
    agree(other)


def test_a_list_for_those_who_take_part_names_everybody_and_is_a_workbook_too(week):
    report = week.begin("people", audience="inside")
    version = issuing.freeze(report, actor=week.officer)
    book = openpyxl.load_workbook(io.BytesIO(file(version, form="xlsx")))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 13
    assert {row[1] for row in rows[1:]} == {f"Participant Number {n}" for n in range(12)}


def test_minutes_have_agenda_decisions_and_tasks(week):
    session = week.edition.sessions.get()
    report = week.begin("minutes", title="Closing discussion", session=session)
    arranging.add_section(
        report, {"title": "What worked", "text": "Peers.", "language": "en"}, actor=week.officer
    )
    responsible = week.participants[3]
    arranging.add_point(report, {"text": "A network is founded."}, actor=week.officer)
    arranging.add_point(
        report,
        {
            "kind": Point.Kind.TASK, "text": "Write to the institutes.",
            "responsible": responsible, "due_on": week.edition.ends_on,
        },
        actor=week.officer,
    )  # fmt: skip
    version = issuing.freeze(report, actor=week.officer)
    text = read_pdf(file(version))
    for said in (
        "From a vision to a roadmap", "What worked", "A network is founded.",
        "Write to the institutes.", "Participant Number 3", "12 October 2007",
    ):  # fmt: skip
        assert said in text
    assert "Participant" not in str(version.content["languages"]["en"]["parts"])


def test_sections_are_moved_left_out_and_removed(week):
    report = week.begin()
    rows = [row.title for row in queries.sections(report)]
    third = queries.sections(report)[2].section
    arranging.move_section(third, up=True, actor=week.officer)
    assert [row.title for row in queries.sections(report)][:3] == [rows[0], rows[2], rows[1]]
    first = queries.sections(report)[0].section
    arranging.move_section(first, up=True, actor=week.officer)
    with pytest.raises(RefusedError, match="leave it out"):
        arranging.remove_section(first, actor=week.officer)
    for row in queries.sections(report):
        arranging.change_section(
            row.section, {"is_left_out": True}, expected_version=row.section.version, actor=None
        )
    version = issuing.freeze(report, actor=week.officer)
    assert version.content["languages"]["en"]["parts"] == []
    assert read_pdf(file(version))
    own = arranging.add_section(
        report, {"title": "Thanks", "text": "To Incheon."}, actor=week.officer
    )
    assert queries.sections(report)[-1].section == own
    arranging.remove_section(own, actor=week.officer)


def test_begun_twice_is_one_report(week):
    assert week.begin() == week.begin()
    assert week.begin("minutes") != week.begin("minutes")
    report = week.begin()
    issuing.freeze(report, actor=week.officer)
    with pytest.raises(RefusedError, match="it stays"):
        arranging.remove(report, actor=week.officer)


def test_the_worker_freezes_and_makes_every_file(week):
    report = week.begin()
    issuing.ask(report, actor=week.officer)
    work()
    job = Job.objects.get(kind=issuing.JOB)
    assert job.state == Job.State.DONE
    assert job.result_url.endswith("/versions/1/")
    assert job.done == job.total == 4


def test_who_may_read_what_was_issued(week):
    inside = make.make_account(roles=[("participant", week.edition)])
    outside = make.make_account(roles=[("participant", make.make_edition())])
    for audience in ("everyone", "inside", "organiser"):
        report = week.begin("minutes", audience=audience)
        everybody = [VISITOR, inside, outside, week.officer, week.director]
        assert_halves_agree(rules.read, everybody, Report.objects.all())
        assert not any(rules.read.can(who, report) for who in everybody)
        week.issued(report)
        assert rules.read.can(VISITOR, report) is (audience == "everyone")
        assert rules.read.can(outside, report) is (audience == "everyone")
        assert rules.read.can(inside, report) is (audience != "organiser")
        # A draft for others than the issued version changes nobody's reading.
        arranging.change(
            report, {"audience": "everyone"}, expected_version=report.version, actor=None
        )
        report.refresh_from_db()
        assert rules.read.can(VISITOR, report) is (audience == "everyone")
        assert_halves_agree(rules.read, everybody, Report.objects.all())


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 20, "b": 9, "c": 8}, {"a": 20, "b": 9, "c": 8}),
        ({"a": 20, "b": 9, "c": 3}, {"a": 20, "": 12}),
        ({"a": 20, "b": 4, "c": 3}, {"a": 20, "": 7}),
        ({"a": 6, "": 2}, {}),
        ({"a": 4}, {}),
        ({}, {}),
        ({"": 12}, {}),
        ({"a": 30, "": 7}, {"a": 30, "": 7}),
    ],
)
def test_a_small_group_can_not_be_told_from_a_report(counts, shown):
    assert figures.above_the_floor(counts) == shown


def test_the_history_tells_it_without_a_name(week):
    report = week.begin()
    week.issued(report)
    verbs = list(AuditEntry.objects.filter(thing_id=report.pk).values_list("verb", flat=True))
    assert {"report.begun", "report.frozen", "report.issued"} <= set(verbs)
    assert audit.trail(week.officer, thing=report)
    with translation.override("en"):
        assert naming.named(report.issued.content, "en")["title"] == "Final report"
