"""A focal point nominates by a link: saved as it is typed, asked only what applies."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from madang.core.models import Message
from madang.nominations.models import Endorsement, Nomination
from madang.people import access_links
from tests.factories import make_account, make_country
from tests.nominations.factories import (
    make_call,
    make_invitation,
    make_nominate_link,
    make_nomination,
    make_question,
)


def make_desk(**fields):
    call = make_call(**fields)
    leads = make_question(call, "leads", kind="yes_no", text="Do you lead a team?")
    make_question(
        call, "team", kind="number", text="How many are in it?", minimum=1,
        depends_on=leads, depends_value="yes",
    )  # fmt: skip
    invitation = make_invitation(call, make_country("FJ"))
    path = "/" + access_links.address(make_nominate_link(invitation)).split("/", 3)[3]
    return call, path


def fill(page, **more):
    values = {
        "Name": "Laisa Vunibola", "E-mail address": "laisa@example.org", "Position": "Director",
        "Organisation": "Ministry of Communications", **more,
    }  # fmt: skip
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Sector", exact=True).select_option("government")
    page.get_by_label("Sex", exact=True).select_option("female")


def mailed_code():
    mail = Message.objects.filter(template="people/mails/access_code").latest("created_at")
    return re.search(r"\d{6}", mail.text)[0]


def test_a_draft_is_saved_while_it_is_typed_and_sent_with_a_button(phone, picture):
    _call, path = make_desk()
    phone.goto(path)
    picture(phone, "nominating-empty-phone")
    phone.get_by_role("link", name="Nominate somebody").click()
    expect(phone.get_by_label("How many are in it?")).to_be_hidden()
    phone.get_by_label("yes", exact=True).check()
    expect(phone.get_by_label("How many are in it?")).to_be_visible()
    phone.get_by_label("How many are in it?").fill("12")
    fill(phone)
    expect(phone.locator("#saved")).to_contain_text("Saved at")
    nomination = Nomination.objects.get()
    assert nomination.person.name == "Laisa Vunibola"
    assert phone.url.endswith(f"{nomination.pk}/edit/")
    picture(phone, "nominating-form-phone")
    phone.get_by_label("Position").fill("Deputy Director")
    phone.get_by_role("button", name="Save and send").click()
    expect(phone.get_by_text("is sent")).to_be_visible()
    nomination.refresh_from_db()
    assert (nomination.state, nomination.person.position) == ("submitted", "Deputy Director")
    assert nomination.answers.get(question__key="team").text == "12"
    picture(phone, "nominating-desk-phone")
    phone.get_by_role("link", name="Show the names").click()
    phone.get_by_role("button", name="Send me a code").click()
    phone.get_by_label("Code").fill(mailed_code())
    picture(phone, "nominating-code-phone")
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("link", name="Laisa Vunibola").click()
    picture(phone, "nominating-nomination-phone")


def test_two_windows_at_once_are_told_of_each_other(page, picture):
    _call, path = make_desk()
    page.goto(f"{path}add/")
    fill(page)
    expect(page.locator("#saved")).to_contain_text("Saved at")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Position", exact=True).fill("Secretary")
    expect(other.locator("#saved")).to_contain_text("Saved at")
    page.get_by_label("Position", exact=True).fill("Minister")
    expect(page.locator("#saved")).to_contain_text("Somebody else changed this")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("It now says: Secretary").first).to_be_visible()
    picture(page, "nominating-conflict")
    page.get_by_role("button", name="Save", exact=True).click()
    assert Nomination.objects.get().person.position == "Minister"


def test_a_superior_endorses_and_the_secretariat_sees_it(page, new_context, sign_in, picture):
    call, path = make_desk(endorsement_needed=True)
    page.goto(f"{path}add/")
    fill(page)
    page.get_by_role("button", name="Save", exact=True).click()
    picture(page, "nominating-waits")
    page.get_by_role("link", name="Ask a superior").click()
    page.get_by_label("Name of the superior").fill("Ratu Tevita")
    page.get_by_label("Their e-mail address").fill("tevita@example.org")
    page.get_by_role("button", name="Ask them by mail").click()
    mail = Message.objects.get(template="nominations/mails/endorsement_asked")
    superior = new_context(viewport={"width": 390, "height": 844}).new_page()
    superior.goto(re.search(r"/endorse/\S+/", mail.text)[0])
    superior.get_by_role("button", name="Send me a code").click()
    superior.get_by_label("Code").fill(mailed_code())
    superior.get_by_role("button", name="Go on").click()
    superior.get_by_label("I endorse it").check()
    superior.get_by_label("Remark").fill("Our best.")
    picture(superior, "endorse-phone")
    superior.get_by_role("button", name="Give this answer").click()
    expect(superior.get_by_text("your answer is kept")).to_be_visible()
    assert Endorsement.objects.get().state == "given"
    page.reload()
    page.get_by_role("button", name="Send", exact=True).click()
    make_nomination(call.edition, state="eligible", country=make_country("TH"), sex="male")
    make_nomination(call.edition, state="draft", country=make_country("MN"), origin="scan")
    make_nomination(call.edition, state="ineligible", grounds=["experience"])
    officer = new_context().new_page()
    sign_in(officer, make_account(roles=["secretariat"]))
    for width in (1280, 390):
        officer.set_viewport_size({"width": width, "height": 900})
        officer.goto(reverse("nominations:nominations", args=[call.edition.slug]))
        picture(officer, f"nominations-{width}")
        officer.get_by_role("link", name="Laisa Vunibola").click()
        picture(officer, f"nomination-{width}")
        officer.get_by_role("link", name="Edit").click()
        picture(officer, f"nomination-edit-{width}")
