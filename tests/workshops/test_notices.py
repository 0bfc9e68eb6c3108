"""Mails of a publication: to exactly those concerned, in their language, once."""

import pytest
from django.db import transaction

from madang.core import events, texts
from madang.core.mail import email_of
from madang.core.models import Delivery, Event, Message
from madang.workshops import notices
from madang.workshops.actions import publication
from madang.workshops.models import Edition, Participation, Session
from tests.factories import (
    local,
    make_edition,
    make_part,
    make_participation,
    make_participations,
    make_person,
    make_session,
    make_sign_up,
)
from tests.support.work import work

MARKS = str.maketrans("", "", "\u2068\u2069")


@pytest.fixture
def edition(db) -> Edition:
    edition = make_edition(title="Incheon", city="Incheon")
    texts.translate(edition, "title", {"fa": "اینچئون"})
    return edition


def guest(edition: Edition, name: str, *, language: str = "en", **fields) -> Participation:
    address = f"{name.lower()}@example.org"
    person = make_person(name, email=address, language=language)
    return make_participation(edition, person, **fields)


@pytest.fixture
def people(edition) -> dict[str, Participation]:
    return {
        "Mere": guest(edition, "Mere"),
        "Mehrdad": guest(edition, "Mehrdad", language="fa"),
        "Anil": guest(edition, "Anil"),
    }


@pytest.fixture
def trip(edition, people) -> Session:
    """Published, with Mere and Mehrdad signed up and their first mails sent."""
    session = make_session(
        edition, day=4, at="09:00", title="Seoul", audience=Session.Audience.SIGN_UP, places=20
    )
    texts.translate(session, "title", {"fa": "سئول"})
    for name in ("Mere", "Mehrdad"):
        make_sign_up(session, people[name])
    publication.publish(edition, actor=None)
    work()
    Message.objects.all().delete()
    return session


def move(session: Session) -> None:
    session.starts_at = local(session.edition, 4, "08:30")
    session.save()


def mails() -> dict[str, Message]:
    return {message.address: message for message in Message.objects.all()}


def test_the_first_version_is_told_to_everybody_without_a_list(edition, people):
    make_session(edition, day=1)
    publication.publish(edition, actor=None)
    work()
    found = mails()
    assert set(found) == {"mere@example.org", "mehrdad@example.org", "anil@example.org"}
    mail = found["mere@example.org"]
    assert mail.heading == "The programme is out: Incheon"
    assert "- " not in mail.text
    assert f"/workshops/{edition.slug}/programme/" in mail.text


def test_a_change_is_told_to_those_concerned_each_in_their_language(edition, people, trip):
    move(trip)
    notes = {"en": "The bus leaves earlier.", "fa": "اتوبوس زودتر حرکت می‌کند."}
    version = publication.publish(edition, actor=None, notes=notes)
    assert not Message.objects.exists()  # written by the worker, after the commit
    work()
    found = mails()
    assert set(found) == {"mere@example.org", "mehrdad@example.org"}
    english = found["mere@example.org"]
    assert english.heading == "Programme, version 2: Incheon"
    text = english.text.translate(MARKS)
    assert text.startswith("Dear Mere,\n")
    assert "- “Seoul” now starts Thu 11 Oct, 08:30 (before: 09:00)." in text
    assert "Times are those of Incheon." in text
    assert "The bus leaves earlier." in text
    persian = found["mehrdad@example.org"]
    assert "اینچئون" in persian.heading
    assert "سئول" in persian.text
    assert "۰۸:۳۰" in persian.text
    assert notes["fa"] in persian.text
    assert notes["en"] not in persian.text
    assert list(notices.told(version)) == sorted(found.values(), key=lambda mail: mail.created_at)


def test_the_mail_has_a_plain_and_a_formatted_part_in_its_direction(edition, people, trip):
    move(trip)
    publication.publish(edition, actor=None, notes={"en": "Fish & <chips>."})
    work()
    found = mails()
    email = email_of(found["mehrdad@example.org"])
    html, kind = email.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="fa" dir="rtl">' in html
    assert email.extra_headers["Content-Language"] == "fa"
    assert '<html lang="en" dir="ltr">' in found["mere@example.org"].html
    assert "Fish &amp; &lt;chips&gt;." in found["mere@example.org"].html
    assert "Fish & <chips>." in found["mere@example.org"].text


def test_who_cancelled_or_has_no_address_gets_none(edition, people, trip):
    people["Mere"].cancel(actor=None)
    people["Mehrdad"].person.email = ""
    people["Mehrdad"].person.save()
    move(trip)
    publication.publish(edition, actor=None, notes={"en": "Earlier."})
    work()
    assert mails() == {}


def test_a_translation_is_published_in_silence(edition, people, trip):
    texts.translate(trip, "description", {"fa": "نمایشگاه"})
    publication.publish(edition, actor=None, notes={"en": "Persian."})
    work()
    assert mails() == {}


def test_names_are_told_of_those_whose_part_changes(edition, people, trip):
    make_part(trip, people["Anil"], role="host")
    publication.publish(edition, actor=None, notes={"en": "Anil hosts."})
    work()
    assert set(mails()) == {"anil@example.org"}
    text = mails()["anil@example.org"].text.translate(MARKS)
    assert "“Seoul”: now with Anil." in text


def test_several_changes_come_in_one_mail(edition, people, trip):
    move(trip)
    make_session(edition, day=2, at="15:00", title="Clinic")
    publication.publish(edition, actor=None, notes={"en": "Two things."})
    work()
    found = mails()
    assert len(found) == 3
    assert found["mere@example.org"].text.count("\n- ") == 2
    assert found["anil@example.org"].text.count("\n- ") == 1


# --- Once, whatever happens -----------------------------------------------------------------------
def test_handing_the_event_out_again_writes_nothing_twice(edition, people, trip):
    move(trip)
    publication.publish(edition, actor=None, notes={"en": "Earlier."})
    work()
    event = Event.objects.latest("at")
    Delivery.objects.filter(event=event).update(state=Delivery.State.WAITING)
    events.deliver(event)
    notices.tell_of_publication(event)
    assert Message.objects.count() == 2


def test_a_crash_in_the_middle_leaves_nothing_and_the_next_attempt_completes(edition, people, trip):
    """Power fails when one of two mails is written: the whole attempt is undone, then repeated."""
    move(trip)
    publication.publish(edition, actor=None, notes={"en": "Earlier."})
    event = Event.objects.latest("at")

    def write_and_fail() -> None:
        notices.tell_of_publication(event)
        assert Message.objects.count() == 2
        raise OSError("The power is gone.")

    with pytest.raises(OSError, match="power"), transaction.atomic():
        write_and_fail()
    assert not Message.objects.exists()
    work()
    assert Message.objects.count() == 2
    waiting = Delivery.objects.filter(event=event, state=Delivery.State.WAITING)
    assert not waiting.exists()


def test_a_great_many_are_told_in_parts_each_once(edition):
    """Nobody who writes meanwhile has to wait for hundreds of mails."""
    for number in range(2 * notices.AT_ONCE + 3):
        guest(edition, f"Guest{number}")
    make_session(edition, day=1)
    publication.publish(edition, actor=None)
    first = Event.objects.latest("at")
    notices.tell_of_publication(first)
    assert Message.objects.count() == notices.AT_ONCE
    work()
    assert Message.objects.count() == 2 * notices.AT_ONCE + 3
    assert Message.objects.values("address_index").distinct().count() == Message.objects.count()
    parts = Event.objects.filter(name=notices.TOLD_IN_PART)
    notices.tell_of_publication(parts.earliest("id"))
    assert Message.objects.count() == 2 * notices.AT_ONCE + 3


def test_two_versions_are_two_mails_each_with_its_own_change(edition, people, trip):
    move(trip)
    publication.publish(edition, actor=None, notes={"en": "Earlier."})
    trip.title = "Seoul by bus"
    trip.minutes = 300
    trip.save()
    publication.publish(edition, actor=None, notes={"en": "Longer."})
    work()
    assert Message.objects.count() == 4
    longer = [mail for mail in Message.objects.all() if "version 3" in mail.heading]
    assert all("08:30 (before" not in mail.text for mail in longer)


def test_queries_for_a_mail_do_not_grow_with_the_programme(
    edition, people, django_assert_max_num_queries
):
    make_participations(edition, 5)
    for day in (1, 2, 3, 4, 5):
        make_session(edition, day=day)
    version = publication.publish(edition, actor=None)
    event = Event.objects.get(thing_id=version.id)
    with django_assert_max_num_queries(10 + 3 * 12):
        notices.tell_of_publication(event)


def test_who_was_given_a_place_is_told_in_both_parts(edition, people):
    session = make_session(
        edition, day=4, title="Seoul", audience=Session.Audience.SIGN_UP, places=1
    )
    make_sign_up(session, people["Mere"])
    make_sign_up(session, people["Mehrdad"], state="waiting")
    publication.publish(edition, actor=None)
    work()
    Message.objects.all().delete()
    Session.objects.filter(pk=session.pk).update(places=2)
    publication.publish(edition, actor=None, notes={"en": "One more seat."})
    work()
    given = [mail for mail in Message.objects.all() if mail.template.endswith("place_given")]
    assert [mail.address for mail in given] == ["mehrdad@example.org"]
    assert f"/sessions/{session.id}/" in given[0].text
    assert '<html lang="fa" dir="rtl">' in given[0].html
