"""A release drafted from the data says true figures, in every language."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from madang.attendance.models import Attendance
from madang.newsroom import actions, drafting
from madang.newsroom.models import Release
from madang.reports import figures
from madang.workshops.actions import participations
from tests import factories as make
from tests.reports.factories import make_week
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    return make_week()


def test_a_press_release_counts_people_sectors_and_countries(week):
    make.make_partner(week.edition, role="organiser")
    written = drafting.written(week.edition, "press_release")
    lead = written["lead"]["en"]
    assert lead.startswith(
        "12 representatives of government and academia from 3 countries meet in Incheon"
    )
    assert "8–12 October 2007" in lead
    assert "It is organised by Ministry" in written["body"]["en"]
    assert "۱۲" in written["lead"]["fa"]


def test_three_sectors_are_listed_with_an_and(week):
    third = make.make_organisation("Network", kind="civil_society")
    make.make_participation(week.edition, organisation=third, country=make.make_country("KR"))
    came = figures.taken_part(week.edition)
    assert drafting.representatives(came) == (
        "13 representatives of government, academia and civil society from 4 countries"
    )


def test_who_had_to_leave_took_part_and_who_never_came_did_not(week):
    session = week.edition.sessions.get()
    for one in week.participants[:11]:
        Attendance.objects.create(session=session, participation=one, state="present", minutes=75)
    participations.cancel_participation(week.participants[0], actor=week.officer)
    assert figures.taken_part(week.edition).people == 11


def test_the_button_writes_a_draft_in_every_language(week):
    client = client_of(week.officer)
    address = reverse("newsroom_manage:draft")
    assert "Draft from the data" in client.get(address).content.decode()
    answer = client.post(address, {"edition": week.edition.pk, "kind": "summary"})
    release = Release.objects.get()
    assert answer.url == reverse("newsroom_manage:release", args=[release.pk])
    assert release.state == "draft"
    assert "took part" in release.lead
    assert release.translations_of("lead")["fa"]
    refused = client.post(address, {"edition": week.edition.pk, "kind": "announcement"})
    assert refused.status_code == 200
    other = make_week()
    refused = client.post(address, {"edition": other.edition.pk, "kind": "summary"})
    assert Release.objects.count() == 1


def test_a_title_that_is_too_long_is_cut(week):
    week.edition.title = "A very long title " * 11
    week.edition.save()
    release = actions.draft(week.edition, "summary", actor=week.officer)
    assert len(release.title) == 200


def test_each_language_has_a_feed_of_its_own():
    page = Client().get(reverse("newsroom:index")).content.decode()
    for code in ("en", "fa"):
        address = f"{reverse('newsroom:feed')}?lang={code}"
        assert f'hreflang="{code}" href="{address}"' in page
        root = ET.fromstring(Client().get(address).content)  # noqa: S314 - it is ours
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == code
    unknown = Client().get(f"{reverse('newsroom:feed')}?lang=tlh")
    assert b'xml:lang="en"' in unknown.content
