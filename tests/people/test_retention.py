"""Personal data go when their time is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from madang.core import clock
from madang.core.models import AuditEntry, Personal
from madang.people import erasure, retention
from madang.people.models import Person
from tests.factories import (
    make_account,
    make_country,
    make_edition,
    make_participation,
    make_people,
    make_person,
    make_role,
)

pytestmark = pytest.mark.django_db

END = datetime(2007, 10, 13, tzinfo=UTC)  # the day after the last of the week


def make_participant(**fields):
    with clock.at(datetime(2007, 8, 1, tzinfo=UTC)):
        person = make_person("Alisi Vakatawa", phone="+679 555 0100", email="a@example.org")
        make_participation(make_edition(), person, **fields)
    return person


def expire_at(moment):
    with clock.at(moment):
        return retention.expire()


def test_a_telephone_number_goes_thirty_days_after_the_workshop():
    person = make_participant()
    assert expire_at(END + timedelta(days=29)) == 0
    assert expire_at(END + timedelta(days=31)) == 1
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.phone) == ("Alisi Vakatawa", "")
    entry = AuditEntry.objects.get(verb="person.expired")
    assert (entry.thing_id, entry.facts, entry.actor_id) == (person.pk, {"fields": ["phone"]}, None)
    assert expire_at(END + timedelta(days=32)) == 0


def test_everything_goes_two_years_after_the_last_workshop_and_so_does_the_key():
    person = make_participant()
    account = make_account(person=person)
    expire_at(END + timedelta(days=732))
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.email, person.erased_at is not None) == ("", "", True)
    assert person.subject.is_destroyed
    account.refresh_from_db()
    assert not account.is_active
    assert "example.org" not in account.email
    assert AuditEntry.objects.get(verb="person.expired").facts["fields"] == [
        "email",
        "name",
        "phone",
    ]


def test_a_later_workshop_lets_the_data_stay():
    person = make_participant()
    with clock.at(END):
        make_participation(
            make_edition(
                starts_on=END.date() + timedelta(days=700), ends_on=END.date() + timedelta(days=704)
            ),
            person,
        )
    expire_at(END + timedelta(days=735))
    assert Person.objects.get(pk=person.pk).name == "Alisi Vakatawa"


def test_a_cancelled_participation_does_not_count():
    person = make_participant(state="cancelled")
    expire_at(datetime(2007, 9, 15, tzinfo=UTC))
    assert Person.objects.get(pk=person.pk).phone == ""


def test_who_holds_a_standing_role_is_kept_until_it_ends():
    person = make_participant()
    role = make_role(make_account(person=person), "focal_point", make_country("FJ"))
    assert expire_at(END + timedelta(days=4000)) == 0
    with clock.at(END + timedelta(days=4000)):
        role.ends_at = clock.now()
        role.save()
    assert expire_at(END + timedelta(days=4031)) == 1
    assert Person.objects.get(pk=person.pk).name


def test_a_role_in_a_past_edition_is_no_standing_role():
    person = make_participant()
    make_role(make_account(person=person), "participant", person.participations.get().edition)
    expire_at(END + timedelta(days=732))
    assert Person.objects.get(pk=person.pk).name == ""


def test_a_night_asks_as_many_questions_for_many_as_for_few(django_assert_num_queries):
    with clock.at(END):
        make_people(2, phone="+679 555 0100")
    # Who there is, who they are, their roles; what apps know of involvement; models with lifetimes.
    number = 3 + len(retention._involvements) + len(retention._lifetimes)
    with clock.at(END + timedelta(days=1)):
        with django_assert_num_queries(number):
            retention.expire()
        make_people(40, phone="+679 555 0100")
        with django_assert_num_queries(number):
            retention.expire()


def test_every_personal_field_says_why_and_until_when_it_is_kept():
    models = [model for model in apps.get_models() if issubclass(model, Personal)]
    assert models == erasure.personal_models()
    for model in models:
        for field in model.personal_fields():
            assert str(field.why), f"{model.__name__}.{field.attname} does not say why"
            assert str(field.until), f"{model.__name__}.{field.attname} does not say until when"


def test_every_field_of_a_model_needs_a_lifetime():
    with pytest.raises(ValueError, match="needs a lifetime"):
        retention.register(Person, {"name": retention.TWO_YEARS})
