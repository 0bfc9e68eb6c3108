"""A page that is the same all week still shows what is on now, by the reader's clock."""

from playwright.sync_api import expect

from madang.workshops.actions import publication
from madang.workshops.pages import serving
from tests.factories import local, make_edition, make_session


def publish_tuesday():
    serving.forget()
    edition = make_edition(slug="incheon-2007")
    make_session(edition, day=2, at="09:00", title="From vision to roadmap")
    make_session(edition, day=2, at="10:00", title="Peer evaluation")
    make_session(edition, day=2, at="23:30", title="Star gazing", minutes=60)
    publication.publish(edition, actor=None)
    return edition


def test_the_programme_marks_what_is_on_and_moves_the_mark(phone):
    edition = publish_tuesday()
    phone.clock.install(time=local(edition, 2, "09:59"))
    phone.goto("/workshops/incheon-2007/programme/")
    on = phone.locator("li.now")
    expect(on).to_have_count(1)
    expect(on).to_contain_text("From vision to roadmap")
    expect(on.locator(".chip.now")).to_have_text("Now")
    phone.clock.run_for(120_000)
    expect(on).to_have_count(1)
    expect(on).to_contain_text("Peer evaluation")


def test_what_goes_on_past_midnight_is_on_until_it_ends(page):
    edition = publish_tuesday()
    page.clock.install(time=local(edition, 3, "00:15"))
    page.goto("/workshops/incheon-2007/programme/")
    expect(page.locator("li.now")).to_contain_text("Star gazing")


def test_without_scripts_the_programme_and_the_week_say_the_same(new_context):
    publish_tuesday()
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/workshops/incheon-2007/programme/")
    expect(page.get_by_role("link", name="From vision to roadmap")).to_be_visible()
    page.get_by_role("link", name="Now and next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Now and next")
