"""The newsroom's pages: what each role finds there, what goes wrong in words, and the feed."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from madang.core import approvals, clock
from madang.core.models import Approval
from madang.newsroom import actions
from madang.newsroom.models import Release
from tests.factories import make_account, make_edition, make_person
from tests.support.clients import client_of, signed_in

PDF = b"%PDF-1.4\n%%EOF\n"
ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def officer(edition):
    return make_account(roles=[("secretariat", edition)])


@pytest.fixture
def director(edition):
    return make_account(roles=[("director", edition)], person=make_person("Meruert Abenova"))


def write(edition, officer, title: str = "Leaders meet", **values) -> Release:
    return actions.add(
        {"edition": edition, "title": title, "body": "It *begins*."} | values, actor=officer
    )


def publish(release: Release, officer, director) -> Release:
    approval = actions.put_up(release, director=director, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)
    actions.publish(release, actor=officer)
    return release


def manage(name: str, release: Release, *others) -> str:
    return reverse(f"newsroom_manage:{name}", args=[release.id, *others])


def public(release: Release) -> str:
    return reverse("newsroom:release", args=[release.id])


def test_an_officer_writes_has_it_approved_and_publishes(edition, officer, director):
    desk, board, visitor = client_of(officer), client_of(director), Client()
    form = {
        "kind": "press_release", "number": "N/51/2007", "title": "Leaders meet", "lead": "Monday.",
        "body": "It *begins*.", "edition": str(edition.id), "language": "en",
    }  # fmt: skip
    answer = desk.post(reverse("newsroom_manage:add"), form)
    release = Release.objects.get()
    assert answer.headers["location"] == manage("release", release)
    assert visitor.get(public(release)).status_code == 404

    upload = {"upload": SimpleUploadedFile("agenda.pdf", PDF)}
    desk.post(manage("attach", release), upload)
    page = desk.get(manage("release", release)).content.decode()
    assert "Meruert Abenova" in page
    assert "agenda.pdf" in page
    desk.post(manage("put_up", release), {"director": str(director.id)})
    assert "It is with the director." in desk.get(manage("release", release)).content.decode()

    approval = Approval.objects.get()
    shown = board.get(reverse("core:approval", args=[approval.id])).content.decode()
    assert "<em>begins</em>" in shown
    assert "agenda.pdf" in shown
    board.post(reverse("core:approval-approve", args=[approval.id]), {"seen": approval.digest})
    assert "Publish what was approved" in desk.get(manage("release", release)).content.decode()
    desk.post(manage("publish", release))

    page = visitor.get(public(release)).content.decode()
    assert "<h1>Leaders meet</h1>" in page
    assert "<em>begins</em>" in page
    file = page[page.index("/files/") :].partition('"')[0]
    assert visitor.get(file).status_code == 200


def test_a_release_offers_approval_only_where_there_is_something_to_approve(
    edition, officer, director
):
    release = write(edition, officer)
    desk = client_of(officer)

    def offers() -> bool:
        return "Have it approved" in desk.get(manage("release", release)).content.decode()

    assert offers()
    publish(release, officer, director)
    assert not offers()
    desk.post(manage("put_up", release), {"director": str(director.id)})
    assert Approval.objects.count() == 1
    release.refresh_from_db()
    values = {"body": "It began."}
    actions.change(release, values, expected_version=release.version, actor=officer)
    assert offers()


def test_files_are_the_publics_only_while_the_release_is(edition, officer, director):
    release = write(edition, officer)
    stored = actions.attach(release, SimpleUploadedFile("a.pdf", PDF), actor=officer)
    visitor = Client()
    address = stored.get_absolute_url()
    assert visitor.get(address).status_code == 404
    assert client_of(director).get(address).status_code == 200
    publish(release, officer, director)
    assert visitor.get(address).status_code == 200
    actions.withdraw(release, actor=officer)
    assert visitor.get(address).status_code == 404


def test_a_hostile_file_is_refused_beside_its_field(edition, officer):
    release = write(edition, officer)
    upload = SimpleUploadedFile("agenda.pdf", b"MZ\x90\x00 not a document")
    page = client_of(officer).post(manage("attach", release), {"upload": upload})
    form = page.context["form"]
    assert form.errors["upload"]
    assert 'id="id_upload_error"' in page.content.decode()
    assert not release.attachments.exists()


def test_a_number_is_given_once(edition, officer):
    write(edition, officer, number="N/51/2007")
    form = {
        "kind": "summary", "number": " N/51/2007 ", "title": "Other", "lead": "", "body": "x",
        "edition": str(edition.id), "language": "en",
    }  # fmt: skip
    page = client_of(officer).post(reverse("newsroom_manage:add"), form)
    assert page.context["form"].errors["number"] == ["Another release has this number already."]
    assert Release.objects.count() == 1
    assert "Other" in page.content.decode()


def test_what_somebody_else_saved_is_shown_beside_what_was_typed(edition, officer):
    release = write(edition, officer)
    desk = client_of(officer)
    old = desk.get(manage("edit", release)).context["form"].initial["version"]
    actions.change(release, {"title": "Theirs"}, expected_version=old, actor=officer)
    form = {
        "kind": "press_release", "number": "", "title": "Mine", "lead": "", "body": "x",
        "edition": str(edition.id), "language": "en", "version": old,
    }  # fmt: skip
    page = desk.post(manage("edit", release), form).content.decode()
    assert "It now says: Theirs" in page
    assert "Mine" in page
    release.refresh_from_db()
    assert release.title == "Theirs"


def test_a_release_is_translated_beside_its_original(edition, officer, director):
    release = write(edition, officer)
    desk = client_of(officer)
    address = manage("translate", release, "fa")
    page = desk.get(address)
    assert "It *begins*." in page.content.decode()
    form = {
        "expected": page.context["form"].initial["expected"],
        "title": "رهبران", "lead": "", "body": "آغاز می‌شود.",
    }  # fmt: skip
    desk.post(address, form)
    publish(release, officer, director)
    visitor = Client(headers={"accept-language": "fa"})
    page = visitor.get(public(release)).content.decode()
    assert "<h1>رهبران</h1>" in page
    english = Client().get(public(release)).content.decode()
    assert "<h1>Leaders meet</h1>" in english
    assert desk.get(manage("translate", release, "en")).status_code == 404
    assert desk.get(manage("translate", release, "xx")).status_code == 404


def test_a_text_in_another_language_is_marked_as_such(edition, officer, director):
    release = publish(write(edition, officer), officer, director)
    page = Client(headers={"accept-language": "fa"}).get(public(release)).content.decode()
    assert '<h1><span lang="en" dir="ltr">Leaders meet</span></h1>' in page
    assert '<div lang="en" dir="ltr"><p>It <em>begins' in page


def test_without_a_director_the_page_says_so(edition, officer):
    page = client_of(officer).get(manage("release", write(edition, officer))).content.decode()
    assert "Nobody who could approve it has the role of a director yet." in page


def test_a_correction_is_announced_on_the_desk_only(edition, officer, director):
    release = publish(write(edition, officer), officer, director)
    desk = client_of(officer)
    assert (
        "differs from what the public reads"
        not in desk.get(manage("release", release)).content.decode()
    )
    release.refresh_from_db()
    actions.change(release, {"body": "It began."}, expected_version=release.version, actor=officer)
    page = desk.get(manage("release", release)).content.decode()
    assert "differs from what the public reads" in page
    assert "Have it approved" in page
    assert "It began" not in Client().get(public(release)).content.decode()


def test_the_workshop_is_named_once_it_is_announced(edition, officer, director):
    release = publish(write(edition, officer), officer, director)
    assert edition.title in Client().get(public(release)).content.decode()
    type(edition).objects.filter(pk=edition.pk).update(state="draft")
    assert edition.title not in Client().get(public(release)).content.decode()


def test_who_finds_what(edition, officer, director):
    draft = write(edition, officer)
    out = publish(write(edition, officer, "Out"), officer, director)
    reads = [reverse("newsroom_manage:index"), manage("release", draft), manage("release", out)]
    changes = [
        reverse("newsroom_manage:add"),
        manage("edit", draft),
        manage("translate", draft, "fa"),
        manage("withdraw", out),
    ]
    presses = [manage(name, draft) for name in ("attach", "put_up", "publish")]
    everybody = [reverse("newsroom:index"), reverse("newsroom:feed"), public(out)]

    def found(client: Client) -> tuple[set[int], set[int], set[int]]:
        assert {client.get(address).status_code for address in everybody} == {200}
        return (
            {client.get(address).status_code for address in reads},
            {client.get(address).status_code for address in changes},
            {client.post(address).status_code for address in presses},
        )

    assert found(client_of(officer))[:2] == ({200}, {200})
    assert found(client_of(director)) == ({200}, {404}, {404})
    for role in ("participant", "resource_person", "host"):
        assert found(signed_in((role, edition))) == ({404}, {404}, {404})
    assert found(Client()) == ({404}, {404}, {404})
    other = client_of(make_account(roles=[("secretariat", make_edition())]))
    assert {other.get(address).status_code for address in reads[1:] + changes[1:]} == {404}


def test_the_feed_is_what_readers_of_feeds_expect(edition, officer, director):
    with clock.at(clock.now() - timedelta(days=1)):
        older = publish(write(edition, officer, "Older <&>"), officer, director)
    newer = publish(write(edition, officer, "Newer", lead="In short."), officer, director)
    answer = Client().get(reverse("newsroom:feed"))
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)  # noqa: S314 - made on the line above
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Newer", "Older <&>"]
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [newer.id.urn, older.id.urn]
    for element in (feed, *entries):
        assert element.findtext(f"{ATOM}id")
        assert element.findtext(f"{ATOM}title")
        assert element.findtext(f"{ATOM}updated").endswith("+00:00")
    for entry in entries:
        assert entry.findtext(f"{ATOM}updated") >= entry.findtext(f"{ATOM}published")
    assert entries[0].findtext(f"{ATOM}summary") == "In short."


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_list_costs_the_same_with_one_and_with_a_thousand(edition, officer, director):
    release = publish(write(edition, officer), officer, director)
    desk, visitor = client_of(officer), Client()
    lists = [
        (desk, reverse("newsroom_manage:index"), 6),
        (visitor, reverse("newsroom:index"), 2),
        (visitor, reverse("newsroom:feed"), 1),
    ]
    for client, address, _expected in lists:
        client.get(address)
    before = [queries_of(client, address) for client, address, _expected in lists]
    Release.objects.bulk_create(
        Release(
            edition=edition, title="Many", body="x", state="published", version=1,
            published=release.published, published_at=clock.now(),
        )
        for _ in range(1000)
    )  # fmt: skip
    assert [queries_of(client, address) for client, address, _expected in lists] == before
    assert before == [expected for _client, _address, expected in lists]
