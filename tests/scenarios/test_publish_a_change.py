"""The bus to Seoul leaves earlier: an officer moves the trip, and exactly those hear of it who go.

In the founding case, on the Friday before the week.
"""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from madang.core import clock, events
from madang.core.models import Message
from madang.site import demo
from madang.site.demo import cast, moments
from madang.workshops.models import Edition, Participation, Session, SignUp
from tests.support.clients import client_of

MARKS = str.maketrans("", "", "\u2068\u2069")
NOTE = {"note_en": "The bus leaves half an hour earlier.", "note_fa": "اتوبوس زودتر حرکت می‌کند."}


@pytest.fixture
def incheon(db) -> Iterator[Edition]:
    """The demo in the week before, every mail of its past sent and put away."""
    with transaction.atomic():
        demo.load(moments.START)
        deliver()
        Message.objects.all().delete()
        yield Edition.objects.get(slug="incheon-2007")
        transaction.set_rollback(True)
    clock.set_offset(timedelta(0))


def deliver() -> None:
    """What the worker does with events that wait, and with those that come of them."""
    while events.deliver_waiting():
        pass


def seat(name: str) -> Client:
    found = cast.seated(name)
    assert found is not None
    return client_of(found[1])


def page(client: Client, name: str, edition: Edition, *others) -> str:
    answer = client.get(reverse(f"manage:{name}", args=[edition.slug, *others]))
    assert answer.status_code == 200
    return answer.content.decode().translate(MARKS)


def test_the_bus_to_seoul_leaves_earlier(incheon):
    trip = Session.objects.get(edition=incheon, kind="field_trip")
    officer, director, participant = (
        seat(name) for name in ("secretariat", "director", "participant")
    )
    place = reverse("manage:place", args=[incheon.slug, trip.id])
    publish = reverse("manage:publish", args=[incheon.slug])

    # The officer moves it, as the editor's script does.
    timetable = reverse("manage:timetable", args=[incheon.slug])
    thursday = officer.get(f"{timetable}?day=2007-10-11")
    [card] = [session for session in thursday.context["on_day"] if session.pk == trip.pk]
    move = {
        "day": "2007-10-11",
        "start": "08:00",
        "minutes": card.minutes,
        "room": str(card.room_id),
        "version": card.version,
    }
    answer = officer.post(place, move, headers={"accept": "application/json"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["start"] == 8 * 60

    # Visitors see nothing of it yet; the page says whom it would touch.
    going = set(
        SignUp.objects.filter(session=trip)
        .exclude(state="withdrawn")
        .values_list("participation", flat=True)
    ) | set(trip.people.values_list("participation", flat=True))
    expected = Participation.objects.filter(pk__in=going, state="expected")
    people = {participation.person for participation in expected.select_related("person__subject")}
    assert 20 < len(people) < incheon.participations.count()
    public = reverse("workshops:session", args=[incheon.slug, trip.id])
    assert "08:30" in Client().get(public).content.decode()
    before = page(officer, "publish", incheon)
    sentence = "now starts Thu 11 Oct, 08:00 (before: 08:30)."
    assert sentence in before
    assert f"{len(people)} people are told by mail" in before
    for person in people:
        assert escape(person.name) in before

    # A director reads the same and is offered nothing; a participant finds nothing.
    for_director = page(director, "publish", incheon)
    assert sentence in for_director
    assert "<textarea" not in for_director
    assert director.post(publish, NOTE).status_code == 404
    assert director.post(place, move).status_code == 404
    for address in (publish, place, timetable):
        assert participant.get(address).status_code == 404
    for address in (publish, place):
        assert participant.post(address, NOTE).status_code == 404

    # Published: the page changes for everybody, and the mails go out.
    seen = officer.get(publish).context["form"]["seen"].value()
    answer = officer.post(publish, NOTE | {"seen": seen}, follow=True)
    assert f"{len(people)} people are told by mail" in answer.content.decode()
    assert "08:00" in Client().get(public).content.decode()
    deliver()
    mails = {message.address: message for message in Message.objects.select_related("subject")}
    assert set(mails) == {person.email for person in people}
    assert Message.objects.count() == len(people)
    assert {person.language for person in people} == {"en", "fa"}
    for person in people:
        mail = mails[person.email]
        assert mail.language == person.language
        text = mail.text.translate(MARKS)
        assert person.name in text
        if person.language == "fa":
            assert "۰۸:۰۰" in text
            assert NOTE["note_fa"] in text
        else:
            assert sentence in text
            assert NOTE["note_en"] in text

    # Who was told can be looked up, and handing the event out again tells nobody twice.
    told = page(officer, "told", incheon, 5)
    assert f"{len(people)} messages" in told
    deliver()
    assert Message.objects.count() == len(people)
