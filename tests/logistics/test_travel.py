"""Visas, tickets and insurance: what is to be done, by whom, until when."""

import pytest

from madang.core.transitions import TransitionRefusedError
from madang.logistics.models import Errand
from tests import factories as make
from tests.logistics import factories as travel

pytestmark = pytest.mark.django_db


def test_a_visa_is_granted_and_a_ticket_is_bought():
    person = travel.make_traveller(make.make_edition())
    visa = travel.make_errand(person, "visa")
    ticket = travel.make_errand(person, "ticket")
    for errand in (visa, ticket):
        errand.ask(actor=None, scope=person.edition_id)
        errand.finish(actor=None, scope=person.edition_id)
    assert (visa.state_label, ticket.state_label) == ("granted", "bought")
    assert not visa.is_open
    with pytest.raises(TransitionRefusedError):
        Errand.objects.get(pk=visa.pk).refuse(actor=None)
