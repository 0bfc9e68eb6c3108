"""Small steps of the stories of offers and seats."""

from django.test import Client

from madang.cohorts.actions import offers
from madang.cohorts.models import Decision, Offer
from madang.people.models import Account
from tests.support.work import work


def offer_of(number: int) -> Offer:
    return Offer.objects.get(nomination__number=number)


def send_all(decision: Decision, officer: Account) -> list[Offer]:
    offers.prepare(decision, actor=officer)
    for offer in decision.offers.all():
        offers.send(offer, actor=officer)
    work()
    return list(decision.offers.all())


def browser(account: Account | None = None) -> Client:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client
