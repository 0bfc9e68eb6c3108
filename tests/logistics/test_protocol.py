"""Protocol: an order that can be set, encrypted words, plates, interpretation, photographs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from madang.core.models import AuditEntry
from madang.logistics.actions import protocol as actions
from madang.logistics.models import Protocol
from madang.logistics.papers import cards
from madang.logistics.queries import protocol as queries
from madang.people import erasure, own_data
from madang.people.actions.refusal import RefusedError
from madang.people.models import Consent
from madang.workshops.models import Edition, Participation
from tests import factories as make
from tests.logistics import hospitality as here
from tests.logistics.hospitality import address, signed_in, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make.make_edition()


@pytest.fixture
def officer():
    return signed_in("secretariat")


def named(edition: Edition, *names_and_countries: tuple[str, str]) -> list[Participation]:
    return [
        make.make_participation(edition, make.make_person(name), country=make.make_country(code))
        for name, code in names_and_countries
    ]


def order(edition: Edition) -> list[str]:
    return [str(row.participation.person) for row in queries.ordered(edition)]


# --- The order -----------------------------------------------------------------------------------
def test_without_an_order_people_stand_by_country_and_name(edition):
    named(edition, ("Ba", "TH"), ("Aa", "TH"), ("Ca", "FJ"))
    assert order(edition) == ["Ca", "Aa", "Ba"]


def test_one_who_is_moved_gives_everybody_a_place(edition):
    people = named(edition, ("A", "FJ"), ("B", "MN"), ("C", "TH"))
    actions.place_at(people[2], 1, actor=None)
    assert order(edition) == ["C", "A", "B"]
    assert sorted(Protocol.objects.values_list("precedence", flat=True)) == [1, 2, 3]
    actions.place_at(people[2], 2, actor=None)
    assert order(edition) == ["A", "C", "B"]
    actions.place_at(people[0], 99, actor=None)
    assert order(edition) == ["C", "B", "A"]


def test_whoever_comes_later_stands_at_the_end(edition):
    people = named(edition, ("A", "MN"), ("B", "TH"))
    actions.place_at(people[0], 1, actor=None)
    named(edition, ("Late", "FJ"))
    assert order(edition) == ["A", "B", "Late"]


def test_those_who_run_the_edition_have_no_place(edition):
    make.make_participation(edition, kind=Participation.Kind.SECRETARIAT)
    make.make_participation(edition, state=Participation.State.CANCELLED)
    assert order(edition) == []


def test_the_order_is_given_up_and_the_words_stay(edition):
    people = named(edition, ("A", "FJ"), ("B", "MN"))
    here.make_protocol(people[1], form_of_address="Her Excellency")
    actions.place_at(people[1], 1, actor=None)
    actions.forget_order(edition, actor=None)
    assert order(edition) == ["A", "B"]
    assert queries.of_person(edition, people[1].pk).form_of_address == "Her Excellency"


# --- Words ---------------------------------------------------------------------------------------
def test_forms_of_address_are_encrypted_and_go_with_the_person(edition):
    (guest,) = named(edition, ("A", "FJ"))
    actions.change(guest, {"form_of_address": "His Excellency"}, expected_version=None, actor=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT form_of_address FROM logistics_protocol")
        assert "Excellency" not in cursor.fetchone()[0]
    assert any(
        value.value == "His Excellency"
        for record in own_data.records(guest.person, models=[Protocol])
        for value in record.values
    )
    erasure.erase(guest.person, actor=None)
    assert not Protocol.objects.exists()


def test_the_trail_names_the_field_and_not_the_words(edition):
    (guest,) = named(edition, ("A", "FJ"))
    actions.change(guest, {"name_plate": "Secret"}, expected_version=None, actor=None)
    (entry,) = AuditEntry.objects.filter(verb="protocol.changed")
    assert entry.facts == {"fields": ["name_plate"]}
    assert entry.scope_id == edition.pk


def test_what_another_officer_wrote_meanwhile_is_not_replaced_unseen(edition):
    (guest,) = named(edition, ("A", "FJ"))
    actions.change(guest, {"form_of_address": "His Excellency"}, expected_version=None, actor=None)
    with pytest.raises(RefusedError):
        actions.change(guest, {"form_of_address": ""}, expected_version=None, actor=None)
    assert Protocol.objects.get().form_of_address == "His Excellency"


def test_interpretation_is_counted_by_language(edition):
    for guest, code in zip(make.make_participations(edition, 3), ("ru", "ru", "km"), strict=True):
        here.make_protocol(guest, interpretation=code)
    make.make_participation(edition)
    counts = queries.interpretation_counts(queries.ordered(edition))
    assert [(code, number) for code, _name, number in counts] == [("ru", 2), ("km", 1)]


# --- Who speaks ----------------------------------------------------------------------------------
def test_the_first_of_each_delegation_speaks(edition):
    people = named(edition, ("A", "FJ"), ("B", "FJ"), ("C", "MN"))
    alone = make.make_participation(edition, make.make_person("Z"))
    actions.place_at(people[1], 1, actor=None)
    actions.place_at(alone, 2, actor=None)
    rows = queries.speakers(edition)
    assert [str(row.participation.person) for row in rows] == ["B", "Z", "C"]
    by_country = queries.speakers(edition, by_name_of_country=True)
    assert [str(row.participation.person) for row in by_country] == ["B", "C", "Z"]


def test_at_a_session_those_with_a_part_speak(edition):
    people = named(edition, ("A", "FJ"), ("B", "FJ"), ("C", "MN"))
    session = make.make_session(edition, day=1)
    for guest in people[1:]:
        make.make_part(session, guest)
    rows = queries.speakers(edition, session=session)
    assert [str(row.participation.person) for row in rows] == ["B", "C"]


# --- Pages ---------------------------------------------------------------------------------------
def test_up_and_down_move_people_without_a_script(officer, edition):
    people = named(edition, ("A", "FJ"), ("B", "MN"), ("C", "TH"))
    page = officer.get(address("protocol", edition)).content.decode()
    assert "Nobody has set an order" in page
    officer.post(address("protocol_place", edition, people[2].pk), {"place": "2"})
    assert order(edition) == ["A", "C", "B"]
    officer.post(address("protocol_place", edition, people[2].pk), {"place": "no number"})
    assert order(edition) == ["A", "C", "B"]


def test_the_words_are_typed_and_a_second_officer_is_told(officer, edition):
    (guest,) = named(edition, ("A", "FJ"))
    where = address("protocol_person", edition, guest.pk)
    typed = {"form_of_address": "Dr", "name_plate": "A.", "interpretation": "ru"}
    officer.post(where, typed)
    row = queries.of_person(edition, guest.pk)
    assert (row.form_of_address, row.plate, row.interpretation) == ("Dr", "A.", "ru")
    stale = officer.post(where, typed | {"version": "0", "form_of_address": "Professor"})
    assert "Somebody else saved this" in stale.content.decode()
    assert queries.of_person(edition, guest.pk).form_of_address == "Dr"


def test_consent_on_paper_is_noted_and_taken_back(officer, edition):
    (guest,) = named(edition, ("A", "FJ"))
    officer.post(address("photographs", edition, guest.pk, "yes"))
    standing = Consent.objects.filter(person=guest.person, withdrawn_at=None)
    assert [consent.purpose for consent in standing] == ["photographs"]
    shown = officer.get(address("protocol", edition), {"photographs": "no"}).content.decode()
    assert "Nobody like that" in shown
    officer.post(address("photographs", edition, guest.pk, "no"))
    assert not standing.all().exists()


def test_lists_are_taken_away(officer, edition):
    named(edition, ("A", "FJ"), ("한지민", "KR"))
    for name in ("protocol", "speakers"):
        assert taken(officer, address(name, edition), "xlsx").startswith(b"PK")
        assert taken(officer, address(name, edition), "pdf").startswith(b"%PDF")
    plates = officer.get(address("name_plates", edition))
    assert plates.content.startswith(b"%PDF")


def test_a_plate_shows_the_latin_name_where_no_font_has_the_script(edition):
    person = make.make_person("\U0001e900\U0001e901", latin_name="Adlam Name")
    guest = make.make_participation(edition, person)
    assert cards._name(guest, person.name, lambda _name: False) == {
        "name": "Adlam Name",
        "latin": "",
    }
    assert cards._name(guest, person.name, lambda _name: True)["latin"] == "Adlam Name"


def test_the_director_reads_and_does_not_change(edition):
    (guest,) = named(edition, ("A", "FJ"))
    director = signed_in("director")
    for name, arguments in (
        ("protocol", []), ("protocol_person", [guest.pk]), ("speakers", []),
    ):  # fmt: skip
        assert director.get(address(name, edition, *arguments)).status_code == 200
    for name, arguments in (
        ("protocol_place", [guest.pk]), ("photographs", [guest.pk, "yes"]),
        ("protocol_person", [guest.pk]), ("order_forget", []),
    ):  # fmt: skip
        answer = director.post(address(name, edition, *arguments), {"place": "1"})
        assert answer.status_code == 404
    assert not Protocol.objects.exists()
    host = signed_in(("host", edition))
    assert host.get(address("protocol", edition)).status_code == 404


def test_the_list_costs_the_same_for_many(officer, edition):
    country, organisation = make.make_country("FJ"), make.make_organisation()
    guest = make.make_participation(edition, country=country, organisation=organisation)
    here.make_protocol(guest, form_of_address="Dr", interpretation="ru")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address("protocol", edition)).status_code == 200
        return len(captured)

    before = count()
    for each in make.make_participations(edition, 60, country=make.make_country("TH")):
        here.make_protocol(each, form_of_address="Dr")
    assert count() == before


def test_moving_somebody_costs_the_same_for_many(edition):
    (guest,) = named(edition, ("A", "FJ"))

    def count(place: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            actions.place_at(guest, place, actor=None)
        return len(captured)

    make.make_participations(edition, 5)
    count(2)
    before = count(1)
    make.make_participations(edition, 40)
    count(2)
    assert count(3) == before
