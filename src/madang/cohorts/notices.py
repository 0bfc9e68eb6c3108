"""Mails about offers, to nominees and the focal points of their countries; what an offer hears."""

from datetime import time, timedelta

from madang.cohorts.actions import offers, seats
from madang.cohorts.models import Offer
from madang.core import clock, events, outbox
from madang.core.models import Event
from madang.nominations.actions import nominations
from madang.people import access_links
from madang.people.models import Account

# How long a focal point's link to the seats of their country holds after the workshop began.
LINK_LASTS = timedelta(days=30)


def _offer(event: Event) -> Offer:
    return offers.whole(Offer.objects.all()).get(pk=event.thing_id)


def tell_nominee(event: Event) -> None:
    """Confirm to the nominee that they take part."""
    offer = _offer(event)
    person = offer.nomination.person
    if offer.state == Offer.State.ACCEPTED and person.email:
        outbox.post(
            key=f"offer-accepted:{offer.pk}:{offer.version}",
            to=person,
            template="cohorts/mails/accepted",
            context={
                "offer": offer,
                "person": person,
                "edition": offer.edition,
                "has_account": Account.objects.filter(person=person, is_active=True).exists(),
            },
            about=offer,
        )


def tell_focal_point(event: Event) -> None:
    """Say that a seat of the country is lost, and how to name somebody else or release it."""
    offer = _offer(event)
    if offer.state not in Offer.LOST:
        return
    invitation = seats.let_nominate_again(offer)
    if invitation is None or invitation.focal_point is None or not invitation.focal_point.email:
        return
    edition = offer.edition
    begins = edition.moment(edition.starts_on, time())
    link, nominating = (
        access_links.give(
            purpose,
            invitation,
            invitation.focal_point,
            until=max(begins, clock.now()) + LINK_LASTS,
            actor=None,
        )
        for purpose in ("seats", "nominate")
    )
    outbox.post(
        key=f"offer-lost:{offer.pk}:{offer.version}",
        to=invitation.focal_point,
        template="cohorts/mails/lost",
        context={
            "offer": offer,
            "person": invitation.focal_point,
            "edition": edition,
            "until": offers.terms(edition).substitution_until,
            "address": access_links.address(link),
            "nominating": access_links.address(nominating),
        },
        about=offer,
    )


def subscribe() -> None:
    events.subscribe(offers.ANSWERED, tell_nominee)
    events.subscribe(offers.LOST, tell_focal_point)
    events.subscribe(nominations.WITHDRAWN, offers.lose_with_nomination)
