"""Somebody answers an evaluation on a phone; it stays on the device until it is handed in."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from madang.core import clock
from madang.evaluation import box
from madang.evaluation.models import Form
from tests.evaluation import factories as make

SignIn = Callable[[Page, Any], None]
Picture = Callable[[Page, str], None]


def test_an_evaluation_is_answered_on_a_phone_and_kept_there_until_it_is_handed_in(
    phone: Page, sign_in: SignIn, picture: Picture
) -> None:
    edition = make.make_week()
    account, _participation = make.make_answerer(edition)
    form = make.opened(make.form_of(edition))
    # A live server's clock does not stand still in the week: the form is open today.
    Form.objects.filter(pk=form.pk).update(closes_at=clock.now().replace(year=2100))
    sign_in(phone, account)
    phone.goto(f"/workshops/{edition.slug}/to-do/")
    phone.get_by_role("link", name="Evaluation: The whole workshop").click()
    expect(phone.get_by_text("Nobody learns what you answered")).to_be_visible()
    change = phone.get_by_label("What will you change first?")
    expect(change).to_be_hidden()
    phone.get_by_label("4 – very good").first.check()
    phone.get_by_role("group", name="Will you change something").get_by_label("yes").check()
    change.fill("Ask at the counter")
    picture(phone, "evaluation-answering")

    # The phone dies: what was chosen is still there, and nowhere else.
    phone.reload()
    expect(phone.get_by_label("What will you change first?")).to_have_value("Ask at the counter")
    assert box.opened(form) == []
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    assert phone.evaluate("Object.keys(localStorage).filter((key) => /evaluation/.test(key))") == []
    assert box.opened(form) == [{"overall": "4", "apply": "yes", "change": "Ask at the counter"}]
    phone.go_back()
    phone.reload()
    expect(phone.get_by_text("You have handed this in")).to_be_visible()
