"""Events: how a lower app tells higher ones what happened, without importing them.

An action records an event in its own transaction. After the commit a worker hands it to each
subscriber, each in a transaction of its own, together with the mark that it has been handled: so a
handler's changes in the database happen exactly once, however often the delivery is tried.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from madang.core import audit, clock, queue
from madang.core.models import Delivery, Event
from madang.core.references import new_reference

logger = logging.getLogger(__name__)

Handler = Callable[[Event], None]

MAX_ATTEMPTS = 6
FIRST_DELAY = timedelta(seconds=30)

_handlers: dict[str, dict[str, Handler]] = {}


def subscribe(name: str, handler: Handler) -> None:
    """Call `handler(event)` after each event of that name. Called from an app's `ready()`.

    A handler is known by its module and name; renaming it makes it another subscriber.
    """
    subscriber = f"{handler.__module__}.{handler.__qualname__}"
    _handlers.setdefault(name, {})[subscriber] = handler


def record(name: str, thing: models.Model, /, **facts: audit.Fact) -> Event:
    """Write an event in the caller's transaction; facts are codes and numbers, as in the audit."""
    from madang.core.tasks import deliver_event

    event = Event.objects.create(
        name=name,
        thing_model=thing._meta.label_lower,
        thing_id=thing.pk,
        facts=audit.plain(facts),
    )
    subscribers = _handlers.get(name, {})
    if subscribers:
        Delivery.objects.bulk_create(
            Delivery(event=event, subscriber=subscriber) for subscriber in subscribers
        )
        queue.enqueue(deliver_event, str(event.pk))
    return event


def deliver(event: Event) -> None:
    """Hand an event to every subscriber that has not had it yet; who fails is tried again later."""
    waiting = Delivery.objects.filter(event=event, state=Delivery.State.WAITING)
    attempts = [_deliver_one(delivery.pk) for delivery in waiting]
    failed = [attempt for attempt in attempts if attempt]
    if failed:
        from madang.core.tasks import deliver_event

        queue.enqueue(deliver_event, str(event.pk), delay=FIRST_DELAY * 4 ** (max(failed) - 1))


def deliver_waiting() -> int:
    """Try again whatever still waits; returns how many events that were."""
    events = Event.objects.filter(deliveries__state=Delivery.State.WAITING).distinct()
    for event in (found := list(events)):
        deliver(event)
    return len(found)


def purge(before: datetime) -> int:
    """Remove events from before a moment that wait for nobody any more; returns how many."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).values("event")
    over = Event.objects.filter(at__lt=before).exclude(pk__in=waiting)
    _removed, by_model = over.delete()
    return by_model.get(Event._meta.label, 0)


def _deliver_one(delivery_id: UUID) -> int:
    """0 when the delivery is over; else how often it has failed and may be tried again."""
    try:
        with transaction.atomic():
            delivery = (
                Delivery.objects.select_for_update(of=("self",))
                .select_related("event")
                .get(pk=delivery_id)
            )
            if delivery.state != Delivery.State.WAITING:
                return 0
            _handlers[delivery.event.name][delivery.subscriber](delivery.event)
            delivery.state = Delivery.State.DONE
            delivery.attempts += 1
            delivery.tried_at = clock.now()
            delivery.save()
    except Exception:
        logger.exception("Event delivery %s failed, reference %s", delivery_id, new_reference())
        return _count_failure(delivery_id)
    return 0


def _count_failure(delivery_id: UUID) -> int:
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        delivery.attempts += 1
        delivery.tried_at = clock.now()
        given_up = delivery.attempts >= MAX_ATTEMPTS
        if given_up:
            delivery.state = Delivery.State.FAILED
        delivery.save()
    return 0 if given_up else delivery.attempts
