"""What other programs read: true to its description, public only, kept."""

import json
from datetime import date

import pytest
from django.test import Client

from madang.core import texts
from madang.workshops.actions import publication
from madang.workshops.models import Edition
from madang.workshops.pages import answers, data
from tests.factories import (
    make_edition,
    make_module,
    make_part,
    make_participation,
    make_partner,
    make_person,
    make_room,
    make_session,
    make_sessions,
)
from tests.support.clients import signed_in

API = "/api/editions"


@pytest.fixture(autouse=True)
def _empty_shelf():
    answers.forget()


@pytest.fixture
def edition(db) -> Edition:
    edition = make_edition(slug="incheon-2007", title="Planning e-Government")
    texts.translate(edition, "title", {"fa": "برنامه‌ریزی"})
    make_partner(edition)
    lecture = make_session(
        edition, day=1, title="Vision", module=make_module(edition, 3), room=make_room(edition)
    )
    texts.translate(lecture, "title", {"fa": "چشم‌انداز"})
    make_part(lecture, make_participation(edition, make_person("Mere Vakalala")))
    make_participation(edition, make_person("Anil Shrestha"))
    publication.publish(edition, actor=None)
    return edition


def read(address: str, **headers: str) -> dict:
    answer = Client(headers=headers).get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/json"
    return json.loads(answer.content)


def test_everything_has_the_shape_that_is_described(edition):
    data.Editions.model_validate(read(API))
    data.EditionWhole.model_validate(read(f"{API}/incheon-2007"))
    data.Programme.model_validate(read(f"{API}/incheon-2007/programme?lang=fa"))
    data.Sessions.model_validate(read(f"{API}/incheon-2007/sessions"))


def test_texts_come_in_every_language_or_in_the_one_asked_for(edition):
    both = {"en": "Planning e-Government", "fa": "برنامه‌ریزی"}
    assert read(f"{API}/incheon-2007")["title"] == both
    assert read(f"{API}/incheon-2007?lang=fa")["title"] == "برنامه‌ریزی"
    # What a browser prefers changes nothing: an address has one answer.
    assert read(f"{API}/incheon-2007", accept_language="fa")["title"] == both
    assert Client().get(f"{API}?lang=xx").status_code == 422


def test_the_programme_has_its_sessions_with_people_and_places(edition):
    programme = read(f"{API}/incheon-2007/programme?lang=en")
    (session,) = programme["sessions"]
    assert session["title"] == "Vision"
    assert session["starts_at"] == "2007-10-08T09:00:00+09:00"
    assert session["module"] == 3
    assert session["room"] == programme["rooms"][0]["id"]
    assert [(part["name"], part["role"]) for part in session["people"]] == [
        ("Mere Vakalala", "speaker")
    ]
    assert programme["version"]["number"] == session["changed_in"] == 1


def test_the_programme_stands_also_beside_its_page(edition):
    beside = Client().get("/workshops/incheon-2007/programme.json")
    assert beside.content == Client().get(f"{API}/incheon-2007/programme").content


def test_only_people_with_a_part_are_named(edition):
    for address in (API, f"{API}/incheon-2007", f"{API}/incheon-2007/programme"):
        assert b"Shrestha" not in Client().get(address).content


def test_what_the_public_may_not_see_is_not_there_for_anyone(edition):
    make_edition(slug="secret", state=Edition.State.DRAFT, starts_on=date(2008, 1, 7),
                 ends_on=date(2008, 1, 11))  # fmt: skip
    make_session(edition, day=2, title="Not published yet")
    officer = signed_in("secretariat")
    assert officer.get(f"{API}/secret").status_code == 404
    assert [each["slug"] for each in officer.get(API).json()["items"]] == ["incheon-2007"]
    assert b"Not published yet" not in officer.get(f"{API}/incheon-2007/programme").content


def test_lists_come_in_pages(edition):
    make_sessions(edition, 119, title="Lab")
    publication.publish(edition, actor=None, notes={"en": "Labs."})
    first = read(f"{API}/incheon-2007/sessions?lang=en&junk=1")
    assert (first["count"], first["pages"], len(first["items"])) == (120, 3, 50)
    assert first["previous"] is None
    assert first["next"].endswith("/api/editions/incheon-2007/sessions?lang=en&page=2")
    last = read(f"{API}/incheon-2007/sessions?page=3")
    assert (last["next"], len(last["items"])) == (None, 20)
    assert Client().get(f"{API}/incheon-2007/sessions?page=4").status_code == 404
    assert Client().get(f"{API}/incheon-2007/sessions?page=0").status_code == 422


def test_sessions_are_narrowed_by_module_and_room(edition):
    make_sessions(edition, 3)
    publication.publish(edition, actor=None, notes={"en": "More."})
    assert read(f"{API}/incheon-2007/sessions?module=3")["count"] == 1
    assert read(f"{API}/incheon-2007/sessions?module=9")["count"] == 0
    room = edition.sites.get().rooms.get()
    assert read(f"{API}/incheon-2007/sessions?room={room.id}")["count"] == 1
    assert Client().get(f"{API}/incheon-2007/sessions?room=hall").status_code == 422


def test_an_edition_without_a_programme_says_so(db):
    make_edition(slug="incheon-2007")
    assert read(f"{API}/incheon-2007")["programme"] is None
    for part in ("programme", "sessions"):
        assert Client().get(f"{API}/incheon-2007/{part}").status_code == 404
    assert Client().get("/workshops/incheon-2007/programme.json").status_code == 404


@pytest.mark.parametrize("path", ["", "/incheon-2007", "/incheon-2007/programme",
                                  "/incheon-2007/sessions"])  # fmt: skip
def test_an_answer_costs_one_query_and_is_not_sent_twice(edition, path, django_assert_num_queries):
    first = Client().get(f"{API}{path}")
    with django_assert_num_queries(1):
        again = Client().get(f"{API}{path}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.cookies
    assert "Cookie" not in again["Vary"]
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("how_many", [1, 200])
def test_making_a_list_takes_the_same_queries_for_any_number(
    db, how_many, django_assert_num_queries
):
    edition = make_edition(slug="incheon-2007")
    for session in make_sessions(edition, how_many):
        make_part(session, make_participation(edition))
    publication.publish(edition, actor=None)
    # The row; the programme; two for its past; the names.
    with django_assert_num_queries(5):
        read(f"{API}/incheon-2007/sessions")


def test_nothing_can_be_written(edition):
    assert Client().post(API).status_code == 405


def test_what_there_is_to_read_is_described_for_programs_and_people(edition):
    described = json.loads(Client().get("/api/openapi.json").content)
    page = Client().get("/api/").text
    for path in described["paths"]:
        assert path in page
    assert set(described["paths"]) == {
        "/api/editions",
        "/api/editions/{slug}",
        "/api/editions/{slug}/programme",
        "/api/editions/{slug}/sessions",
    }
