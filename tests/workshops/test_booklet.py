"""The booklet: made once by the worker, the same bytes each time, readable by everyone."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from madang.core import clock, texts
from madang.core.jobs import JobError
from madang.core.models import Job
from madang.people import erasure
from madang.people.actions import people
from madang.people.visitors import VISITOR
from madang.workshops import documents
from madang.workshops.actions import booklets, publication
from madang.workshops.actions.booklets import Order
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.pages import serving
from madang.workshops.queries import public
from tests.factories import (
    make_edition,
    make_module,
    make_organisation,
    make_part,
    make_participation,
    make_partner,
    make_person,
    make_room,
    make_session,
    make_sessions,
    make_site,
)
from tests.support.clients import signed_in
from tests.support.work import work

BASE = "/workshops/incheon-2007/"
PDF = f"{BASE}booklet.pdf"
NOBODYS = "\U000f1234"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MADANG_DATA = tmp_path
    serving.forget()


@pytest.fixture
def edition(db) -> Edition:
    edition = make_edition(
        slug="incheon-2007",
        title="Planning e-Government",
        lead="A week with peers.",
        description="We **plan** together.",
        venue="Songdo centre",
    )
    texts.translate(edition, "title", {"fa": "برنامه‌ریزی دولت الکترونیکی"})
    make_partner(edition, role="organiser", organisation=make_organisation("Training Centre"))
    hall = make_room(make_site(edition, "Songdo", address="9 Harmony Road"), "Hall", capacity=40)
    lecture = make_session(
        edition,
        day=1,
        title="From a vision to a roadmap",
        description="We take *three* strategies apart.",
        module=make_module(edition, 1, title="Strategy", description="From a vision on."),
        room=hall,
    )
    trainer = make_person("Mere Vakalala", biography="Has planned for islands.")
    make_part(lecture, make_participation(edition, trainer, kind="resource_person"))
    make_session(edition, day=1, at="10:00", title="Tea", kind=Session.Kind.BREAK, minutes=15)
    make_participation(edition, make_person("Anil Shrestha"))
    with clock.at(datetime(2007, 7, 2, 3, 4, 5, tzinfo=UTC)):
        publication.publish(edition, actor=None)
    return edition


def order(language: str = "en", paper: str = "a5", *, inside: bool = False) -> Order:
    return Order(public.edition_row(VISITOR, "incheon-2007"), language, paper, inside)


def made(**wanted) -> bytes:
    asked = order(**wanted)
    with translation.override(asked.language):
        content = booklets.typeset(asked)
    assert content is not None
    return content


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def fetched(answer) -> bytes:
    return b"".join(answer.streaming_content)


# --- What it says --------------------------------------------------------------------------------
def test_it_says_what_the_week_is_and_who_does_what(edition):
    text = text_of(made())
    for told in (
        "Planning e-Government", "8–12 October 2007", "Songdo centre, Incheon, Republic of Korea",
        "Training Centre", "Version 1 of the programme, 2 July 2007", "Monday 8 October 2007",
        "From a vision to a roadmap", "Mere Vakalala", "We take three strategies apart.", "Tea",
        "9 Harmony Road", "40 seats", "Notes",
    ):  # fmt: skip
        assert told in text, told


def test_only_those_with_a_part_are_named_and_only_inside_introduced(edition):
    public_text, inside_text = text_of(made()), text_of(made(inside=True))
    for text in (public_text, inside_text):
        assert "Shrestha" not in text
    assert "Has planned for islands." in inside_text
    assert "Has planned for islands." not in public_text


def test_it_is_accessible_and_bears_the_moment_of_its_version(edition):
    reader = PdfReader(BytesIO(made()))
    assert reader.metadata.title == "Planning e-Government: programme"
    assert reader.metadata.creation_date == datetime(2007, 7, 2, 12, 4, 5, tzinfo=UTC)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    headings = [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)]
    assert headings == [
        "The week", "Programme", "Sessions", "Resource persons", "Places and ways", "Notes",
    ]  # fmt: skip


@pytest.mark.parametrize(("paper", "width"), [("a5", 148), ("a4", 210)])
def test_its_pages_make_whole_sheets(edition, paper, width):
    reader = PdfReader(BytesIO(made(paper=paper)))
    assert len(reader.pages) % 4 == 0
    assert round(float(reader.pages[0].mediabox.width) / 72 * 25.4) == width


def test_the_same_programme_gives_the_same_bytes(edition):
    first = made()
    with clock.at(clock.now() + timedelta(days=1)):
        assert made() == first


def test_in_persian_it_runs_from_the_right_with_persian_dates_and_numbers(edition):
    reader = PdfReader(BytesIO(made(language="fa")))
    assert reader.trailer["/Root"]["/Lang"] == "fa"
    with translation.override("fa"):
        data = documents.booklet(order().row, "fa", "a5", inside=False).data()
    assert data["title"] == "برنامه‌ریزی دولت الکترونیکی"
    assert data["dates"] == "۱۶–۲۰ مهر ۱۳۸۶"
    assert data["digits"] == "۰۱۲۳۴۵۶۷۸۹"
    # What is not given in Persian says that it is English.
    assert data["days"][0]["slots"][0]["title"]["lang"] == "en"


def test_names_of_every_script_stand_in_it(edition):
    for name in ("سارا رضایی", "Nguyễn Thị Hồng", "Ольга Ким"):
        speaker = make_participation(edition, make_person(name), kind="resource_person")
        make_part(edition.sessions.get(kind="lecture"), speaker)
    publication.publish(edition, actor=None, notes={"en": "More speakers."})
    text = text_of(made())
    assert "Nguyễn Thị Hồng" in text
    assert "Ольга Ким" in text


def test_a_name_that_no_font_can_write_stands_in_latin_letters(edition):
    speaker = edition.participations.get(kind="resource_person").person
    people.change_person(speaker, actor=None, name=f"Mere {NOBODYS}", latin_name="Mere Latin")
    text = text_of(made())
    assert "Mere Latin" in text
    assert NOBODYS not in text


def test_where_no_font_can_write_a_letter_that_is_needed_it_says_so(edition):
    # Kirat Rai, encoded in 2024.
    lecture = edition.sessions.get(kind="lecture")
    lecture.title = "Learning \U00016d40\U00016d41"
    lecture.save()
    publication.publish(edition, actor=None, notes={"en": "Another title."})
    with pytest.raises(JobError, match="No font on this computer can write"):
        made()


def test_a_picture_that_no_font_has_is_spared(edition):
    lecture = edition.sessions.get(kind="lecture")
    lecture.description = f"Well done {NOBODYS} everyone"
    lecture.save()
    publication.publish(edition, actor=None, notes={"en": "Praise."})
    assert "Well done" in text_of(made())


@pytest.mark.parametrize("how_many", [1, 120])
def test_its_data_take_the_same_queries_for_any_number_of_sessions(
    db, how_many, django_assert_max_num_queries
):
    edition = make_edition(slug="incheon-2007")
    for session in make_sessions(edition, how_many):
        make_part(session, make_participation(edition, kind="resource_person"))
    publication.publish(edition, actor=None)
    asked = order()
    with django_assert_max_num_queries(17):
        documents.booklet(asked.row, "en", "a5", inside=False).data()


# --- How it is made and kept ---------------------------------------------------------------------
def test_the_first_reader_sees_it_made_and_the_next_gets_it_at_once(edition):
    reader = Client()
    first = reader.get(f"{PDF}?lang=en&paper=a5")
    assert first["Location"] == f"{BASE}booklet/making/?lang=en&paper=a5"
    assert 'data-state="waiting"' in reader.get(first["Location"]).text
    work()
    done = reader.get(first["Location"])
    assert 'data-state="done"' in done.text
    assert "Open the booklet" in done.text
    answer = Client().get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert 'inline; filename="incheon-2007-en-a5.pdf"' in answer["Content-Disposition"]
    assert fetched(answer) == made()
    again = Client().get(PDF, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_many_who_ask_start_one_job(edition):
    for _reader in range(3):
        Client().get(PDF)
    assert Job.objects.count() == 1


def test_those_who_take_part_get_their_own(edition):
    participant = signed_in(("participant", edition))
    participant.get(PDF)
    work()
    own = participant.get(PDF)
    assert own["Cache-Control"].startswith("private")
    assert "Has planned for islands." in text_of(fetched(own))
    assert Client().get(PDF).status_code == 302


def test_so_many_booklets_are_made_at_a_time(edition, monkeypatch):
    monkeypatch.setattr(booklets, "AT_A_TIME", 1)
    Client().get(PDF)
    busy = Client().get(f"{PDF}?paper=a4")
    assert (busy.status_code, busy["Retry-After"]) == (503, "60")
    assert "try again in a minute" in busy.text


def test_a_new_version_has_a_new_booklet(edition):
    Client().get(PDF)
    work()
    make_session(edition, day=2, title="Later")
    publication.publish(edition, actor=None, notes={"en": "More."})
    assert Client().get(PDF).status_code == 302
    work()
    assert "Later" in text_of(fetched(Client().get(PDF)))


def test_a_booklet_that_failed_says_why_and_is_tried_again_later(edition):
    Client().get(PDF)
    Job.objects.update(state="failed", finished_at=clock.machine_now(), message="No font for it.")
    told = Client().get(PDF, follow=True)
    assert "No font for it." in told.text
    assert Job.objects.count() == 1
    Job.objects.update(finished_at=clock.machine_now() - timedelta(minutes=11))
    assert 'data-state="waiting"' in Client().get(PDF, follow=True).text
    assert Job.objects.count() == 2


def test_nothing_of_somebody_stays_in_a_booklet_once_they_are_erased(
    edition, settings, django_capture_on_commit_callbacks
):
    Client().get(PDF)
    work()
    assert list(settings.MADANG_DATA.glob("made/*/*.pdf"))
    speaker = edition.participations.get(kind=Participation.Kind.RESOURCE_PERSON).person
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(speaker, actor=None)
    assert not list(settings.MADANG_DATA.glob("made/*/*.pdf"))
    Client().get(PDF)
    work()
    assert "Vakalala" not in text_of(fetched(Client().get(PDF)))


def test_the_page_offers_every_language_and_paper(edition):
    page = Client().get(f"{BASE}booklet/").text
    for language in ("en", "fa"):
        for paper in ("a5", "a4"):
            assert f"booklet.pdf?lang={language}&amp;paper={paper}" in page
    assert "introduces the resource persons" not in page
    assert (
        "introduces the resource persons"
        in signed_in(("participant", edition)).get(f"{BASE}booklet/").text
    )


def test_without_a_programme_there_is_no_booklet(db):
    make_edition(slug="incheon-2007")
    for address in (PDF, f"{BASE}booklet/", f"{BASE}booklet/making/"):
        assert Client().get(address).status_code == 404
