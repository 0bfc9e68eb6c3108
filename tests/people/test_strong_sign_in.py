"""Roles that can do much need a second means of signing in, outside the demo."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.urls import reverse

from madang.people.adapters import MfaAdapter
from madang.people.middleware import StrongSignInMiddleware
from tests.factories import make_account, make_country, make_edition
from tests.support.settings import STRONG_SIGN_IN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, STRONG_SIGN_IN]


@pytest.mark.parametrize("kind", ["secretariat", "director"])
def test_who_can_do_much_is_led_to_where_a_second_means_is_set_up(client, kind):
    account = make_account(roles=[(kind, make_edition())])
    client.force_login(account)
    response = client.get(reverse("core:jobs"), follow=True)
    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    page = response.content.decode()
    assert "Your role needs a second means of signing in" in page
    for name in ("people:privacy", "people:roles", "mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).status_code == 200
    TOTP.activate(account, generate_totp_secret())
    assert client.get(reverse("core:jobs")).status_code == 200


def test_posting_is_no_way_around_it(client):
    client.force_login(make_account(roles=["secretariat"]))
    response = client.post(reverse("people_manage:account_add"), {"name": "A", "email": "a@b.org"})
    assert response["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("kind", ["focal_point", "participant"])
def test_others_are_not_asked_for_it(client, kind):
    scope = make_country("FJ") if kind == "focal_point" else make_edition()
    client.force_login(make_account(roles=[(kind, scope)]))
    assert client.get(reverse("core:jobs")).status_code == 200


def test_a_visitor_costs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("account_signup")).status_code == 200


def test_the_demo_does_without(settings):
    settings.MADANG_DEMO = True
    with pytest.raises(MiddlewareNotUsed):
        StrongSignInMiddleware(HttpResponse)


def test_the_last_means_can_not_be_taken_away(client):
    account = make_account(roles=["director"])
    app = TOTP.activate(account, generate_totp_secret()).instance
    adapter = MfaAdapter()
    assert not adapter.can_delete_authenticator(app)
    Authenticator.objects.create(user=account, type="webauthn", data={})
    assert adapter.can_delete_authenticator(app)
    other = make_account()
    app = TOTP.activate(other, generate_totp_secret()).instance
    assert adapter.can_delete_authenticator(app)
