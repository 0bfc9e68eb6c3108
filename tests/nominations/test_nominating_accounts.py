"""A focal point with an account has the same pages; others have none of them."""

import pytest
from django.test import Client
from django.urls import reverse

from madang.nominations.models import Nomination
from tests.factories import make_account, make_country
from tests.nominations.desks import TYPED, text
from tests.nominations.factories import make_call, make_nomination
from tests.support.clients import client_of, signed_in

pytestmark = pytest.mark.django_db


def test_a_focal_point_with_an_account_has_the_same_pages_without_a_code():
    call = make_call()
    fiji = make_country("FJ")
    make_nomination(call.edition, person=None, country=fiji)
    client = signed_in(("focal_point", fiji))
    own = client.get(reverse("nominating:own"))
    address = reverse("nominating:own_desk", args=[call.edition.slug, "FJ"])
    assert address in text(own)
    page = text(client.get(address))
    assert "Nominee 1" in page
    response = client.post(
        reverse("nominating:own_form_add", args=[call.edition.slug, "FJ"]), TYPED
    )
    made = Nomination.objects.latest("number")
    arguments = [call.edition.slug, "FJ", made.pk]
    assert response.url == reverse("nominating:own_nomination", args=arguments)
    client.post(reverse("nominating:own_submit", args=arguments))
    made.refresh_from_db()
    assert made.state == "submitted"


def test_others_have_no_pages_of_a_country():
    call = make_call()
    nomination = make_nomination(call.edition, country=make_country("FJ"))
    thai = signed_in(("focal_point", make_country("TH")))
    addresses = [
        reverse("nominating:own_desk", args=[call.edition.slug, "FJ"]),
        reverse("nominating:own_nomination", args=[call.edition.slug, "FJ", nomination.pk]),
        reverse("nominating:own_nomination", args=[call.edition.slug, "TH", nomination.pk]),
        reverse("nominating:own_form", args=[call.edition.slug, "TH", nomination.pk]),
    ]
    for client in (thai, Client(), signed_in("secretariat"), signed_in("director")):
        for address in addresses:
            assert client.get(address).status_code == 404
    for client in (Client(), signed_in("secretariat"), signed_in()):
        assert client.get(reverse("nominating:own")).status_code == 404


def test_a_nominee_with_an_account_reads_that_they_are_nominated():
    account = make_account()
    make_nomination(make_call().edition, person=account.person)
    page = text(client_of(account).get(reverse("nominating:own")))
    assert "You are nominated" in page
    assert "by Fiji" in page
