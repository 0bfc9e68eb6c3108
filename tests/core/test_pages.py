"""Core's own pages: approvals, the history and the demo's outbox."""

import csv
import io

import pytest

from madang.core import approvals, audit, clock, outbox
from madang.core.identifiers import uuid7
from madang.core.models import Approval, AuditEntry, Message
from madang.core.policies import role
from madang.workshops.models import Recommendation
from tests.factories import make_account, make_edition, make_person, make_recommendation

pytestmark = pytest.mark.django_db


# --- Approvals -----------------------------------------------------------------------------------
@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def officer(edition):
    return make_account(roles=[("secretariat", edition)], person=make_person("Olive Officer"))


@pytest.fixture
def director(edition):
    return make_account(roles=[("director", edition)], person=make_person("Dina Director"))


@pytest.fixture
def deputy(edition):
    return make_account(roles=[("director", edition)], person=make_person("Dan Deputy"))


@pytest.fixture
def _recommendations_are_approved(deputy, monkeypatch):
    monkeypatch.setattr(approvals, "_kinds", {})
    approvals.register(
        Recommendation,
        kind="recommendation",
        label="recommendation",
        content=lambda thing: thing.text,
        author_rule=role("secretariat", at="edition_id"),
        director_rule=role("director", at="edition_id"),
        directors=lambda _thing: [deputy],
    )


@pytest.fixture
def cleared(_recommendations_are_approved, edition, officer, director):
    return make_cleared(edition, officer, director)


def make_cleared(edition, officer, director):
    thing = make_recommendation(edition, "Show <em>more</em> good practice.")
    approval = approvals.start(thing, actor=officer, director=director)
    approvals.clear(approval, actor=officer)
    return approval


def read(client, address, who=None):
    if who is not None:
        client.force_login(who)
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def post(client, approval, verb, **data):
    return client.post(f"{approval.get_absolute_url()}{verb}/", data)


def test_a_director_reads_what_will_go_out_and_approves_it(client, cleared, officer, director):
    assert "Nothing waits for your decision" not in read(client, "/approvals/", director)
    page = read(client, cleared.get_absolute_url())
    assert "Show &lt;em&gt;more&lt;/em&gt; good practice." in page
    assert "Olive Officer" in page
    assert "Clear for approval" not in page
    assert post(client, cleared, "approve", seen=cleared.digest).status_code == 302
    page = read(client, cleared.get_absolute_url())
    assert "What was approved" in page
    assert "approved version 1" in page
    assert ">Approve<" not in page
    assert "Decided" in read(client, "/approvals/", officer)


def test_what_was_not_read_is_not_approved(client, cleared, director):
    client.force_login(director)
    response = post(client, cleared, "approve", seen="0" * 64)
    assert "changed since it was cleared" in read(client, response["Location"])
    assert Approval.objects.get().state == "cleared"


def test_a_director_sends_back_with_a_reason_that_the_author_reads(
    client, cleared, officer, director
):
    client.force_login(director)
    refused = post(client, cleared, "send-back", reason="")
    assert refused.status_code == 422
    assert Approval.objects.get().state == "cleared"
    post(client, cleared, "send-back", reason="Name <the> countries.")
    page = read(client, cleared.get_absolute_url(), officer)
    assert "Name &lt;the&gt; countries." in page
    assert "Clear for approval" in page
    assert "came back" in read(client, "/approvals/")
    post(client, cleared, "clear")
    assert Approval.objects.get().state == "cleared"
    post(client, cleared, "withdraw")
    assert Approval.objects.get().state == "withdrawn"


def test_a_director_delegates_to_one_of_the_list(client, cleared, officer, director, deputy):
    assert "Dan Deputy" in read(client, cleared.get_absolute_url(), director)
    for nobody in (officer.audit_id, uuid7(), "nobody"):
        assert post(client, cleared, "delegate", director=nobody).status_code == 422
    post(client, cleared, "delegate", director=deputy.audit_id)
    assert Approval.objects.get().director_id == deputy.audit_id
    assert post(client, cleared, "approve", seen=cleared.digest).status_code == 404


def test_who_has_no_part_in_an_approval_finds_none(client, cleared, officer):
    stranger = make_account(roles=[("director", make_edition())])
    for who in (None, stranger):
        if who is not None:
            client.force_login(who)
        assert client.get(cleared.get_absolute_url()).status_code == 404
        for verb in ("approve", "send-back", "delegate", "clear", "withdraw"):
            assert post(client, cleared, verb).status_code == 404
    client.force_login(officer)
    assert post(client, cleared, "approve", seen=cleared.digest).status_code == 404
    assert client.get(f"{cleared.get_absolute_url()}approve/").status_code == 405


def test_the_list_costs_the_same_with_one_approval_and_with_many(
    client, cleared, edition, officer, director, django_assert_num_queries
):
    client.force_login(director)
    for more in (1, 20):
        for _approval in range(more):
            make_cleared(edition, officer, director)
            approval = make_cleared(edition, officer, director)
            approvals.approve(approval, actor=director, seen=approval.digest)
        # Session, account, roles; what waits, is under way, is decided and how many; things, names.
        with django_assert_num_queries(8):
            assert client.get("/approvals/").status_code == 200


# --- History -------------------------------------------------------------------------------------
def test_the_history_is_for_those_who_organise_and_only_of_what_they_organise(client, edition):
    assert client.get("/history/").status_code == 404
    client.force_login(make_account(roles=[("participant", edition)]))
    assert client.get("/history/").status_code == 404

    officer = make_account(roles=[("secretariat", edition)])
    audit.record(officer, "person.exported", make_person("Ana"), scope=edition.pk)
    audit.record(officer, "person.exported", make_person("Bob"), scope=make_edition().pk)
    audit.record(None, "person.exported", make_person("Cho"))
    page = read(client, "/history/", officer)
    assert ("Ana" in page, "Bob" in page, "Cho" in page) == (True, False, False)
    page = read(client, "/history/", make_account(roles=["director"]))
    assert ("Ana" in page, "Bob" in page, "Cho" in page) == (True, True, True)


@pytest.fixture
def lines():
    olive = make_account(person=make_person("Olive"))
    with clock.at(clock.datetime(2007, 10, 8, 9, tzinfo=clock.UTC)):
        audit.record(olive, "person.exported", make_person("Ana"))
    with clock.at(clock.datetime(2007, 10, 9, 9, tzinfo=clock.UTC)):
        audit.record(None, "edition.announced", make_edition(title="Incheon"))
    return olive


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Ana", "Incheon"}),
        ("verb=person.exported", {"Ana"}),
        ("kind=workshops.edition", {"Incheon"}),
        ("since=2007-10-09", {"Incheon"}),
        ("until=2007-10-08", {"Ana"}),
        ("since=2007-10-08&until=2007-10-09", {"Ana", "Incheon"}),
        ("verb=nonsense&since=never&person=x", {"Ana", "Incheon"}),
        ("until=2006-01-01", set()),
    ],
)
def test_the_history_is_filtered_by_its_address(client, lines, query, shown):
    page = read(client, f"/history/?{query}", make_account(roles=["secretariat"]))
    body = page.partition("<tbody>")[2]
    assert {name for name in ("Ana", "Incheon") if name in body} == shown


def test_what_reads_alike_is_one_choice_of_the_history(client, lines):
    audit.record(lines, "person.changed", make_person("Sela"), fields=["position"])
    audit.record(lines, "edition.changed", make_edition(title="Suva"), fields=["title"])
    officer = make_account(roles=["secretariat"])
    client.force_login(officer)
    page = client.get("/history/")
    verbs = page.context["form"].fields["verb"].choices
    assert len({text for _verb, text in verbs}) == len(verbs)
    [verb] = [verb for verb, text in verbs if text == "changed … of …"]
    body = read(client, f"/history/?verb={verb}", officer).partition("<tbody>")[2]
    assert [name in body for name in ("Sela", "Suva", "Ana")] == [True, True, False]


def test_the_history_of_one_person_or_thing(client, lines):
    officer = make_account(roles=["secretariat"])
    body = read(client, f"/history/?person={lines.audit_id}", officer).partition("<tbody>")[2]
    assert ("Ana" in body, "Incheon" in body) == (True, False)
    thing = AuditEntry.objects.get(verb="edition.announced").thing_id
    body = read(client, f"/history/?thing={thing}").partition("<tbody>")[2]
    assert ("Ana" in body, "Incheon" in body) == (False, True)


def test_the_history_leaves_as_a_table(client, lines):
    client.force_login(make_account(roles=["secretariat"]))
    response = client.get("/history/?format=csv&verb=person.exported")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (head, line) = csv.reader(io.StringIO(text))
    assert head[:3] == ["When", "Who", "What"]
    assert line[:3] == [
        "2007-10-08 09:00:00+00:00",
        "Olive",
        "took a copy of the personal data of Ana",
    ]
    assert client.get("/history/?format=exe").status_code == 404


def test_the_history_costs_the_same_with_one_line_and_with_many(client, django_assert_num_queries):
    client.force_login(make_account(roles=["secretariat"]))
    for total in (1, 120):
        for _line in range(total - AuditEntry.objects.count()):
            audit.record(None, "person.exported", make_person())
        with django_assert_num_queries(6):
            assert client.get("/history/").status_code == 200


# --- Outbox --------------------------------------------------------------------------------------
@pytest.fixture
def message():
    return outbox.write(
        key="hello",
        to="sefa@example.org",
        heading="Your <code>",
        text="Go to https://example.org/go or reply.",
        html='<p style="color:red">Go</p><script>alert(1)</script>',
    )


def test_nobody_reads_other_peoples_mail_outside_the_demo(client, message):
    client.force_login(make_account(roles=["secretariat", "director"]))
    for address in ("", f"{message.pk}/", f"{message.pk}/html/"):
        assert client.get(f"/demo/outbox/{address}").status_code == 404


def test_in_the_demo_everybody_sees_the_mails_as_their_readers_would(client, message, settings):
    settings.MADANG_DEMO = True
    assert "sefa@example.org" in read(client, "/demo/outbox/")
    page = read(client, f"/demo/outbox/{message.pk}/")
    assert "Your &lt;code&gt;" in page
    assert '<a href="https://example.org/go"' in page
    response = client.get(f"/demo/outbox/{message.pk}/html/")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "script-src" not in response["Content-Security-Policy"]
    plain = outbox.write(key="plain", to="a@example.org", heading="Hello", text="Hello")
    assert client.get(f"/demo/outbox/{plain.pk}/html/").status_code == 404


def test_the_outbox_costs_the_same_with_one_mail_and_with_many(
    client, message, settings, django_assert_num_queries
):
    settings.MADANG_DEMO = True
    client.get("/demo/outbox/")
    for total in (1, 60):
        for number in range(total - Message.objects.count()):
            outbox.write(key=str(number), to="a@example.org", heading="Hello", text="Hello")
        with django_assert_num_queries(3):
            assert client.get("/demo/outbox/").status_code == 200
