"""A page of what was published is made once, sent as it was packed, and costs one query."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import brotli
import pytest
from django.test import Client

from madang.core import clock, texts
from madang.people.actions import consents, people
from madang.people.models import Consent
from madang.workshops.actions import publication
from madang.workshops.models import Edition
from madang.workshops.pages import keeping, serving
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_part,
    make_participation,
    make_person,
    make_recommendation,
    make_session,
    make_sessions,
)
from tests.support.clients import client_of, signed_in

BROTLI = {"accept-encoding": "gzip, br"}


@pytest.fixture(autouse=True)
def _empty_shelf():
    serving.forget()
    yield
    serving.forget()


@pytest.fixture
def edition(db) -> Edition:
    """A published edition: eight sessions, one speaker."""
    edition = make_edition(slug="incheon-2007")
    sessions = make_sessions(edition, 8)
    make_part(sessions[0], make_participation(edition, make_person("Mere Vakalala")))
    publication.publish(edition, actor=None)
    return edition


def pages(edition: Edition) -> list[str]:
    """The kept pages of an edition, one of each kind."""
    base = f"/workshops/{edition.slug}/"
    session = edition.sessions.get(people__isnull=False)
    speaker = edition.participations.get()
    return [
        base,
        f"{base}programme/",
        f"{base}programme/?by=module",
        f"{base}programme/?by=room",
        f"{base}programme/?by=person",
        f"{base}programme/2007-10-08/",
        f"{base}sessions/{session.id}/",
        f"{base}people/{speaker.id}/",
        f"{base}materials/",
        f"{base}recommendations/",
        f"{base}versions/",
        f"{base}versions/1/",
        f"{base}versions/1/1/",
    ]


def test_a_kept_page_costs_a_visitor_one_query_and_leaves_no_cookie(
    edition, django_assert_num_queries
):
    for address in [*pages(edition), "/"]:
        first = Client().get(address)
        assert first.status_code == 200, address
        visitor = Client()
        with django_assert_num_queries(1):
            kept = visitor.get(address)
        assert kept.content == first.content
        assert not kept.cookies, address


def test_a_kept_page_costs_who_is_signed_in_four_queries(edition, django_assert_num_queries):
    # The session, the account, its roles, the edition.
    participant = client_of(make_account(roles=[("participant", edition)]))
    for address in pages(edition):
        participant.get(address)
        with django_assert_num_queries(4):
            assert participant.get(address).status_code == 200


@pytest.mark.parametrize("how_many", [1, 200])
def test_making_a_programme_takes_the_same_queries_for_any_number_of_sessions(
    db, how_many, django_assert_num_queries
):
    edition = make_edition()
    for session in make_sessions(edition, how_many):
        make_part(session, make_participation(edition))
    publication.publish(edition, actor=None)
    # The row, the programme, the edition with translations of it, its series and its country,
    # the version with its translations, the names, and whether there is a call.
    with django_assert_num_queries(10):
        Client().get(f"/workshops/{edition.slug}/programme/")


def test_what_is_not_to_be_seen_costs_as_much_as_what_is_not_there(
    edition, django_assert_num_queries
):
    make_edition(slug="secret", state=Edition.State.DRAFT)
    stranger = make_participation(edition)
    for address in ("secret/programme/", "nowhere/programme/"):
        with django_assert_num_queries(1):
            assert Client().get(f"/workshops/{address}").status_code == 404
    for one in (stranger.id, make_edition().id):
        Client().get("/workshops/incheon-2007/")
        with django_assert_num_queries(2):
            assert Client().get(f"/workshops/incheon-2007/people/{one}/").status_code == 404


def test_it_is_sent_in_the_best_encoding_that_the_browser_takes(edition):
    address = "/workshops/incheon-2007/programme/"
    plain = Client().get(address)
    packed = Client().get(address, headers=BROTLI)
    older = Client().get(address, headers={"accept-encoding": "gzip, br;q=0"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "br"
    assert older["Content-Encoding"] == "gzip"
    assert brotli.decompress(packed.content) == plain.content == gzip.decompress(older.content)


def test_a_reader_with_the_page_is_told_so_until_it_changes(edition):
    address = "/workshops/incheon-2007/programme/"
    tag = Client().get(address, headers=BROTLI)["ETag"]
    again = Client().get(address, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == tag
    make_session(edition, day=5, title="Closing")
    publication.publish(edition, actor=None, notes={"en": "A closing session."})
    changed = Client().get(address, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert "Closing" in changed.text


def test_copies_elsewhere_are_asked_about_each_time_and_never_mixed_up(edition):
    address = "/workshops/incheon-2007/programme/"
    public = Client().get(address)
    private = signed_in(("participant", edition)).get(address)
    assert public["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert private["Cache-Control"] == "private, max-age=0, must-revalidate"
    for answer in (public, private, Client().get(address, headers={"if-none-match": "*"})):
        assert {each.strip() for each in answer["Vary"].split(",")} >= {
            "Cookie", "Accept-Language", "Accept-Encoding",
        }  # fmt: skip


def test_each_language_has_its_own_page(edition):
    texts.translate(edition, "title", {"fa": "دولت الکترونیکی"})
    address = "/workshops/incheon-2007/"
    persian = Client().get(address, headers={"accept-language": "fa"})
    english = Client().get(address, headers={"accept-language": "en"})
    assert 'dir="rtl"' in persian.text
    assert "دولت الکترونیکی" in persian.text
    assert 'dir="ltr"' in english.text
    assert persian["ETag"] != english["ETag"]


def test_the_headers_that_protect_are_there(edition):
    kept = [Client().get("/workshops/incheon-2007/programme/") for _ in range(2)][1]
    assert "script-src 'self'" in kept["Content-Security-Policy"]
    assert kept["X-Frame-Options"] == "DENY"
    assert kept["X-Content-Type-Options"] == "nosniff"


def test_a_page_has_one_address_so_nothing_of_a_request_comes_back_in_it(edition):
    strange = Client().get("/workshops/incheon-2007/programme/?by=person&x=<script>")
    assert (strange.status_code, strange["Location"]) == (
        302, "/workshops/incheon-2007/programme/?by=person",
    )  # fmt: skip
    unknown = Client().get("/workshops/incheon-2007/programme/?by=weather")
    assert unknown["Location"] == "/workshops/incheon-2007/programme/"


def test_a_page_with_a_token_is_neither_kept_nor_compressed(edition):
    trip = make_session(edition, day=4, audience="sign_up", places=2)
    publication.publish(edition, actor=None, notes={"en": "A trip."})
    account = make_account(roles=[("participant", edition)])
    make_participation(edition, account.person)
    address = f"/workshops/incheon-2007/sessions/{trip.id}/"
    with clock.at(local(edition, 1, "09:00")):
        form = client_of(account).get(address, headers=BROTLI)
    assert "csrfmiddlewaretoken" in form.text
    assert "Content-Encoding" not in form
    assert "ETag" not in form
    public = Client().get(address, headers=BROTLI)
    assert public["Content-Encoding"] == "br"
    assert b"csrf" not in brotli.decompress(public.content)


def test_pages_of_the_demo_are_kept_like_all_others(edition, settings):
    settings.MADANG_DEMO = True
    address = "/workshops/incheon-2007/programme/"
    first, second = (Client().get(address, headers=BROTLI) for _ in range(2))
    assert first["Content-Encoding"] == "br"
    assert b"csrfmiddlewaretoken" not in brotli.decompress(first.content)
    assert first.content == second.content


def test_a_message_for_one_reader_reaches_nobody_else(edition):
    address = "/workshops/incheon-2007/programme/"
    told = Client()
    told.cookies["messages"] = "anything"
    assert told.get(address)["Cache-Control"].startswith("private")


def test_a_new_name_is_on_the_page_at_once(edition):
    address = "/workshops/incheon-2007/programme/"
    assert "Mere Vakalala" in Client().get(address).text
    speaker = edition.participations.get().person
    people.change_person(speaker, actor=None, name="Mere Tuilau")
    text = Client().get(address).text
    assert "Mere Tuilau" in text
    assert "Mere Vakalala" not in text


def test_a_consent_that_is_taken_back_hides_the_name_at_once(edition):
    shy = make_participation(edition, make_person("Anil Shrestha"))
    address = f"/workshops/incheon-2007/people/{shy.id}/"
    assert Client().get(address).status_code == 404
    consents.give_consent(shy.person, actor=None, purpose=Consent.Purpose.PUBLIC_NAME)
    assert "Anil Shrestha" in Client().get(address).text
    consents.withdraw_consent(shy.person, actor=None, purpose=Consent.Purpose.PUBLIC_NAME)
    assert Client().get(address).status_code == 404


def test_an_answered_recommendation_of_the_edition_before_is_followed(edition):
    before = make_edition(series=edition.series, number=0, title="The first workshop")
    make_recommendation(before, "Show <b>good</b> practice.")
    page = Client().get("/workshops/incheon-2007/recommendations/")
    assert "Show &lt;b&gt;good&lt;/b&gt; practice." in page.text


def test_the_shelf_gives_up_first_what_was_not_asked_for_longest():
    shelf = keeping.Shelf(limit=25)
    made: list[str] = []

    def page(name: str) -> str:
        return shelf.get_or_make(name, lambda: made.append(name) or name * 10)

    for name in ("a", "b", "a", "c", "a", "b"):
        page(name)
    assert made == ["a", "b", "c", "b"]


def test_the_shelf_keeps_even_a_page_that_is_larger_than_itself():
    shelf = keeping.Shelf(limit=1)
    assert shelf.get_or_make("a", lambda: "large") == "large"
    assert shelf.get_or_make("a", lambda: "never made") == "large"


def test_readers_who_come_at_once_wait_for_the_page_that_one_of_them_makes():
    shelf, made, begun, finish = keeping.Shelf(), [], Event(), Event()

    def make() -> str:
        made.append("a page")
        begun.set()
        finish.wait(10)
        return made[0]

    with ThreadPoolExecutor(5) as readers:
        first = readers.submit(shelf.get_or_make, "key", make)
        begun.wait(10)
        others = [readers.submit(shelf.get_or_make, "key", make) for _ in range(4)]
        finish.set()
        answers = {reader.result(10) for reader in (first, *others)}
    assert answers == {"a page"}
    assert len(made) == 1


def test_a_page_that_could_not_be_made_is_made_by_the_next_who_waits():
    shelf, begun, fail = keeping.Shelf(), Event(), Event()

    def break_down() -> str:
        begun.set()
        fail.wait(10)
        raise LookupError

    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(shelf.get_or_make, "key", break_down)
        begun.wait(10)
        second = readers.submit(shelf.get_or_make, "key", lambda: "a page")
        fail.set()
        assert second.result(10) == "a page"
        with pytest.raises(LookupError):
            first.result(10)
    assert shelf.get_or_make("key", break_down) == "a page"
