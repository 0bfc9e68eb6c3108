"""An embargo holds everywhere, and ends by itself at its moment."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from madang.core import approvals, clock
from madang.newsroom import actions, rules
from madang.newsroom.models import Attachment, Release
from madang.people.visitors import VISITOR
from madang.workshops import latest
from madang.workshops.pages import serving
from tests.factories import local, make_account, make_edition
from tests.support.clients import client_of
from tests.support.rules import assert_halves_agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def officer(edition):
    return make_account(roles=[("secretariat", edition)])


@pytest.fixture
def director(edition):
    return make_account(roles=[("director", edition)])


@pytest.fixture
def hour(edition):
    return local(edition, 5, "17:00")


@pytest.fixture
def release(edition, officer, director, hour):
    """Approved and published on Friday morning, under embargo until five."""
    values = {
        "edition": edition, "title": "A network is founded", "body": "By whom.",
        "embargo_until": hour,
    }  # fmt: skip
    with clock.at(hour - timedelta(hours=8)):
        made = actions.add(values, actor=officer)
        upload = SimpleUploadedFile("notes.pdf", b"%PDF-1.4\n%%EOF\n")
        made.file = actions.attach(made, upload, actor=officer)
        approval = actions.put_up(made, director=director, actor=officer)
        approvals.approve(approval, actor=director, seen=approval.digest)
        actions.publish(made, actor=officer)
    return made


def addresses(release) -> list[str]:
    return [
        reverse("newsroom:index"), reverse("newsroom:feed"), reverse("home"),
        reverse("workshops:edition", args=[release.edition.slug]),
    ]  # fmt: skip


def shows(release, at) -> list[bool]:
    serving.forget()
    with clock.at(at):
        client = Client()
        pages = [client.get(address).content.decode() for address in addresses(release)]
        found = [release.title in page for page in pages]
        found.append(client.get(reverse("newsroom:release", args=[release.id])).status_code == 200)
        found.append(client.get(release.file.get_absolute_url()).status_code == 200)
        found.append(bool(latest.news(release.edition_id, 5)))
        return found


def test_nobody_reads_anything_before_its_hour_and_everybody_after(release, hour):
    before = shows(release, hour - timedelta(seconds=1))
    assert not any(before)
    after = shows(release, hour)
    assert after[0]
    assert after[1]
    assert all(after[3:])


def test_both_halves_of_the_rules_know_the_hour(release, officer, hour):
    for moment in (hour - timedelta(seconds=1), hour):
        with clock.at(moment):
            assert_halves_agree(rules.read, [VISITOR, officer], Release.objects.all())
            assert_halves_agree(rules.read_attachment, [VISITOR, officer], Attachment.objects.all())


def test_the_desk_says_that_it_waits(release, officer, hour):
    with clock.at(hour - timedelta(hours=1)), timezone.override(release.edition.zone):
        page = client_of(officer).get(reverse("newsroom_manage:release", args=[release.id]))
        assert "waits for its hour" in page.content.decode()
        assert "17:00" in page.content.decode()
        assert "Read it as the public" not in page.content.decode()


def test_withdrawn_before_its_hour_it_never_comes(release, officer, hour):
    with clock.at(hour - timedelta(hours=1)):
        actions.withdraw(release, actor=officer)
    assert not any(shows(release, hour + timedelta(hours=1)))


def test_the_director_approves_the_hour_too(release, officer, director, hour):
    with clock.at(hour - timedelta(hours=2)):
        release.refresh_from_db()
        earlier = {"embargo_until": hour - timedelta(hours=1)}
        actions.change(release, earlier, expected_version=release.version, actor=officer)
        assert not any(shows(release, hour - timedelta(minutes=30)))
        approval = actions.put_up(release, director=director, actor=officer)
        approvals.approve(approval, actor=director, seen=approval.digest)
        actions.publish(release, actor=officer)
    assert shows(release, hour - timedelta(minutes=30))[0]


def test_what_is_out_stays_out(release, officer, director, hour):
    with clock.at(hour + timedelta(hours=1)):
        release.refresh_from_db()
        later = {"embargo_until": hour + timedelta(days=1)}
        actions.change(release, later, expected_version=release.version, actor=officer)
        approval = actions.put_up(release, director=director, actor=officer)
        approvals.approve(approval, actor=director, seen=approval.digest)
        actions.publish(release, actor=officer)
        release.refresh_from_db()
        assert release.published_at == hour
    assert shows(release, hour + timedelta(hours=2))[0]
