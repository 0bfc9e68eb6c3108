"""Pages of papers: a delegation's, the secretariat's, the room's and everybody's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from madang.core import clock
from madang.core.models import StoredFile
from madang.papers.actions import asking, presenting
from madang.papers.models import Paper, PaperRequest
from madang.workshops.actions import publication
from madang.workshops.models import Material
from tests import factories as make
from tests.papers import factories as papers
from tests.support import rules as halves
from tests.support.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    with clock.at(papers.OPENED):
        yield make.make_edition()


@pytest.fixture
def officer(edition):
    return make.make_account(roles=[("secretariat", edition)])


@pytest.fixture
def delegate(edition):
    return papers.make_delegate(edition, "FJ", "Mere Vakalala")


@pytest.fixture
def request_open(edition, delegate, officer):
    request = papers.make_request(edition)
    asking.open_request(request, actor=officer)
    return request


def manage(name, edition, *more):
    return reverse(f"papers:{name}", args=[edition.slug, *more])


def own(name, edition, *more):
    return reverse(f"own_papers:{name}", args=[edition.slug, *more])


def typed(paper, **values):
    return {
        "version": paper.version, "title": "One counter", "language": "en",
        "licence": "reserved",
    } | values  # fmt: skip


def test_an_officer_prepares_opens_and_chases_on_the_board(edition, delegate, officer):
    client = client_of(officer)
    assert "Nothing is asked for yet" in client.get(manage("board", edition)).content.decode()
    client.post(manage("request_begin", edition))
    page = client.get(manage("request", edition)).content.decode()
    assert "Set the deadline first." in page
    request = PaperRequest.objects.get()
    answer = client.post(
        manage("request_edit", edition),
        {"version": request.version, "deadline": "2007-09-28T17:00", "reminder_days": "۷، 1, -2"},
    )
    assert answer.status_code == 302
    request.refresh_from_db()
    assert request.deadline == papers.DEADLINE
    assert request.reminder_days == [7, 1, -2]
    kind = request.kinds.get(code="slides")
    client.post(
        manage("template_put", edition, kind.pk), {"language": "fa", "upload": papers.pdf()}
    )
    assert kind.templates.get().file.name == "slides-template-fa.pdf"
    answer = client.post(manage("request_open", edition), follow=True)
    assert "1 delegation is asked." in answer.content.decode()
    country = delegate.country.key
    answer = client.post(manage("remind", edition), {"country": [country, "junk"]}, follow=True)
    assert "reminded 1 time" in answer.content.decode()
    for format_name in ("csv", "xlsx", "pdf"):
        answer = client.get(manage("board", edition), {"format": format_name})
        assert answer.status_code == 200
        assert len(b"".join(answer)) > 100  # read to its end, which closes the file


def test_the_board_is_narrowed_by_its_address(edition, request_open, delegate, officer):
    papers.make_delegate(edition, "MN")
    asking.ask_everywhere()
    papers.send(papers.paper_of("FJ"), delegate.person.account)
    client = client_of(officer)

    def named(**asked):
        page = client.get(manage("board", edition), asked).content.decode()
        return [name for name in ("Fiji", "Mongolia") if f"{name}<br>" in page]

    assert named() == ["Fiji", "Mongolia"]
    assert named(state="received") == ["Fiji"]
    assert named(state="received", kind="slides") == []
    assert named(q="mong") == ["Mongolia"]


def test_a_delegation_saves_sends_and_sees_what_reviewers_said(
    edition, request_open, delegate, officer
):
    client, paper = client_of(delegate.person.account), papers.paper_of("FJ")
    page = own("paper", edition, paper.pk)
    assert client.get(own("ours", edition)).status_code == 200
    shown = client.get(page).content.decode()
    assert "on the clocks of Fiji" in shown
    client.post(page, typed(paper, upload=papers.pdf(), language="fa", english_title="English"))
    paper.refresh_from_db()
    assert (paper.state, paper.versions.count()) == ("asked", 1)
    assert papers.paper_of("FJ").wording("title", "en") == "English"
    client.post(page, typed(paper, room="on", send="yes", lead=delegate.pk))
    paper.refresh_from_db()
    assert (paper.state, paper.lead, paper.in_room) == ("received", delegate, True)
    again = client.post(page, typed(paper, send="yes"))
    assert "It was sent already" in again.content.decode()

    decide = client_of(officer)
    decide.post(
        manage("paper_send_back", edition, paper.pk), {"version": paper.version, "text": "Shorter."}
    )
    assert "Shorter." in client.get(page).content.decode()
    stale = decide.post(manage("paper_accept", edition, paper.pk), {"version": paper.version})
    assert stale.status_code == 200
    assert papers.paper_of("FJ").state == "sent_back"


def test_two_members_at_once_are_told_of_each_other(edition, request_open, delegate):
    other = papers.make_delegate(edition, "FJ", "Sione Tora")
    paper = papers.paper_of("FJ")
    page = own("paper", edition, paper.pk)
    client_of(other.person.account).post(page, typed(paper, title="Theirs"))
    answer = client_of(delegate.person.account).post(page, typed(paper, title="Mine"))
    shown = answer.content.decode()
    assert "Somebody else saved this" in shown
    assert "Mine" in shown
    assert "It now says: Theirs" in shown
    assert papers.paper_of("FJ").title == "Theirs"


def test_a_hostile_file_is_refused_in_words_and_what_was_typed_stays(
    edition, request_open, delegate
):
    client, paper = client_of(delegate.person.account), papers.paper_of("FJ")
    upload = SimpleUploadedFile("paper.pdf", b"<script>hostile()</script>", "application/pdf")
    answer = client.post(own("paper", edition, paper.pk), typed(paper, upload=upload))
    assert "One counter" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert papers.paper_of("FJ").title == ""


def test_nobody_else_finds_a_delegations_pages_and_files(edition, request_open, delegate, officer):
    paper = papers.send(papers.paper_of("FJ"), delegate.person.account, agreed=("library",))
    other = papers.make_delegate(edition, "MN")
    asking.ask_everywhere()
    focal_point = make.make_account(roles=[("focal_point", make.make_country("FJ"))])
    file = paper.versions.get().file.get_absolute_url()
    pages = [own("paper", edition, paper.pk), own("agreement", edition, paper.pk), file]
    for who in (other.person.account, focal_point):
        assert [client_of(who).get(page).status_code for page in pages] == [404, 404, 404]
    assert client_of(delegate.person.account).get(file).status_code == 200
    state = client_of(focal_point).get(own("ours", edition)).content.decode()
    assert "received" in state
    assert f"/{paper.pk}/" not in state

    # Accepted, with the agreement for everybody: now everybody may read it.
    papers.accept(paper, officer)
    assert client_of(other.person.account).get(file).status_code == 200


def test_the_two_halves_of_each_rule_agree(edition, request_open, delegate, officer):
    from madang.papers import rules
    from madang.papers.models import PaperVersion

    papers.send(papers.paper_of("FJ"), delegate.person.account)
    other = papers.make_delegate(edition, "MN")
    asking.ask_everywhere()
    focal_point = make.make_account(roles=[("focal_point", make.make_country("MN"))])
    people = [officer, delegate.person.account, other.person.account, focal_point]
    for rule in (rules.work_on, rules.see_state, rules.see_paper):
        halves.assert_halves_agree(rule, people, Paper.objects.all())
    halves.assert_halves_agree(rules.see_version, people, PaperVersion.objects.all())


def test_an_accepted_paper_opens_on_the_session_in_the_room_and_for_everybody(
    edition, request_open, delegate, officer, client
):
    session = make.make_session(edition, day=1, title="Countries introduce themselves")
    papers.accept(
        papers.send(papers.paper_of("FJ"), delegate.person.account, agreed=("room",)), officer
    )
    presenting.place(edition, session, [delegate.country_id], 5, actor=officer)
    publication.publish(edition, actor=None)
    material = Material.objects.get().versions.get().file.get_absolute_url()

    page = reverse("workshops:session", args=[edition.slug, session.pk])
    public = client.get(page).content.decode()
    assert "Who presents" in public
    assert "/presenting/" not in public
    assert material not in public
    mine = client_of(delegate.person.account)
    assert "/presenting/" in mine.get(page).content.decode()
    assert "One counter" in mine.get(own("presenting", edition, session.pk)).content.decode()
    assert (
        "place 1, 5 minutes"
        in mine.get(reverse("workshops:week", args=[edition.slug])).content.decode()
    )
    assert "No papers yet" in client.get(own("papers", edition)).content.decode()

    mine.post(own("agreement", edition, papers.paper_of("FJ").pk), {"room": "on", "library": "on"})
    shared = client.get(own("papers", edition), {"country": "FJ"}).content.decode()
    assert "One counter" in shared
    assert client.get(own("papers", edition), {"country": "XX"}).status_code == 404
    assert (
        "Papers of 1 country"
        in client.get(reverse("workshops:edition", args=[edition.slug])).content.decode()
    )
    mine.post(own("agreement", edition, papers.paper_of("FJ").pk), {})
    assert "No papers yet" in client.get(own("papers", edition)).content.decode()


def test_an_officer_gives_places_and_enters_what_came_by_mail(
    edition, request_open, delegate, officer
):
    client, paper = client_of(officer), papers.paper_of("FJ")
    session = make.make_session(edition, day=1)
    client.post(manage("paper_enter", edition, paper.pk), typed(paper, upload=papers.pdf()))
    paper.refresh_from_db()
    assert paper.state == "received"
    client.post(manage("paper_accept", edition, paper.pk), {"version": paper.version, "text": ""})
    given = {"session": session.pk, "minutes": 5, "countries": [delegate.country.key]}
    answer = client.post(manage("place_give", edition), given, follow=True)
    assert "1 delegation has a place." in answer.content.decode()
    presentation = session.presentations.get()
    moved = {"version": presentation.version, "session": session.pk, "order": 1, "minutes": 95}
    client.post(manage("place_edit", edition, presentation.pk), moved)
    assert "too long" in client.get(manage("places", edition)).content.decode()
    client.post(manage("place_remove", edition, presentation.pk))
    assert not session.presentations.exists()


def test_more_time_is_told_and_shown(edition, request_open, delegate, officer):
    client, paper = client_of(officer), papers.paper_of("FJ")
    given = {"version": paper.version, "until": "2007-10-05T17:00", "note": "An election."}
    client.post(manage("paper_extend", edition, paper.pk), given)
    assert papers.paper_of("FJ").own_deadline.isoformat() == "2007-10-05T08:00:00+00:00"
    assert "5 Oct" in client.get(manage("board", edition)).content.decode()
    page = own("paper", edition, paper.pk)
    assert "An election." not in client_of(delegate.person.account).get(page).content.decode()
