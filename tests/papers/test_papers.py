"""Papers from being asked for to being accepted: what delegations and the secretariat rely on."""

from datetime import timedelta

import pytest

from madang.core import clock
from madang.core.media_types import UnwantedFileError
from madang.core.models import AuditEntry, Message, StaleRecordError, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.papers import queries
from madang.papers.actions import agreements, asking, chasing, presenting, reviewing, writing
from madang.papers.models import Paper
from madang.people import erasure
from madang.people.actions.refusal import RefusedError
from madang.workshops import asked
from madang.workshops.actions import participations
from madang.workshops.actions.repeat import repeat_edition
from madang.workshops.models import Material, Participation
from tests import factories as make
from tests.papers import factories as papers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def edition():
    with clock.at(papers.OPENED):
        yield make.make_edition()


@pytest.fixture
def officer(edition):
    return make.make_account(roles=["secretariat"])


@pytest.fixture
def delegate(edition):
    return papers.make_delegate(edition, "FJ", "Mere Vakalala")


@pytest.fixture
def request_open(edition, delegate, officer):
    request = papers.make_request(edition)
    asking.open_request(request, actor=officer)
    return request


def test_opening_asks_each_delegation_once_and_tells_everybody_in_it(edition, delegate, officer):
    papers.make_delegate(edition, "FJ", "Sione Tora")
    papers.make_delegate(edition, "MN")
    make.make_participation(edition, make.make_person(email="nowhere@example.org"))
    request = papers.make_request(edition)
    assert asking.open_request(request, actor=officer) == 2
    assert Paper.objects.count() == 4
    assert Message.objects.count() == 3
    assert asking.ask(request, actor=officer) == 0
    assert Message.objects.count() == 3
    text = Message.objects.order_by("created_at").first().text
    assert "Country paper" in text
    assert "/our-papers/" in text


def test_a_request_is_not_opened_without_a_deadline_to_come(edition, officer):
    request = papers.make_request(edition, deadline=None)
    with pytest.raises(TransitionRefusedError):
        asking.open_request(request, actor=officer)
    request.deadline = papers.OPENED - DAY
    request.save()
    with pytest.raises(TransitionRefusedError):
        asking.open_request(request, actor=officer)


def test_a_delegation_that_comes_later_is_asked_when_it_comes(edition, request_open):
    papers.make_delegate(edition, "MN")
    assert queries.board(edition).counts[queries.NOT_ASKED] == 2
    assert asking.ask_everywhere() == 1
    assert queries.board(edition).counts[queries.NOT_ASKED] == 0


def test_one_more_thing_is_asked_of_everybody_at_once(edition, request_open, officer):
    asking.add_kind(request_open, {"title": "Poster", "language": "en"}, actor=officer)
    assert papers.paper_of("FJ", "poster").state == "asked"
    assert Message.objects.count() == 2


def test_a_paper_is_sent_accepted_placed_and_opens_in_the_room(
    edition, request_open, delegate, officer
):
    session = make.make_session(edition, day=1, minutes=90)
    paper = papers.send(papers.paper_of("FJ"), delegate.person.account)
    assert paper.state == "received"
    assert [file.name for file in StoredFile.objects.all()] == ["FJ-country-paper-1.pdf"]
    papers.accept(paper, officer)
    assert not Material.objects.exists()
    presenting.place(edition, session, [paper.country_id], 5, actor=officer)
    material = Material.objects.get()
    assert material.title == "Fiji: One counter for all islands"
    assert (material.session, material.audience) == (session, "participants")

    agreements.settle(paper, ["room", "library"], actor=delegate.person.account)
    material.refresh_from_db()
    assert material.audience == "public"
    assert [each.pk for each in queries.for_library(edition)] == [paper.pk]

    agreements.settle(paper, [], actor=delegate.person.account)
    material.refresh_from_db()
    assert material.is_withdrawn
    assert queries.for_library(edition) == []
    given = paper.agreements.order_by("purpose")
    assert all(each.withdrawn_by == delegate.person.account for each in given)


def test_what_is_sent_back_says_why_and_closes_until_it_comes_again(
    edition, request_open, delegate, officer
):
    session = make.make_session(edition, day=1)
    paper = papers.send(papers.paper_of("FJ"), delegate.person.account, agreed=("library",))
    papers.accept(paper, officer)
    presenting.place(edition, session, [paper.country_id], 5, actor=officer)
    paper.refresh_from_db()
    with pytest.raises(RefusedError):
        reviewing.send_back(paper, " ", expected_version=paper.version, actor=officer)
    reviewing.send_back(paper, "Name it.", expected_version=paper.version, actor=officer)
    assert Material.objects.get().is_withdrawn
    assert queries.for_library(edition) == []
    assert "Name it." in Message.objects.order_by("created_at").last().text

    papers.send(paper, delegate.person.account, agreed=("library",), content=b"%PDF-1.5\n%%EOF\n")
    papers.accept(paper, officer)
    material = Material.objects.get()
    assert not material.is_withdrawn
    assert material.versions.count() == 2


def test_nothing_is_sent_without_title_or_file(request_open, delegate):
    paper = papers.paper_of("FJ")
    with pytest.raises(TransitionRefusedError):
        papers.send(paper, delegate.person.account, title=" ")
    assert not StoredFile.objects.exists()


def test_two_of_a_delegation_do_not_overwrite_each_other(request_open, delegate):
    paper = papers.paper_of("FJ")
    seen = paper.version
    papers.send(paper, delegate.person.account)
    with pytest.raises(StaleRecordError):
        writing.save(
            paper, {"title": "Mine"}, english={}, upload=papers.pdf(), agreed=(), send=True,
            expected_version=seen, actor=delegate.person.account,
        )  # fmt: skip
    assert papers.paper_of("FJ").versions.count() == 1


def test_a_reviewer_accepts_only_what_they_saw(request_open, delegate, officer):
    paper = papers.send(papers.paper_of("FJ"), delegate.person.account)
    seen = paper.version
    agreements.settle(paper, [], actor=delegate.person.account)
    with pytest.raises(StaleRecordError):
        reviewing.accept(paper, "", expected_version=seen, actor=officer)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00 this is a program", "paper.pdf"),
        (b"<html><script>hostile()</script></html>", "paper.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "paper.svg"),
        (b"just words", "paper.txt"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "slides.pdf"),
        (b"", "paper.pdf"),
        (b"PK\x03\x04 broken", "paper.docx"),
    ],
)
def test_hostile_files_are_refused_and_nothing_of_them_stays(request_open, delegate, content, name):
    paper = papers.paper_of("FJ")
    with pytest.raises(UnwantedFileError):
        writing.save(
            paper, {"title": "A"}, english={}, upload=papers.pdf(content, name), agreed=(),
            send=False, expected_version=paper.version, actor=delegate.person.account,
        )  # fmt: skip
    assert not StoredFile.objects.exists()
    assert papers.paper_of("FJ").title == ""


def test_a_closed_request_takes_only_what_the_secretariat_enters(request_open, delegate, officer):
    asking.close_request(request_open, actor=officer)
    with pytest.raises(RefusedError):
        papers.send(papers.paper_of("FJ"), delegate.person.account)
    paper = papers.paper_of("FJ")
    entered = writing.save(
        paper, {"title": "By mail"}, english={}, upload=papers.pdf(), agreed=("room",), send=True,
        expected_version=paper.version, on_behalf=True, actor=officer,
    )  # fmt: skip
    assert entered.versions.get().is_on_behalf
    assert entered.agreements.get().given_by == officer


# --- Chasing -------------------------------------------------------------------------------------
def test_reminders_by_schedule_come_once_around_the_deadline(edition, request_open):
    told = Message.objects.count()
    assert chasing.remind_everywhere() == 0
    for after, expected in (
        (papers.DEADLINE - 7 * DAY, 1),
        (papers.DEADLINE - 7 * DAY, 0),
        (papers.DEADLINE - 4 * DAY, 0),
        (papers.DEADLINE - DAY, 1),
        (papers.DEADLINE + 2 * DAY, 1),
        (papers.DEADLINE + 9 * DAY, 0),
    ):
        with clock.at(after):
            assert chasing.remind_everywhere() == expected, after
    assert Message.objects.count() == told + 3
    assert papers.paper_of("FJ").reminders.count() == 3


def test_more_time_moves_the_reminders_with_it(edition, request_open, officer):
    for code in ("country-paper", "slides"):
        paper = papers.paper_of("FJ", code)
        until = papers.DEADLINE + 5 * DAY
        reviewing.extend(paper, until, "ill", expected_version=paper.version, actor=officer)
    with clock.at(papers.DEADLINE - DAY):
        assert chasing.remind_everywhere() == 0
        assert queries.board(edition).counts[queries.LATE] == 0
    with clock.at(papers.DEADLINE + 4 * DAY):
        assert chasing.remind_everywhere() == 1


def test_an_officer_reminds_whom_they_choose_once_a_day(edition, request_open, officer):
    fiji = make.make_country("FJ").pk
    assert chasing.remind(edition, [fiji], actor=officer) == 1
    assert chasing.remind(edition, [fiji], actor=officer) == 0
    with clock.at(papers.OPENED + DAY):
        assert chasing.remind(edition, [fiji], actor=officer) == 1
    cell = queries.board(edition).rows[0].cells[0]
    assert (cell.state, cell.reminders) == (queries.REMINDED, 2)


def test_whoever_is_excused_is_not_reminded(edition, request_open, officer):
    for code in ("country-paper", "slides"):
        paper = papers.paper_of("FJ", code)
        reviewing.excuse(paper, "An election.", expected_version=paper.version, actor=officer)
    assert chasing.remind(edition, [make.make_country("FJ").pk], actor=officer) == 0
    assert queries.board(edition).counts["excused"] == 2
    reviewing.ask_again(papers.paper_of("FJ"), actor=officer)
    assert queries.board(edition).counts["asked"] == 1
    assert papers.paper_of("FJ").excuse == ""


# --- What others see -----------------------------------------------------------------------------
def test_a_delegation_finds_its_papers_among_what_is_asked(edition, request_open, delegate):
    found = [each for each in asked.of(delegate) if "our-papers" in each.url]
    assert [str(each.label) for each in found] == ["Country paper of Fiji", "Slides of Fiji"]
    assert found[0].until == papers.DEADLINE
    papers.send(papers.paper_of("FJ"), delegate.person.account)
    found = [each for each in asked.of(delegate) if "our-papers" in each.url]
    assert [each.is_done for each in found] == [False, True]


def test_the_order_of_a_session_has_no_gaps_however_it_is_changed(edition, officer):
    delegates = {code: papers.make_delegate(edition, code) for code in ("FJ", "MN", "TH")}
    asking.open_request(papers.make_request(edition), actor=officer)
    for code, delegate in delegates.items():
        papers.accept(papers.send(papers.paper_of(code), delegate.person.account), officer)
    session = make.make_session(edition, day=1)
    countries = [delegate.country_id for delegate in delegates.values()]
    presenting.place(edition, session, countries, 5, actor=officer)

    def order():
        rows = session.presentations.order_by("order").select_related("country")
        assert [row.order for row in rows] == list(range(1, len(rows) + 1))
        return [row.country.alpha2 for row in rows]

    first = session.presentations.get(order=1)
    presenting.change(first, session, 3, 10, expected_version=first.version, actor=officer)
    assert order() == ["MN", "TH", "FJ"]
    last = session.presentations.get(order=3)
    presenting.change(last, session, 1, 10, expected_version=last.version, actor=officer)
    assert order() == ["FJ", "MN", "TH"]
    presenting.remove(session.presentations.get(order=2), actor=officer)
    assert order() == ["FJ", "TH"]
    assert Material.objects.filter(is_withdrawn=False).count() == 2


def test_only_what_is_accepted_gets_a_place(edition, request_open, delegate, officer):
    session = make.make_session(edition, day=1)
    with pytest.raises(RefusedError):
        presenting.place(edition, session, [delegate.country_id], 5, actor=officer)


def test_the_board_costs_the_same_with_one_delegation_and_with_many(
    edition, officer, django_assert_num_queries
):
    papers.make_delegate(edition, "FJ")
    asking.open_request(papers.make_request(edition), actor=officer)
    with django_assert_num_queries(6):
        assert len(queries.board(edition).rows) == 1
    for code in ("MN", "TH", "IR"):
        delegate = papers.make_delegate(edition, code)
        asking.ask_everywhere()
        papers.send(papers.paper_of(code), delegate.person.account)
    with django_assert_num_queries(6):
        assert len(queries.board(edition).rows) == 4


def test_what_is_asked_costs_two_queries_and_one_where_nothing_is(
    edition, delegate, officer, django_assert_num_queries
):
    from madang.papers.asked import source

    delegate = Participation.objects.select_related("edition").get(pk=delegate.pk)
    with django_assert_num_queries(1):
        assert source(delegate) == []
    asking.open_request(papers.make_request(edition), actor=officer)
    with django_assert_num_queries(2):
        assert len(source(delegate)) == 2


def test_a_delegation_that_stays_away_is_left_out_unless_it_sent_something(
    edition, request_open, delegate, officer
):
    papers.send(papers.paper_of("FJ"), delegate.person.account)
    mongolia = papers.make_delegate(edition, "MN")
    asking.ask_everywhere()
    for one in (delegate, mongolia):
        participations.cancel_participation(one, actor=officer)
    assert [str(row.country) for row in queries.board(edition).rows] == ["Fiji"]


def test_the_next_edition_takes_the_request_over(edition, request_open, officer):
    asking.put_template(request_open.kinds.first(), "en", papers.pdf(), actor=officer)
    values = {
        "number": 99, "slug": "next", "title": "Next", "city": "Suva", "time_zone": "Pacific/Fiji",
        "country": make.make_country("FJ"), "starts_on": edition.starts_on + 364 * DAY,
        "ends_on": edition.ends_on + 364 * DAY,
    }  # fmt: skip
    copy = repeat_edition(edition, values, ["papers"], actor=officer)
    request = copy.paper_request
    assert request.state == "draft"
    assert request.deadline.astimezone(copy.zone).isoformat() == "2008-09-26T17:00:00+12:00"
    kind = request.kinds.first()
    template = kind.templates.get()
    assert template.file.owner_id == template.pk
    assert not Paper.objects.filter(edition=copy).exists()


def test_erasing_the_lead_author_leaves_their_country_its_paper(
    edition, request_open, delegate, officer
):
    papers.send(papers.paper_of("FJ"), delegate.person.account, lead=delegate)
    erasure.erase(delegate.person, actor=officer)
    paper = papers.paper_of("FJ")
    assert paper.lead is None
    assert paper.versions.count() == 1


def test_the_notes_on_delegations_go_after_the_workshop(edition, request_open, officer):
    from madang.papers import own_data

    paper = papers.paper_of("FJ")
    reviewing.excuse(paper, "She is ill.", expected_version=paper.version, actor=officer)
    assert own_data.remove_notes() == 0
    with clock.at(papers.OPENED + 90 * DAY):
        assert own_data.remove_notes() == 1
    assert papers.paper_of("FJ").excuse == ""


def test_the_history_says_who_did_what_and_holds_no_words(request_open, delegate, officer):
    papers.accept(papers.send(papers.paper_of("FJ"), delegate.person.account), officer)
    verbs = set(
        AuditEntry.objects.filter(thing_model="papers.paper").values_list("verb", flat=True)
    )
    assert {"paper.described", "paper.received", "paper.agreed", "paper.accepted"} <= verbs
