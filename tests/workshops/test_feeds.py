"""The feed of changes, and the published programme as a table."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from django.test import Client

from madang.core import clock
from madang.workshops.actions import publication
from madang.workshops.models import Edition
from madang.workshops.pages import answers
from tests.factories import (
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_person,
    make_room,
    make_session,
    make_site,
)

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/workshops/incheon-2007/changes.atom"
EXPORT = "/workshops/incheon-2007/programme/export/"
FIRST, SECOND = datetime(2007, 7, 2, tzinfo=UTC), datetime(2007, 9, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_shelf():
    answers.forget()


@pytest.fixture
def edition(db) -> Edition:
    """An edition published twice: its one lecture moved by an hour, <b>boldly</b>."""
    edition = make_edition(slug="incheon-2007", title="Planning e-Government")
    room = make_room(make_site(edition, "Songdo centre"), "Hall")
    module = make_module(edition, 1, title="Strategy")
    lecture = make_session(edition, day=1, title="A <b>bold</b> vision", module=module, room=room)
    make_part(lecture, make_participation(edition, make_person("=Mere Vakalala")))
    with clock.at(FIRST):
        publication.publish(edition, actor=None)
    lecture.starts_at += timedelta(hours=1)
    lecture.save()
    with clock.at(SECOND):
        publication.publish(edition, actor=None, notes={"en": "The lecture **moved**."})
    return edition


def entries(address: str = FEED) -> list[ET.Element]:
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return parsed(answer.content).findall(f"{ATOM}entry")


def parsed(document: bytes) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314 - our own


def text(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_the_feed_tells_what_changed_in_sentences(edition):
    newest, first = entries()
    assert text(newest, "title") == "Version 2 of the programme"
    assert text(newest, "summary") == "The lecture moved."
    content = text(newest, "content")
    assert '<p lang="en" dir="ltr">The lecture moved.</p>' in content
    assert "A &lt;b&gt;bold&lt;/b&gt; vision" in content
    assert "now starts Mon 8 Oct, 10:00 (before: 09:00)" in content
    assert text(first, "summary") == "The first programme."


def test_entries_keep_their_identity_and_moment(edition):
    newest, first = entries()
    versions = {version.number: version for version in edition.versions.all()}
    assert text(newest, "id") == versions[2].id.urn
    assert datetime.fromisoformat(text(newest, "updated")) == SECOND
    assert datetime.fromisoformat(text(first, "published")) == FIRST
    (link,) = newest.findall(f"{ATOM}link")
    assert link.attrib["href"].endswith("/workshops/incheon-2007/versions/1/2/")


def test_a_version_that_is_not_out_yet_is_not_told(edition):
    # As in the demo, whose clock can go back.
    first = edition.versions.get(number=1)
    Edition.objects.filter(pk=edition.pk).update(published=first)
    assert [text(entry, "title") for entry in entries()] == ["Version 1 of the programme"]


def test_an_edition_without_a_programme_has_an_empty_feed(db):
    edition = make_edition(slug="incheon-2007")
    answer = Client().get(FEED)
    root = parsed(answer.content)
    assert root.findall(f"{ATOM}entry") == []
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")) == edition.changed_at


def test_the_feed_costs_one_query_once_it_is_made(edition, django_assert_num_queries):
    tag = Client().get(FEED)["ETag"]
    with django_assert_num_queries(1):
        assert Client().get(FEED, headers={"if-none-match": tag}).status_code == 304


def test_the_programme_is_a_table_for_spreadsheets(edition):
    answer = Client().get(f"{EXPORT}?format=xlsx")
    assert "incheon-2007-programme-2" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    heading, row = sheet.iter_rows(values_only=True)
    told = dict(zip(heading, row, strict=True))
    assert told["Title"] == "A <b>bold</b> vision"
    assert (told["Start"].hour, told["End"].hour) == (10, 11)
    assert told["People"] == "=Mere Vakalala"
    assert (told["Room"], told["Place"], told["Module"]) == ("Hall", "Songdo centre", 1)


def test_a_name_is_no_formula_in_csv(edition):
    lines = b"".join(Client().get(EXPORT).streaming_content).decode()
    assert "'=Mere Vakalala" in lines


def test_without_a_programme_there_is_no_table(db):
    make_edition(slug="incheon-2007")
    assert Client().get(EXPORT).status_code == 404
