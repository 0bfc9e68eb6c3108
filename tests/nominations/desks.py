"""A browser at a country's link, for tests of nominating and endorsing."""

import re

from django.test import Client
from django.urls import reverse

from madang.core.models import Message
from madang.nominations.models import Nomination
from madang.people import access_links
from tests.nominations.factories import make_call, make_invitation, make_nominate_link

TYPED = {
    "name": "Laisa Vunibola",
    "email": "laisa@example.org",
    "position": "Director",
    "organisation_name": "Ministry of Communications",
    "sector": "government",
    "sex": "female",
}


class Desk:
    """A browser at a country's link."""

    def __init__(self, invitation=None, **fields):
        self.invitation = invitation or make_invitation(make_call(**fields))
        self.link = make_nominate_link(self.invitation)
        self.token = access_links.address(self.link).rstrip("/").rpartition("/")[2]
        self.client = Client()
        self.edition = self.invitation.call.edition

    def url(self, name, *arguments):
        return reverse(f"nominating:{name}", args=[self.token, *arguments])

    def get(self, name, *arguments):
        return self.client.get(self.url(name, *arguments))

    def post(self, name, *arguments, data=None, **options):
        return self.client.post(self.url(name, *arguments), data or {}, **options)

    def another_device(self):
        self.client = Client()

    def mailed_code(self):
        self.post("code", data={"act": "send"})
        mail = Message.objects.filter(template="people/mails/access_code").latest("created_at")
        return re.search(r"\d{6}", mail.text)[0]

    def admit(self):
        self.post("code", data={"act": "enter", "code": self.mailed_code()})

    def enter(self, **typed):
        self.post("form_add", data=TYPED | typed)
        return Nomination.objects.latest("number")

    def save_draft(self, name, *arguments, data):
        return self.post(name, *arguments, data=data, headers={"X-Draft": "1"})


def text(response):
    return response.content.decode()
