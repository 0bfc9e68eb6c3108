"""Groups in a browser: published, looked up on a phone, written while typed, repaired."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import BrowserContext, Page, expect

from madang.core import clock
from madang.groups.actions import absences
from madang.groups.models import Conclusion, Group
from madang.people.models import Account
from tests import factories as make
from tests.browser.conftest import PHONE
from tests.groups import factories as here

SignIn = Callable[[Page, Account], None]


def begin(group: Group) -> None:
    """Let the session of a group have begun half an hour ago."""
    session = group.round.session
    session.starts_at = clock.now() - timedelta(minutes=30)
    session.save()


def test_groups_are_published_used_on_a_phone_and_repaired(
    page: Page, sign_in: SignIn, new_context: Callable[..., BrowserContext]
) -> None:
    today = clock.now().date()
    edition = make.make_edition(
        slug="incheon-2007",
        starts_on=today + timedelta(days=1),
        ends_on=today + timedelta(days=5),
    )
    here.make_mixed(edition, 12, 4, 3)
    officer = make.make_account(roles=[("secretariat", edition)])
    sign_in(page, officer)
    page.goto(here.address("plan", edition))
    expect(page.get_by_text("0 repeats, proven")).to_be_visible()
    page.get_by_role("button", name="Publish the groups").click()
    expect(page.get_by_text("Everybody sees their groups now.")).to_be_visible()

    group = Group.objects.filter(number=1).order_by("round__session__starts_at").first()
    assert group is not None
    begin(group)
    rapporteur = make.make_account(roles=[("participant", edition)], person=group.rapporteur.person)
    phone = new_context(**PHONE).new_page()
    sign_in(phone, rapporteur)
    phone.goto(here.own_address("groups", edition))
    expect(phone.get_by_text("You have now met 2 of 11.")).to_be_visible()
    phone.get_by_role("link", name="Group 1").first.click()
    phone.get_by_role("link", name="Write what we concluded").click()
    text = phone.get_by_role("textbox")
    text.press_sequentially("Law before portal")
    expect(phone.get_by_text("Saved at")).to_be_visible()
    assert Conclusion.objects.get(group=group).text == "Law before portal"
    # Without a line nothing is lost: it is sent once there is one.
    phone.context.set_offline(True)
    text.press_sequentially(".")
    expect(phone.get_by_text("There is no connection")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Saved at")).to_be_visible()
    phone.get_by_role("button", name="Save and hand in").click()
    expect(phone.get_by_text("It is handed in. Thank you.")).to_be_visible()

    page.goto(here.own_address("group", edition, group.pk))
    page.get_by_role("button", name="Accept it").click()
    expect(page.get_by_text("It is accepted.")).to_be_visible()

    leaving = group.members.exclude(participation=group.rapporteur_id).first()
    assert leaving is not None
    absences.add(leaving.participation, {"starts_at": clock.now()}, actor=officer)
    page.goto(here.address("plan", edition))
    page.get_by_role("link", name="Repair the groups").click()
    page.get_by_role("button", name="Repair the groups").click()
    expect(page.get_by_text("The groups are repaired")).to_be_visible()
    expect(page.get_by_text("Who comes has changed")).to_be_hidden()
