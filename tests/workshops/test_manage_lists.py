"""Every list of the secretariat costs the same queries with one row and with a thousand."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core.models import AuditEntry, StoredFile
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Material,
    MaterialVersion,
    Module,
    Participation,
    Recommendation,
    RecommendationAnswer,
    Room,
    Session,
    SessionPerson,
    SignUp,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
MANY = 1000


@pytest.fixture
def officer():
    client = Client()
    client.force_login(make.make_account(roles=["secretariat"]))
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grows(client: Client, address: str, fill, expected: int) -> None:
    """The page costs `expected` queries before and after `fill` adds many rows."""
    assert queries(client, address) == expected
    fill()
    assert queries(client, address) == expected


def test_the_desk(officer):
    make.make_edition()
    series, country = make.make_series(), make.make_country()

    def fill():
        Edition.objects.bulk_create(
            Edition(
                series=series,
                number=number,
                slug=f"many-{number}",
                title="Many",
                city="Suva",
                country=country,
                time_zone="Pacific/Fiji",
                starts_on=make.FIRST_DAY,
                ends_on=make.FIRST_DAY,
            )
            for number in range(MANY)
        )

    grows(officer, reverse("manage:desk"), fill, expected=6)


def test_series(officer):
    make.make_edition()
    grows(
        officer,
        reverse("manage:series_list"),
        lambda: [make.make_edition() for _ in range(20)],
        expected=8,
    )


def test_people_with_countries_and_organisations(officer):
    edition = make.make_edition()
    make.make_participation(
        edition, country=make.make_country("FJ"), organisation=make.make_organisation()
    )

    def fill():
        make.make_participations(edition, MANY, country=make.make_country("TH"))
        make.make_participations(edition, 30, organisation=make.make_organisation())

    grows(officer, reverse("manage:people", args=[edition.slug]), fill, expected=8)


def test_people_exported(officer):
    edition = make.make_edition()
    make.make_participation(
        edition, country=make.make_country("FJ"), organisation=make.make_organisation()
    )
    address = reverse("manage:people", args=[edition.slug]) + "?format=csv"
    before = queries(officer, address)
    make.make_participations(edition, MANY, country=make.make_country("TH"))
    with CaptureQueriesContext(connection) as captured:
        lines = b"".join(officer.get(address).streaming_content).decode().splitlines()
    assert len(captured) == before
    assert len(lines) == 1 + 1 + MANY


def test_sessions_with_rooms_modules_and_people(officer):
    edition = make.make_edition()
    module, room = make.make_module(edition), make.make_room(edition)
    speaker = make.make_participation(edition, kind=Participation.Kind.RESOURCE_PERSON)
    make.make_part(make.make_session(edition, module=module, room=room, day=1), speaker)

    def fill():
        other = Room(site=room.site, name="Other")
        other.save()
        many = make.make_sessions(edition, MANY, module=module, room=other)
        SessionPerson.objects.bulk_create(
            SessionPerson(session=session, participation=speaker) for session in many
        )

    grows(officer, reverse("manage:sessions", args=[edition.slug]), fill, expected=17)


def test_sign_ups(officer):
    edition = make.make_edition()
    trip = make.make_session(edition, audience=Session.Audience.SIGN_UP)
    country, organisation = make.make_country("FJ"), make.make_organisation()
    make.make_sign_up(
        trip, make.make_participation(edition, country=country, organisation=organisation)
    )

    def fill():
        people = make.make_participations(edition, MANY, country=country)
        SignUp.objects.bulk_create(
            SignUp(session=trip, participation=one, state=SignUp.State.CONFIRMED) for one in people
        )

    address = reverse("manage:sign_ups", args=[edition.slug, trip.pk])
    grows(officer, address, fill, expected=13)


def test_materials(officer):
    edition = make.make_edition()
    session = make.make_session(edition)

    def add(how_many):
        made = Material.objects.bulk_create(
            Material(edition=edition, session=session, title="Slides") for _ in range(how_many)
        )
        stored = StoredFile.objects.bulk_create(
            StoredFile(
                owner_model="workshops.material",
                owner_id=material.pk,
                name="slides.pdf",
                media_type="application/pdf",
                size=1,
                digest="0" * 64,
            )
            for material in made
        )
        MaterialVersion.objects.bulk_create(
            MaterialVersion(material=material, number=1, file=file)
            for material, file in zip(made, stored, strict=True)
        )

    add(1)
    grows(officer, reverse("manage:materials", args=[edition.slug]), lambda: add(MANY), expected=10)


def test_recommendations_and_answers(officer):
    earlier = make.make_edition(number=1)
    edition = make.make_edition(series=earlier.series, number=2)
    session = make.make_session(edition)

    def add(first, how_many):
        for owner in (earlier, edition):
            made = Recommendation.objects.bulk_create(
                Recommendation(edition=owner, number=first + place, text="More.")
                for place in range(how_many)
            )
            if owner == earlier:
                answers = RecommendationAnswer.objects.bulk_create(
                    RecommendationAnswer(recommendation=one, edition=edition) for one in made
                )
                through = RecommendationAnswer.sessions.through
                through.objects.bulk_create(
                    through(recommendationanswer=answer, session=session) for answer in answers
                )

    add(1, 1)
    address = reverse("manage:recommendations", args=[edition.slug])
    grows(officer, address, lambda: add(2, MANY), expected=15)


def test_places(officer):
    edition = make.make_edition()
    make.make_room(edition)

    def fill():
        site = make.make_site(edition)
        Room.objects.bulk_create(Room(site=site, name=f"Many {place}") for place in range(MANY))

    grows(officer, reverse("manage:places", args=[edition.slug]), fill, expected=10)


def test_settings_with_modules_and_partners(officer):
    edition = make.make_edition()
    make.make_module(edition)
    make.make_partner(edition)

    def fill():
        Module.objects.bulk_create(
            Module(edition=edition, number=2 + place, title="Many") for place in range(MANY)
        )
        EditionPartner.objects.bulk_create(
            EditionPartner(edition=edition, organisation=make.make_organisation(), role="partner")
            for _ in range(20)
        )

    grows(officer, reverse("manage:settings", args=[edition.slug]), fill, expected=13)


def test_the_overview_of_a_large_edition(officer):
    edition = make.make_edition()
    make.make_session(edition, day=1)
    make.make_participation(edition)

    def fill():
        make.make_sessions(edition, MANY)
        make.make_participations(edition, MANY, country=make.make_country("FJ"))

    grows(officer, reverse("manage:edition", args=[edition.slug]), fill, expected=16)


def test_history(officer):
    edition = make.make_edition()

    def add(how_many):
        AuditEntry.objects.bulk_create(
            AuditEntry(
                verb="edition.changed",
                thing_model="workshops.edition",
                thing_id=edition.pk,
                scope_id=edition.pk,
                facts={"fields": ["title"]},
            )
            for _ in range(how_many)
        )

    add(1)
    grows(officer, reverse("manage:history", args=[edition.slug]), lambda: add(MANY), expected=9)


def test_the_form_of_a_session_offers_a_thousand_people_at_one_price(officer):
    edition = make.make_edition()
    make.make_participation(edition)
    session = make.make_session(edition)
    address = reverse("manage:session_edit", args=[edition.slug, session.pk])
    grows(officer, address, lambda: make.make_participations(edition, MANY), expected=10)


def test_the_form_of_an_answer_offers_a_thousand_sessions_at_one_price(officer):
    earlier = make.make_edition(number=1)
    edition = make.make_edition(series=earlier.series, number=2)
    answer = RecommendationAnswer.objects.create(
        recommendation=make.make_recommendation(earlier), edition=edition
    )
    make.make_session(edition)
    address = reverse("manage:answer_edit", args=[edition.slug, answer.pk])
    grows(officer, address, lambda: make.make_sessions(edition, MANY), expected=10)
