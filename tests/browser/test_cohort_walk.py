"""The whole way in the browser: from a ministry's file to the tables of the dinner.

An empty edition; the file as it came is brought and its doubts are settled, nominations are judged
and screened, forty are chosen within quotas, a lottery is drawn once, seats are offered, three are
lost and filled from the reserves, letters go out, and the hotel and the Mayor get their lists.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from madang.cohorts.actions import offers as offer_actions
from madang.cohorts.models import Decision, Letter, Offer
from madang.core import approvals, clock
from madang.nominations.actions import screening as screening_actions
from madang.nominations.models import Import, ImportRow, Merit, Nomination, Screening
from madang.people import access_links, country_list
from madang.people.models import Account
from madang.workshops.models import Participation, Session
from tests import factories as make
from tests.support.shared import shared_data
from tests.support.work import work

SignIn = Callable[[Page, Any], None]
DICE = "3 6 1 1 5 2 4 6 2 3"
# As many clicks as settle a file, and no endless loop where one settles nothing.
MOST_CLICKS = 60


def as_received() -> Path:
    """The file as a ministry sent it; without the shared data there is nothing to walk with."""
    folder = shared_data()
    if folder is None:
        pytest.skip("the shared data are not here: see docs/develop/data.md")
    return folder / "nominations" / "nominations-as-received.xlsx"


class Walk:
    """One officer, one director, one browser, and where they are."""

    def __init__(self, page: Page, sign_in: SignIn) -> None:
        country_list.load()
        first = clock.now().date() + timedelta(days=75)
        self.edition = make.make_edition(
            slug="incheon", title="Managing e-Government", seats=40, starts_on=first,
            ends_on=first + timedelta(days=4),
        )  # fmt: skip
        self.dinner = make.make_session(
            self.edition,
            day=2,
            at="19:00",
            title="Dinner of the Mayor",
            kind=Session.Kind.RECEPTION,
        )
        self.officer = make.make_account(
            roles=["secretariat"], person=make.make_person("Officer One", email="one@example.org")
        )
        self.second = make.make_account(
            roles=["secretariat"], person=make.make_person("Officer Two", email="two@example.org")
        )
        self.director = make.make_account(
            roles=["director"], person=make.make_person("The Director", email="dir@example.org")
        )
        self.page, self._sign_in = page, sign_in
        page.set_default_timeout(30_000)
        self.be(self.officer)

    def be(self, account: Account) -> None:
        self.page.context.clear_cookies()
        self._sign_in(self.page, account)

    def go(self, below: str) -> None:
        self.page.goto(f"/manage/{self.edition.slug}/{below}")

    def press(self, name: str, **how: Any) -> None:
        self.page.get_by_role("button", name=name, **how).first.click()

    def follow(self, name: str, **how: Any) -> None:
        self.page.get_by_role("link", name=name, **how).first.click()

    def said(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def downloaded(self, name: str) -> bytes:
        with self.page.expect_download() as waited:
            self.follow(name, exact=True)
        return waited.value.path().read_bytes()


@pytest.fixture
def walk(page: Page, sign_in: SignIn) -> Walk:
    return Walk(page, sign_in)


def test_from_a_ministrys_file_to_the_tables_of_the_dinner(walk: Walk) -> None:
    _begin_the_call(walk)
    _bring_the_file(walk)
    _judge(walk)
    _screen(walk)
    _choose(walk)
    _draw_the_lottery(walk)
    _decide(walk)
    _offer(walk)
    _lose_three_and_fill(walk)
    _send_letters(walk)
    _house(walk)
    _seat(walk)


def _begin_the_call(walk: Walk) -> None:
    walk.go("cohort/call/")
    walk.press("Begin the call")
    walk.go("cohort/call/edit/")
    day = clock.now().date() + timedelta(days=30)
    walk.page.get_by_label("Deadline: day").fill(day.isoformat())
    walk.press("Save")
    walk.press("Open the call")
    assert walk.edition.call.state == "open"


def _bring_the_file(walk: Walk) -> None:
    walk.go("cohort/nominations/")
    walk.follow("Bring a file")
    path = as_received()
    walk.page.get_by_label("Spreadsheet").set_input_files(path)
    walk.press("Read the file")
    work()
    batch = Import.objects.get()
    walk.go(f"cohort/nominations/files/{batch.pk}/")
    walk.said("What is open")
    _settle(walk)
    walk.said("Nothing is open in this file.")
    walk.page.get_by_role("link", name="Write ").click()
    walk.press("Write them")
    work()
    walk.go(f"cohort/nominations/files/{batch.pk}/")
    taken = Nomination.objects.filter(edition=walk.edition).count()
    left = ImportRow.objects.filter(batch=batch, nomination=None).count()
    # 101 lines: four repeat earlier ones; what is left out has its reason in a workbook.
    assert taken > 85
    assert taken + left <= 101
    sheet = openpyxl.load_workbook(io.BytesIO(walk.downloaded("What is left out (Excel)")))
    assert sheet.active.max_row >= left


def _settle(walk: Walk) -> None:
    """What an officer does: take the suggestion, else what stands, else nothing or no line.

    Who is surely the same person is one; who perhaps is, here is not.
    """
    ways = (
        "Take “", "Take what is suggested", "Leave as it is", "Leave the cell empty",
        "The same person", "Another person", "Leave out",
    )  # fmt: skip
    for _click in range(MOST_CLICKS):
        form = walk.page.locator("form.acts:has([name=about])").first
        if not form.count():
            return
        about = form.locator("[name=about]").input_value()
        wanted = ("Another person",) if about == "maybe" else ways
        buttons = (form.get_by_role("button", name=way) for way in wanted)
        next(button for button in buttons if button.count()).first.click()


def _judge(walk: Walk) -> None:
    walk.go("cohort/nominations/")
    walk.page.get_by_role("button", name="Judge ").click()
    eligible = Nomination.objects.filter(state=Nomination.State.ELIGIBLE).count()
    assert eligible > 80


def _screen(walk: Walk) -> None:
    for name in ("Need", "Reach"):
        walk.go("cohort/screening/criteria/add/")
        walk.page.get_by_label("Criterion").fill(name)
        walk.press("Add the criterion")
    walk.follow("Share out the nominations")
    for each in ("Officer One", "Officer Two"):
        walk.page.get_by_label(each).check()
    walk.press("Share them out")
    walk.follow("Score the next one")
    for group in walk.page.get_by_role("group").all():
        group.get_by_label("4", exact=True).check()
    walk.press("Save and go on")
    walk.said("Here is the next one.")
    _score_the_rest(walk)
    walk.go("cohort/screening/")
    walk.press("Make merit of the scores")
    walk.said("have a merit from their scores now")
    assert Merit.objects.filter(origin=Merit.Origin.SCREENING).count() > 80


def _score_the_rest(walk: Walk) -> None:
    """By the same action as the page: nobody needs to watch two hundred clicks."""
    criteria = list(walk.edition.call.criteria.all())
    waiting = Screening.objects.filter(state=Screening.State.ASKED).select_related(
        "nomination__edition", "screener", "subject"
    )
    for screening in waiting:
        merit = 1 + screening.nomination.number * 7 % 5
        given = max(0, merit - (screening.screener_id == walk.second.pk))
        values = dict.fromkeys(criteria, given)
        screening_actions.score(screening, values, comment="", actor=screening.screener)


def _choose(walk: Walk) -> None:
    walk.go("cohort/selection/")
    walk.page.get_by_label("Name").fill("Balanced")
    walk.press("Begin it")
    for kind, least, most in (
        ("country=*", "", "3"),
        ("sex=female", "12", ""),
        ("sector=academia", "4", ""),
        ("sector=civil_society", "2", ""),
    ):
        row = walk.page.locator("#rules .rule").last
        row.get_by_label("At least").fill(least)
        row.get_by_label("At most").fill(most)
        with walk.page.expect_response(lambda one: one.request.method == "POST"):
            row.get_by_label("Of whom").select_option(kind)
        expect(walk.page.locator(f"#rules option[value='{kind}'][selected]")).to_have_count(1)
    walk.said("Proven best within these rules.")
    scenario = walk.edition.scenarios.get(name="Balanced")
    assert len(scenario.answer["selected"]) == 40
    assert scenario.quotas.count() == 4


def _draw_the_lottery(walk: Walk) -> None:
    walk.follow("Copy", exact=True)
    walk.page.get_by_label("Name").fill("By lot")
    walk.press("Copy it")
    with walk.page.expect_response(lambda one: one.request.method == "POST"):
        walk.page.get_by_label("Chosen by").select_option("leximin")
    walk.said("Proven fairest within these rules.")
    walk.follow("Draw the lottery")
    walk.press("Freeze the list and the rules")
    walk.page.get_by_label("What the dice showed").fill(DICE)
    walk.press("Draw, once and for all")
    walk.said("Drawn")
    expect(walk.page.get_by_role("button", name="Draw, once and for all")).to_have_count(0)
    rows = walk.page.get_by_role("row")
    expect(rows).to_have_count(41)


def _decide(walk: Walk) -> None:
    scenario = walk.edition.scenarios.get(name="Balanced")
    walk.go(f"cohort/selection/{scenario.pk}/")
    walk.follow("Propose this cohort")
    walk.page.get_by_label("Director").select_option(label="The Director")
    walk.press("Propose it")
    decision = Decision.objects.get()
    walk.be(walk.director)
    walk.page.goto(approvals.latest(decision).get_absolute_url())
    walk.said("What ministries may be told of the others")
    walk.press("Approve")
    work()
    decision.refresh_from_db()
    assert decision.state == Decision.State.IN_FORCE
    walk.be(walk.officer)
    minutes = walk.page.request.get(
        f"/manage/{walk.edition.slug}/cohort/selection/decisions/{decision.pk}/minutes/"
    )
    assert minutes.body().startswith(b"%PDF")


def _offer(walk: Walk) -> None:
    walk.go("cohort/offers/")
    walk.page.get_by_role("button", name="Prepare 40 offers").click()
    walk.page.get_by_role("link", name="Send 40 prepared offers").click()
    walk.press("Send them")
    work()
    sent = Offer.objects.filter(state=Offer.State.SENT)
    unreachable = Offer.objects.filter(state=Offer.State.PREPARED)
    assert sent.count() + unreachable.count() == 40
    for offer in unreachable:
        walk.go(f"cohort/offers/{offer.pk}/")
        walk.follow("It went out on paper")
        walk.press("Record that it did")
    first = sent.select_related("nomination__person__subject").first()
    walk.page.context.clear_cookies()
    link = access_links.of(first, "offer").get()
    walk.page.goto(urlsplit(access_links.address(link)).path)
    walk.press("I accept the seat")
    walk.said("You come: thank you.")
    walk.be(walk.officer)
    for offer in Offer.objects.filter(state=Offer.State.SENT):
        offer_actions.accept(offer, actor=walk.officer)
    work()
    assert Participation.objects.filter(edition=walk.edition).count() == 40


def _lose_three_and_fill(walk: Walk) -> None:
    lost = list(Offer.objects.order_by("nomination__number")[:3])
    for offer in lost:
        walk.go(f"cohort/offers/{offer.pk}/")
        walk.follow("They do not come")
        walk.press("Record that they declined")
        walk.follow("The ministry releases it")
        walk.press("Record that it is released")
    work()
    walk.go("cohort/offers/seats/")
    for left in (3, 2, 1):
        expect(walk.page.get_by_text("proposed", exact=True)).to_have_count(left)
        walk.press("Offer the seat")
        walk.said("The offer is prepared")
    walk.go("cohort/offers/send/")
    walk.press("Send them")
    work()
    for offer in Offer.objects.filter(state__in=(Offer.State.SENT, Offer.State.PREPARED)):
        if offer.state == Offer.State.PREPARED:
            offer_actions.send_on_paper(offer, actor=walk.officer)
        offer_actions.accept(offer, actor=walk.officer)
    walk.go("cohort/offers/")
    expected = Participation.objects.filter(
        edition=walk.edition, state=Participation.State.EXPECTED
    )
    assert expected.count() == 40


def _send_letters(walk: Walk) -> None:
    walk.go("cohort/letters/letterhead/")
    for label, value in (
        ("Sender", "Training Centre"),
        ("Who signs", "The Director"),
        ("Prefix of reference numbers", "INC/2007"),
    ):
        walk.page.get_by_label(label).fill(value)
    walk.press("Save")
    walk.go("cohort/letters/wordings/invitation/")
    walk.press("Begin with our wording")
    walk.go("cohort/letters/new/invitation/")
    walk.press("Prepare the letters")
    walk.follow("Have them approved")
    walk.page.get_by_label("Director").select_option(label="The Director")
    walk.press("Hand them to the director")
    batch = walk.edition.letter_batches.get()
    walk.be(walk.director)
    walk.page.goto(approvals.latest(batch).get_absolute_url())
    walk.press("Approve")
    walk.be(walk.officer)
    walk.go(f"cohort/letters/{batch.pk}/")
    walk.press("Issue the letters")
    work()
    assert Letter.objects.filter(batch=batch, document__isnull=False).count() == 40
    walk.go(f"cohort/letters/{batch.pk}/send/")
    walk.press("Send")
    work()
    assert Letter.objects.filter(batch=batch, sent_at__isnull=False).count() > 30


def _house(walk: Walk) -> None:
    walk.go("logistics/rooms/hotels/add/")
    walk.page.get_by_label("Name").fill("Harbour Hotel")
    walk.press("Add the hotel")
    walk.follow("Add rooms")
    walk.page.get_by_label("Numbers or names").fill("101–145")
    walk.page.get_by_label("Kind").select_option("single")
    walk.page.get_by_label("People in each").fill("1")
    walk.press("Add the rooms")
    walk.follow("Suggest rooms")
    walk.press("Give out these rooms")
    walk.follow("Rooming list")
    rooming = openpyxl.load_workbook(io.BytesIO(walk.downloaded("Excel"))).active
    assert rooming.max_row >= 41
    headings = {str(cell.value) for cell in rooming[1]}
    assert not {"Diet", "E-mail address", "Telephone"} & headings


def _seat(walk: Walk) -> None:
    walk.go(f"logistics/tables/{walk.dinner.pk}/")
    walk.page.get_by_label("Tables").fill("6")
    walk.page.get_by_label("Seats at each").fill("7")
    walk.press("Lay the tables")
    walk.press("Seat everybody")
    work()
    walk.go(f"logistics/tables/{walk.dinner.pk}/")
    walk.said("No plan mixes countries better.")
    tables = openpyxl.load_workbook(io.BytesIO(walk.downloaded("Excel"))).active
    assert tables.max_row >= 41
