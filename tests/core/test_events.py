"""Higher apps hear of what lower ones did: after the commit, each once, whatever fails."""

from datetime import timedelta

import pytest
from django.db import transaction

from madang.core import clock, events
from madang.core.models import Delivery, Event
from tests.factories import make_person
from tests.support.work import work

pytestmark = pytest.mark.django_db

heard = []
broken = []


def listen(event):
    heard.append((event.name, event.facts))


def write_then_stumble(event):
    make_person("Left behind?")
    if broken:
        raise RuntimeError("The roof fell in.")
    heard.append("stumbled no more")


@pytest.fixture(autouse=True)
def _subscribers():
    heard.clear()
    broken.clear()
    events.subscribe("test.happened", listen)
    yield
    events._handlers.pop("test.happened")


def test_a_subscriber_hears_of_an_event_once_after_it_happened():
    event = events.record("test.happened", make_person(), number=3)
    assert heard == []
    work()
    assert heard == [("test.happened", {"number": 3})]
    events.deliver(event)
    events.deliver_waiting()
    assert len(heard) == 1


def test_an_event_that_was_rolled_back_never_happened():
    person = make_person()
    with transaction.atomic():
        events.record("test.happened", person)
        transaction.set_rollback(True)
    assert work() == 0
    assert heard == []


def test_an_event_without_subscribers_is_kept_and_costs_no_task():
    events.record("test.ignored", make_person())
    assert work() == 0
    assert Event.objects.get().name == "test.ignored"


def test_one_that_fails_leaves_nothing_half_done_stops_nobody_and_is_tried_again():
    events.subscribe("test.happened", write_then_stumble)
    broken.append(True)
    events.record("test.happened", make_person("Somebody"))
    work()
    assert len(heard) == 1
    waiting = Delivery.objects.get(state=Delivery.State.WAITING)
    assert waiting.attempts == 1
    assert waiting.event.facts == {}
    people = type(make_person()).objects
    before = people.count()
    broken.clear()
    assert events.deliver_waiting() == 1
    assert heard[-1] == "stumbled no more"
    assert people.count() == before + 1
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()


def test_one_that_goes_on_failing_is_given_up():
    events.subscribe("test.happened", write_then_stumble)
    broken.append(True)
    events.record("test.happened", make_person())
    for _attempt in range(events.MAX_ATTEMPTS):
        events.deliver_waiting()
    assert events.deliver_waiting() == 0
    assert Delivery.objects.get(state=Delivery.State.FAILED).attempts == events.MAX_ATTEMPTS


def test_old_events_go_once_nobody_waits_for_them():
    tomorrow = clock.now() + timedelta(days=1)
    events.record("test.happened", make_person())
    events.record("test.ignored", make_person())
    assert events.purge(clock.now() - timedelta(days=1)) == 0
    assert events.purge(tomorrow) == 1
    work()
    assert events.purge(tomorrow) == 1
    assert not Delivery.objects.exists()


def test_an_event_carries_no_personal_value():
    with pytest.raises(ValueError, match="may be a code"):
        events.record("test.happened", make_person(), name="Fatima Rahimi")
