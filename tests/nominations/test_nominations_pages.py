"""The secretariat's pages of nominations: the list, one nomination, entering and judging."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.nominations import rules
from madang.nominations.models import Nomination
from madang.people.models import Country
from tests.factories import make_account, make_country, make_edition, make_person
from tests.nominations.desks import TYPED, text
from tests.nominations.factories import (
    make_answer,
    make_call,
    make_nomination,
    make_nominations,
    make_question,
)
from tests.support.clients import signed_in
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make_call()


@pytest.fixture
def officer():
    return signed_in("secretariat")


def url(name, nomination_or_edition):
    if isinstance(nomination_or_edition, Nomination):
        nomination = nomination_or_edition
        return reverse(f"nominations:{name}", args=[nomination.edition.slug, nomination.pk])
    return reverse(f"nominations:{name}", args=[nomination_or_edition.slug])


def names(response):
    return {row.person.name for row in response.context["rows"].object_list}


def test_the_list_is_narrowed_by_what_stands_in_its_address(call, officer):
    edition = call.edition
    make_nomination(edition, make_person("Séléna Ćosić"), sex="male")
    make_nomination(
        edition, make_person("Bat-Erdene"), country=make_country("MN"), sector="academia"
    )
    make_nomination(edition, make_person("Draft"), state="draft", origin="scan")
    address = url("nominations", edition)
    for query, found in {
        "": {"Séléna Ćosić", "Bat-Erdene", "Draft"},
        "q=2": {"Bat-Erdene"},
        "q=selena": {"Séléna Ćosić"},
        "q=erdene+bat": {"Bat-Erdene"},
        "q=nobody": set(),
        "q=99999999999999999999": set(),
        "country=MN": {"Bat-Erdene"},
        "state=draft": {"Draft"},
        "sector=academia": {"Bat-Erdene"},
        "sex=male": {"Séléna Ćosić"},
        "origin=scan": {"Draft"},
        "state=draft&q=selena": set(),
        "country=XX&sex=nonsense": {"Séléna Ćosić", "Bat-Erdene", "Draft"},
    }.items():
        assert names(officer.get(f"{address}?{query}")) == found, query


def test_the_list_shows_what_waits_for_an_endorsement(officer):
    call = make_call(endorsement_needed=True)
    make_nomination(call.edition, make_person("Waits"), state="draft")
    make_nomination(call.edition, make_person("Has it"), state="draft", endorsed_on="2007-07-01")
    address = url("nominations", call.edition)
    assert text(officer.get(address)).count("waits for endorsement") == 1
    assert names(officer.get(f"{address}?endorsement=given")) == {"Has it"}
    assert names(officer.get(f"{address}?endorsement=none")) == {"Waits"}


def test_the_list_costs_the_same_with_one_row_and_with_a_thousand(call, officer):
    address = url("nominations", call.edition)
    make_nomination(call.edition)
    officer.get(address)
    with CaptureQueriesContext(connection) as one:
        officer.get(address)
    make_nominations(call.edition, 1000)
    for query in ("", "?q=person", "?page=3"):
        with CaptureQueriesContext(connection) as many:
            response = officer.get(address + query)
        assert response.status_code == 200
        assert len(many) <= len(one)


def test_the_list_is_taken_away_as_it_is_filtered_and_no_cell_is_a_formula(call, officer):
    make_nomination(call.edition, make_person("=1+1"), sex="male")
    make_nomination(call.edition, make_person("Left out"))
    address = url("nominations", call.edition)
    response = officer.get(f"{address}?format=csv&sex=male")
    csv = b"".join(response.streaming_content).decode()
    assert "'=1+1" in csv
    assert "Left out" not in csv
    workbook = officer.get(f"{address}?format=xlsx")
    assert b"".join(workbook.streaming_content).startswith(b"PK")
    assert officer.get(f"{address}?format=exe").status_code == 404


def test_an_officer_enters_a_nomination_for_a_country(call, officer):
    make_question(call, "why", kind="long")
    edition, thailand = call.edition, make_country("TH")
    add = url("nomination_add", edition)
    page = text(officer.get(add))
    assert "Nominated by" in page
    assert page.count('name="country"') == 1
    wrong = officer.post(add, TYPED | {"country": "", "name": ""})
    assert "Enter a name" in text(wrong)
    typed = TYPED | {
        "country": thailand.pk, "q_why": "To learn.", "endorsed_on": "2007-07-01",
        "note": "by telephone", "attended_before": "yes", "language_level": "4",
    }  # fmt: skip
    page = text(officer.post(add, typed, follow=True))
    assert "Laisa Vunibola" in page
    assert "To learn." in page
    nomination = Nomination.objects.get()
    assert (nomination.country, nomination.origin) == (thailand, "secretariat")
    assert (nomination.attended_before, nomination.language_level) == (True, 4)
    assert nomination.note == "by telephone"


def test_an_officer_changes_a_nomination_and_is_told_who_was_faster(call, officer):
    nomination = make_nomination(call.edition)
    edit = url("nomination_edit", nomination)
    page = text(officer.get(edit))
    assert 'value="Director of e-Services"' in page
    data = TYPED | {"version": nomination.version, "years_experience": "9"}
    assert officer.post(edit, data).url == url("nomination", nomination)
    page = text(officer.post(edit, data | {"years_experience": "10", "attended_before": "yes"}))
    assert "It now says: 9" in page
    assert "It now says: —" in page
    assert "It now says: female" not in page
    nomination.refresh_from_db()
    assert nomination.years_experience == 9


def test_an_officers_draft_is_saved_while_it_is_typed(call, officer):
    nomination = make_nomination(call.edition, state="draft")
    edit = url("nomination_edit", nomination)
    data = TYPED | {"version": nomination.version, "email": "unfinished@"}
    told = officer.post(edit, data, headers={"X-Draft": "1"}).json()
    assert "without what is not right yet" in told["said"]
    assert Nomination.objects.get().person.name == "Laisa Vunibola"
    assert officer.post(edit, data, headers={"X-Draft": "1"}).status_code == 200  # nothing differs
    other = data | {"name": "Other"}
    assert officer.post(edit, other, headers={"X-Draft": "1"}).status_code == 409


def test_buttons_move_a_nomination_and_say_why_not(call, officer):
    nomination = make_nomination(call.edition, state="draft", sex="", submitted_at=None)

    def press(name):
        page = text(officer.post(url(f"nomination_{name}", nomination), follow=True))
        nomination.refresh_from_db()
        return page

    assert "It is not complete: the sex." in press("submit")
    Nomination.objects.update(sex="female")
    press("submit")
    assert nomination.state == "submitted"
    press("accept")
    assert nomination.state == "eligible"
    refuse = url("nomination_refuse", nomination)
    assert "Too few years" in text(officer.get(refuse))
    assert "needs your attention" in text(officer.post(refuse, {"grounds": ""}))
    officer.post(refuse, {"grounds": ["experience"]})
    nomination.refresh_from_db()
    assert (nomination.state, nomination.grounds) == ("ineligible", ["experience"])
    assert "Too few years" in text(officer.get(url("nomination", nomination)))
    press("reopen")
    assert (nomination.state, nomination.grounds) == ("draft", [])
    press("withdraw")
    assert nomination.state == "withdrawn"
    assert "sent already" in press("remove")


def test_all_that_were_received_are_judged_with_one_button(officer):
    call = make_call(least_experience=5)
    make_nominations(call.edition, 3)
    make_nomination(call.edition, years_experience=1)
    assert "Judge 4 by the rules" in text(officer.get(url("nominations", call.edition)))
    page = text(officer.post(url("nominations_judge", call.edition), follow=True))
    assert "3 nominations are eligible, 1 not." in page
    page = text(officer.post(url("nominations_judge", make_edition()), follow=True))
    assert "no call" in page


def test_a_nomination_shows_its_answers_history_and_mails_without_markup(call, officer):
    hostile = "<script>alert(1)</script>"
    question = make_question(call, "why", kind="long", text=hostile)
    nomination = make_nomination(
        call.edition, make_person(hostile), responsibility=hostile, note=hostile, needs=hostile
    )
    make_answer(nomination, question, hostile)
    officer.post(url("nomination_accept", nomination))
    for name in ("nomination", "nomination_edit"):
        page = text(officer.get(url(name, nomination)))
        assert "<script>alert" not in page
    assert "found the nomination" in text(officer.get(url("nomination", nomination)))
    assert "<script>alert" not in text(officer.get(url("nominations", call.edition)))


OFFICERS_PAGES = (
    "nomination", "nomination_edit", "nomination_refuse", "nomination_withdraw",
    "nomination_remove", "endorsement_ask", "endorsement_record",
)  # fmt: skip


def test_only_the_secretariat_changes_and_only_it_and_directors_see(call):
    nomination = make_nomination(call.edition)
    elsewhere = signed_in(("secretariat", make_edition()))
    strangers = (
        Client(), signed_in(), elsewhere, signed_in(("focal_point", make_country("FJ"))),
    )  # fmt: skip
    for client in strangers:
        assert client.get(url("nominations", call.edition)).status_code == 404
        for name in OFFICERS_PAGES:
            assert client.get(url(name, nomination)).status_code == 404
    director = signed_in("director")
    assert director.get(url("nominations", call.edition)).status_code == 200
    page = text(director.get(url("nomination", nomination)))
    assert "/edit/" not in page
    for name in OFFICERS_PAGES[1:]:
        assert director.get(url(name, nomination)).status_code == 404
    for name in ("submit", "accept", "reopen"):
        assert director.post(url(f"nomination_{name}", nomination)).status_code == 404


def test_a_nomination_of_another_edition_is_not_found_below_this_one(call, officer):
    other = make_nomination(make_call().edition)
    for name in OFFICERS_PAGES:
        address = reverse(f"nominations:{name}", args=[call.edition.slug, other.pk])
        assert officer.get(address).status_code == 404


def test_the_halves_of_every_rule_agree(call):
    fiji, thailand = make_country("FJ"), make_country("TH")
    own = make_account()
    make_nomination(call.edition, country=fiji)
    make_nomination(call.edition, own.person, country=thailand)
    make_nomination(make_call(state="closed").edition, country=fiji)
    people = [
        own,
        make_account(),
        make_account(roles=["secretariat"]),
        make_account(roles=["director"]),
        make_account(roles=[("secretariat", call.edition)]),
        make_account(roles=[("focal_point", fiji)]),
        make_account(roles=[("focal_point", thailand)]),
    ]
    things = Nomination.objects.select_related("edition__call")
    for rule in (rules.handle_nomination, rules.see_nomination, rules.nominate):
        assert_halves_agree(rule, people, things)
    assert_halves_agree(rules.speak_for, people, Country.objects.all())
