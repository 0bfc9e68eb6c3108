"""Django's test client, signed in as somebody with roles."""

from allauth.mfa.models import Authenticator
from django.test import Client

from madang.people.models import Account
from tests.factories import RoleWanted, make_account


def client_of(account: Account) -> Client:
    """A client signed in to an account, strongly: it has an authenticator app."""
    Authenticator.objects.get_or_create(
        user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}}
    )
    client = Client()
    client.force_login(account)
    return client


def signed_in(*roles: RoleWanted) -> Client:
    """A client of a new account with these roles: `signed_in("secretariat")`."""
    return client_of(make_account(roles=list(roles)))
