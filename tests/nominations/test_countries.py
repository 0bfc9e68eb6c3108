"""The countries asked: added in any spelling, sent the call with its letter, chased, overdue."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from madang.core import clock, files, jobs
from madang.core.models import AuditEntry, Message
from madang.nominations.models import Correspondence, Invitation
from madang.people import access_links, country_list
from madang.people.models import Country, Person
from tests import factories as make
from tests.nominations.factories import (
    make_call,
    make_invitation,
    make_nominate_link,
    make_nomination,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _list_of_countries():
    country_list.load()


@pytest.fixture
def officer():
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    return client


def address(name, call, *more):
    return reverse(f"nominations:{name}", args=[call.edition.slug, *more])


def text(response):
    return response.content.decode()


def asked(call):
    """The two-letter codes of the countries asked."""
    return sorted(call.invitations.values_list("country__alpha2", flat=True))


def contact(**fields):
    """What the form of one country sends."""
    return {
        "organisation": "",
        "name": "Sefo Tuilagi",
        "email": "sefo@example.org",
        "language": "en",
        "day": "",
        "time": "",
        "version": 0,
        **fields,
    }


# --- Adding --------------------------------------------------------------------------------------
def adding(**fields):
    return {"names": "", "language": "en", **fields}


def test_countries_are_added_by_group_sub_region_and_name(client):
    call = make_call()
    page = address("countries_add", call)
    sent = adding(names="Viet Nam\nRepublic of Korea; LAO PDR\nایران", subregions=["061"])
    assert client.post(page, sent).url == address("countries", call)
    assert {"VN", "KR", "LA", "IR", "WS", "TO", "TV"} <= set(asked(call))
    client.post(page, adding(groups=["escap"]))
    members = set(asked(call))
    assert {"GE", "TR", "RU", "AM", "AZ", "AU", "FM"} <= members
    assert not {"FR", "US", "TW"} & members
    client.post(page, adding(groups=["escap", "escap_elsewhere"]))
    assert {"FR", "GB", "NL", "US"} <= set(asked(call))
    escap = Country.objects.filter(status="member", pk__in=call.invitations.values("country"))
    assert escap.count() == 53


def test_a_name_that_is_not_sure_is_asked_about_and_one_that_is_not_known_is_listed(client):
    call = make_call()
    page = address("countries_add", call)
    names = "Fiji\nKazakstann\nKorea\nAtlantis"
    shown = text(client.post(page, adding(names=names)))
    assert "“Kazakstann” means Kazakhstan" in shown
    assert "Atlantis" in shown
    assert "perhaps:" in shown
    assert asked(call) == []
    kazakhstan = Country.objects.get(alpha2="KZ")
    client.post(page, adding(names="Fiji\nKazakstann", meant=[kazakhstan.key]))
    assert asked(call) == ["FJ", "KZ"]


def test_a_country_is_asked_once_and_nothing_chosen_is_said(client):
    call = make_call()
    make_invitation(call, make.make_country("FJ"))
    page = address("countries_add", call)
    assert "Choose countries" in text(client.post(page, adding()))
    client.post(page, adding(names="FJ"))
    assert asked(call) == ["FJ"]


# --- Focal points and their links ----------------------------------------------------------------
def test_a_focal_point_is_entered_and_another_address_ends_the_old_link(client):
    call = make_call()
    invitation = make_invitation(call, focal_point=None)
    edit = address("country_edit", call, invitation.pk)
    client.post(edit, contact(version=invitation.version))
    invitation.refresh_from_db()
    first = invitation.focal_point
    assert (first.name, first.email) == ("Sefo Tuilagi", "sefo@example.org")
    link = make_nominate_link(invitation)
    # The same address is the same person under another name.
    client.post(edit, contact(name="Sefo T.", version=invitation.version))
    invitation.refresh_from_db()
    assert invitation.focal_point == first
    assert Person.objects.get(pk=first.pk).name == "Sefo T."
    client.post(edit, contact(email="ana@example.org", version=invitation.version))
    invitation.refresh_from_db()
    assert invitation.focal_point != first
    link.refresh_from_db()
    assert not access_links.holds(link)


def test_whoever_has_an_account_is_the_focal_point_by_that_account(client):
    call = make_call()
    account = make.make_account(roles=["focal_point"])
    invitation = make_invitation(call, focal_point=None)
    sent = contact(email=account.email, version=invitation.version)
    client.post(address("country_edit", call, invitation.pk), sent)
    invitation.refresh_from_db()
    assert invitation.focal_point == account.person


def test_a_country_may_have_a_deadline_of_its_own(client):
    call = make_call()
    invitation = make_invitation(call)
    sent = contact(email=invitation.focal_point.email, day="2107-08-01", version=invitation.version)
    client.post(address("country_edit", call, invitation.pk), sent)
    invitation.refresh_from_db()
    assert invitation.deadline.isoformat() == "2107-08-02T11:59:00+00:00"
    assert "a deadline of its own" in text(client.get(address("country", call, invitation.pk)))


def test_the_link_is_shown_to_be_copied_renewed_and_revoked(client):
    call = make_call()
    invitation = make_invitation(call)
    page = address("country", call, invitation.pk)
    client.post(address("country_link", call, invitation.pk))
    [link] = access_links.of(invitation, "nominate")
    secret = access_links.address(link)
    assert secret in text(client.get(page))
    assert Client().get(secret).status_code == 200
    director = Client()
    director.force_login(make.make_account(roles=["director"]))
    assert secret not in text(director.get(page))
    client.post(address("country_link", call, invitation.pk))
    newest = access_links.of(invitation, "nominate").first()
    assert access_links.address(newest) != secret
    assert Client().get(secret).status_code == 404
    client.post(address("country_link_revoke", call, invitation.pk))
    assert Client().get(access_links.address(newest)).status_code == 404
    assert "revoked" in text(client.get(page))


# --- Sending -------------------------------------------------------------------------------------
def test_the_call_is_sent_with_the_link_and_the_letter_and_stands_in_the_register(client):
    call = make_call(introduction="Forty *seats*.", eligibility="- Officials\n- who decide")
    make.make_partner(call.edition, role="organiser")
    invitation = make_invitation(call, make.make_country("FJ"))
    sent = client.post(address("country_send", call, invitation.pk), follow=True)
    assert "It is sent." in text(sent)
    message = Message.objects.get(template="nominations/mails/call")
    [link] = access_links.of(invitation, "nominate")
    assert message.address == invitation.focal_point.email
    assert access_links.address(link) in message.text
    entry = Correspondence.objects.get()
    assert (entry.kind, entry.direction, entry.country.alpha2) == ("call", "sent", "FJ")
    assert entry.reference.endswith("/CALL/001")
    [letter] = files.of(entry)
    assert [attachment.file for attachment in message.attachments.all()] == [letter]
    assert files.content(letter).startswith(b"%PDF")
    assert client.get(letter.get_absolute_url()).status_code == 200
    assert Client().get(letter.get_absolute_url()).status_code == 404
    # Once more on the same day nothing leaves.
    client.post(address("country_send", call, invitation.pk))
    assert Message.objects.filter(template="nominations/mails/call").count() == 1
    assert not AuditEntry.objects.filter(facts__icontains="example.org").exists()


def test_the_letter_is_in_the_language_of_the_country(client):
    call = make_call()
    invitation = make_invitation(call, make.make_country("IR"), language="fa")
    client.post(address("country_send", call, invitation.pk))
    message = Message.objects.get(template="nominations/mails/call")
    assert message.language == "fa"
    [letter] = files.of(Correspondence.objects.get())
    assert files.content(letter).startswith(b"%PDF")


def test_the_call_goes_to_all_that_were_not_asked_and_says_to_whom_it_could_not(client):
    call = make_call()
    make_invitation(call, make.make_country("FJ"))
    make_invitation(call, make.make_country("WS"), focal_point=None)
    page = text(client.post(address("countries_send", call), follow=True))
    assert "Sent to 1 country." in page
    assert "Samoa (no focal point with an address)" in page
    assert AuditEntry.objects.get(verb="call.announced").facts == {"countries": 1}


def test_only_the_countries_ticked_get_it(client):
    call = make_call()
    chosen = make_invitation(call, make.make_country("FJ"))
    make_invitation(call, make.make_country("WS"))
    client.post(address("countries_send", call), {"invitation": [chosen.pk]})
    assert Correspondence.objects.get().country.alpha2 == "FJ"


def test_more_than_twenty_are_sent_by_the_worker(client):
    call = make_call()
    countries = Country.objects.filter(status="member")[:22]
    for country in countries:
        make_invitation(call, country)
    response = client.post(address("countries_send", call))
    job = jobs.Job.objects.get(kind="nominations.send")
    assert str(job.pk) in response.url
    jobs.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done"
    assert Correspondence.objects.count() == len(countries)
    assert Message.objects.filter(template="nominations/mails/call").count() == len(countries)


def test_nothing_is_sent_before_the_call_is_open(client):
    call = make_call(state="draft")
    invitation = make_invitation(call)
    page = text(client.post(address("country_send", call, invitation.pk), follow=True))
    assert "The call is not open yet." in page
    assert not Message.objects.exists()


def test_those_that_have_sent_nothing_are_chased_and_the_others_left_alone(client):
    call = make_call()
    silent = make_invitation(call, make.make_country("FJ"))
    busy = make_invitation(call, make.make_country("WS"))
    refusing = make_invitation(call, make.make_country("TO"))
    client.post(address("countries_send", call))
    make_nomination(call.edition, country=busy.country)
    entered = {
        "country": refusing.country.pk, "direction": "received", "channel": "email",
        "kind": "declined", "at": "2007-06-01T10:00",
    }  # fmt: skip
    client.post(address("entry_add", call), entered)
    with clock.at(clock.now() + DAY):
        page = text(client.post(address("countries_remind", call), follow=True))
    assert "Sent to 1 country." in page
    reminder = Message.objects.get(template="nominations/mails/reminder")
    assert reminder.address == silent.focal_point.email
    shown = text(client.get(address("countries", call)))
    for state in ("chased", "received", "nominates nobody"):
        assert state in shown


# --- The list ------------------------------------------------------------------------------------
def test_who_is_overdue_is_found_by_the_filters_and_taken_away(client):
    call = make_call()
    make_invitation(call, make.make_country("FJ"))
    busy = make_invitation(call, make.make_country("WS"))
    client.post(address("countries_send", call))
    make_nomination(call.edition, country=busy.country)
    page = address("countries", call)
    with clock.at(call.deadline + DAY):
        client.force_login(make.make_account(roles=["secretariat"]))
        overdue = text(client.get(page, {"state": "overdue"}))
        assert "Fiji" in overdue
        assert "1 country" in overdue
        sheet = client.get(page, {"state": "overdue", "format": "xlsx"})
        cells = load_workbook(BytesIO(b"".join(sheet.streaming_content))).active
        assert [row[0].value for row in cells.iter_rows()] == ["Country", "Fiji"]
        assert client.get(page, {"format": "pdf"})["Content-Type"] == "application/pdf"
    assert "No country is like that" in text(client.get(page, {"state": "declined"}))
    assert "1 country" in text(client.get(page, {"q": "samoa"}))


def test_the_list_costs_the_same_for_one_country_and_for_many(client):
    def queries(call):
        with CaptureQueriesContext(connection) as told:
            assert client.get(address("countries", call)).status_code == 200
        return len(told)

    few, many = make_call(), make_call()
    make_invitation(few, make.make_country("FJ"))
    for code in ("WS", "TO", "TV", "KI", "NR", "PW"):
        invitation = make_invitation(many, make.make_country(code))
        make_nomination(many.edition, country=invitation.country)
        Correspondence.objects.create(
            edition=many.edition, country=invitation.country, direction="sent", channel="email",
            kind="call", at=clock.now(),
        )  # fmt: skip
    queries(few)
    assert queries(few) == queries(many)


def test_a_country_is_asked_no_more_unless_something_passed(client):
    call = make_call()
    quiet = make_invitation(call, make.make_country("FJ"))
    busy = make_invitation(call, make.make_country("WS"))
    make_nomination(call.edition, country=busy.country)
    client.post(address("country_remove", call, quiet.pk))
    refused = client.post(address("country_remove", call, busy.pk), follow=True)
    assert "it stays" in text(refused)
    assert Invitation.objects.get() == busy


def test_countries_are_the_secretariats_and_a_director_only_looks():
    call = make_call()
    invitation = make_invitation(call)
    director = Client()
    director.force_login(make.make_account(roles=["director"]))
    assert director.get(address("countries", call)).status_code == 200
    assert director.get(address("country", call, invitation.pk)).status_code == 200
    assert director.post(address("countries_send", call)).status_code == 404
    assert director.get(address("country_edit", call, invitation.pk)).status_code == 404
    participant = Client()
    participant.force_login(make.make_account(roles=["participant"]))
    assert participant.get(address("countries", call)).status_code == 404


def test_a_focal_point_is_kept_as_long_as_nominees_are():
    from madang.nominations.involvement import last_asked

    invitation = make_invitation()
    last = last_asked([invitation.focal_point_id])
    assert last[invitation.focal_point_id].date() == invitation.call.edition.ends_on
