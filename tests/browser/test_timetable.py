"""The timetable editor in Chromium: by mouse, by finger, by keys, and without any script."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from madang.core import texts
from madang.workshops.models import Edition, Session
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_module,
    make_room,
    make_session,
    make_site,
)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def week() -> Edition:
    """Monday in two rooms: an opening, a lecture, a coffee, a cancelled talk; one session waits."""
    edition = make_edition(slug="incheon-2007", title="Incheon")
    texts.translate(edition, "title", {"fa": "اینچئون"})
    site = make_site(edition, "City Hall")
    hall = make_room(site, "Grand Hall", order=1)
    make_room(site, "Room B", order=2)
    module = make_module(edition, 1)
    make_session(edition, day=1, at="09:00", room=hall, title="Opening", kind="ceremony")
    make_session(edition, day=1, at="10:00", room=hall, title="Roadmap", module=module, minutes=75)
    make_session(edition, day=1, at="11:15", room=hall, title="Coffee", kind="break", minutes=15)
    make_session(
        edition, day=1, at="10:30", room=hall, title="Old talk", state=Session.State.CANCELLED
    )
    make_session(edition, title="Clinic", minutes=90)
    return edition


@pytest.fixture
def editor(page: Page, sign_in, week: Edition) -> Page:
    sign_in(page, make_account(roles=["secretariat"]))
    page.goto(f"/manage/{week.slug}/timetable/")
    return page


def card(page: Page, title: str):
    return page.locator(".session", has=page.get_by_text(title, exact=True))


def at(title: str) -> tuple[str, str, int] | None:
    """Where the database has a session: local time, room, minutes."""
    session = Session.objects.select_related("edition", "room").get(title=title)
    if session.starts_at is None:
        return None
    start = session.starts_at.astimezone(session.edition.zone)
    return f"{start:%H:%M}", session.room.name if session.room else "", session.minutes


def drag(page: Page, title: str, to: tuple[float, float]) -> None:
    """Drag a card by its upper corner to a point of the window."""
    box = card(page, title).bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(to[0], to[1] - 20, steps=4)
    page.mouse.move(*to, steps=4)
    page.mouse.up()


def point(page: Page, room: str, minutes_after_eight: int) -> tuple[float, float]:
    """Where a room's column shows a time."""
    box = page.locator(f"ol[aria-label='{room}']").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + minutes_after_eight * 1.6


def say(page: Page):
    return page.locator("#said")


def test_a_session_is_dragged_to_another_time_and_room(editor):
    # The card is held five pixels below its upper edge.
    x, y = point(editor, "Room B", 150)
    drag(editor, "Roadmap", (x, y + 5))
    expect(say(editor)).to_contain_text("“Roadmap” placed: 10:30 to 11:45, Room B.")
    assert at("Roadmap") == ("10:30", "Room B", 75)
    assert "/timetable/" in editor.url  # the release was not a click on the card's link


def test_what_waits_is_dragged_in_and_what_is_in_is_dragged_out(editor):
    drag(editor, "Clinic", point(editor, "Room B", 60))
    expect(say(editor)).to_contain_text("“Clinic” placed")
    assert at("Clinic")[1] == "Room B"
    expect(editor.get_by_text("Every session has its place.")).to_be_visible()
    box = editor.locator("#waiting-card").bounding_box()
    drag(editor, "Opening", (box["x"] + 60, box["y"] + 40))
    expect(say(editor)).to_contain_text("“Opening” waits to be placed.")
    assert at("Opening") is None
    expect(editor.locator("#waiting .session")).to_have_count(1)


def test_a_drag_that_is_given_up_changes_nothing(editor):
    box = card(editor, "Roadmap").bounding_box()
    editor.mouse.move(box["x"] + 10, box["y"] + 5)
    editor.mouse.down()
    editor.mouse.move(*point(editor, "Room B", 30), steps=5)
    expect(editor.locator(".ghost")).to_be_visible()
    editor.keyboard.press("Escape")
    editor.mouse.up()
    expect(editor.locator(".ghost")).to_have_count(0)
    assert at("Roadmap") == ("10:00", "Grand Hall", 75)


def test_keys_move_lengthen_and_put_back(editor):
    grip = editor.get_by_role("button", name="Pick up “Roadmap”")
    grip.press("Enter")
    expect(say(editor)).to_contain_text("“Roadmap” picked up, 10:00 to 11:15, Grand Hall.")
    for key in ("ArrowRight", "PageDown", "ArrowDown", "ArrowDown", "Shift+ArrowDown"):
        editor.keyboard.press(key)
    expect(say(editor)).to_have_text("11:10 to 12:30, Room B")
    editor.keyboard.press("Enter")
    expect(say(editor)).to_contain_text("placed")
    assert at("Roadmap") == ("11:10", "Room B", 80)
    expect(grip).to_be_focused()
    editor.keyboard.press("Space")
    editor.keyboard.press("ArrowUp")
    editor.keyboard.press("Escape")
    expect(say(editor)).to_have_text("“Roadmap” put back: 11:10 to 12:30, Room B.")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Delete")
    editor.keyboard.press("Enter")
    expect(say(editor)).to_have_text("“Roadmap” waits to be placed.")
    assert at("Roadmap") is None


def test_keys_place_what_waits(editor):
    editor.get_by_role("button", name="Pick up “Clinic”").press("Enter")
    editor.keyboard.press("PageDown")
    editor.keyboard.press("Tab")
    expect(say(editor)).to_contain_text("“Clinic” placed: 10:00 to 11:30, Grand Hall.")
    assert at("Clinic") == ("10:00", "Grand Hall", 90)


def test_moves_are_taken_back_one_by_one(editor):
    undo = editor.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    grip = editor.get_by_role("button", name="Pick up “Roadmap”")
    for _ in range(2):
        grip.press("Enter")
        editor.keyboard.press("PageDown")
        editor.keyboard.press("Enter")
    undo.click()
    expect(say(editor)).to_have_text("Undone.")
    assert at("Roadmap")[0] == "11:00"
    undo.click()
    expect(undo).to_be_disabled()
    assert at("Roadmap")[0] == "10:00"


def test_concerns_follow_each_move_and_mark_the_sessions(editor, picture):
    roadmap = card(editor, "Roadmap")
    expect(roadmap.get_by_text("check")).to_be_hidden()
    grip = editor.get_by_role("button", name="Pick up “Roadmap”")
    grip.press("Enter")
    editor.keyboard.press("PageUp")
    editor.keyboard.press("Enter")
    concerns = editor.locator("#concerns")
    expect(concerns).to_contain_text("are in the same room at the same time (Mon 8 Oct, 09:00)")
    expect(roadmap.get_by_text("check")).to_be_visible()
    picture(editor, "timetable-clash")
    first, second = (card(editor, title).bounding_box() for title in ("Opening", "Roadmap"))
    assert first["x"] + first["width"] <= second["x"] + 1 or (
        second["x"] + second["width"] <= first["x"] + 1
    )
    editor.get_by_role("button", name="Undo").click()
    expect(editor.get_by_text("No clashes")).to_be_visible()
    expect(roadmap.get_by_text("check")).to_be_hidden()


def test_somebody_elses_move_is_told_and_shown(editor, week):
    session = Session.objects.get(title="Roadmap")
    session.starts_at = local(week, 1, "14:00")
    session.save()
    grip = editor.get_by_role("button", name="Pick up “Roadmap”")
    grip.press("Enter")
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("alert")).to_contain_text("Somebody else changed this session")
    expect(card(editor, "Roadmap").locator(".when")).to_have_text("14:00–15:15")
    grip.press("Enter")
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Enter")
    expect(say(editor)).to_contain_text("placed: 14:05")
    assert at("Roadmap")[0] == "14:05"


def test_what_went_to_another_day_leaves_this_one(editor, week):
    session = Session.objects.get(title="Roadmap")
    session.starts_at += timedelta(days=1)
    session.save()
    editor.get_by_role("button", name="Pick up “Roadmap”").press("Enter")
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("alert")).to_contain_text("Tue 9 Oct")
    expect(card(editor, "Roadmap")).to_have_count(0)


def test_without_a_connection_nothing_is_pretended(editor):
    editor.context.set_offline(True)
    editor.get_by_role("button", name="Pick up “Roadmap”").press("Enter")
    editor.keyboard.press("PageDown")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("alert")).to_contain_text("the connection may be down")
    expect(card(editor, "Roadmap").locator(".when")).to_have_text("10:00–11:15")
    editor.context.set_offline(False)
    expect(editor.get_by_role("button", name="Undo")).to_be_disabled()
    assert at("Roadmap")[0] == "10:00"


def test_a_cancelled_session_is_shown_as_such(editor):
    expect(card(editor, "Old talk").get_by_text("cancelled")).to_be_visible()


def test_in_persian_arrows_digits_and_columns_run_from_the_right(editor, picture):
    # As high as the morning: near the edge of a window the page would scroll under the mouse.
    editor.set_viewport_size({"width": 1280, "height": 1050})
    editor.goto(editor.url)
    editor.context.add_cookies([{"name": "django_language", "value": "fa", "url": editor.url}])
    editor.reload()
    expect(card(editor, "Roadmap").locator(".when")).to_have_text("۱۰:۰۰–۱۱:۱۵")
    first = editor.locator("ol[aria-label='Grand Hall']").bounding_box()
    second = editor.locator("ol[aria-label='Room B']").bounding_box()
    assert first["x"] > second["x"]
    card(editor, "Roadmap").locator(".grip").press("Enter")
    editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Enter")
    expect(say(editor)).to_contain_text("«Roadmap»")
    assert at("Roadmap") == ("10:00", "Room B", 75)
    x, y = point(editor, "Grand Hall", 240)
    drag(editor, "Roadmap", (x, y + 5))
    expect(card(editor, "Roadmap").locator(".when")).to_have_text("۱۲:۰۰–۱۳:۱۵")
    picture(editor, "timetable-persian")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_too_wide(editor, picture, scheme, language, width):
    editor.context.add_cookies([{"name": "django_language", "value": language, "url": editor.url}])
    editor.emulate_media(color_scheme=scheme)
    editor.set_viewport_size({"width": width, "height": 900})
    editor.reload()
    expect(editor.locator(".day-grid")).to_be_visible()
    found = Axe().run(editor, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
    picture(editor, f"timetable-{width}-{language}-{scheme}")


def test_a_finger_drags_by_the_grip_and_scrolls_elsewhere(phone, sign_in, week, picture):
    sign_in(phone, make_account(roles=["secretariat"]))
    phone.goto(f"/manage/{week.slug}/timetable/")
    touch = phone.context.new_cdp_session(phone)

    def swipe(start: tuple[float, float], end: tuple[float, float]) -> None:
        def send(kind: str, *points: tuple[float, float]) -> None:
            touch.send(
                "Input.dispatchTouchEvent",
                {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
            )

        send("touchStart", start)
        for step in range(1, 9):
            part = step / 8
            send(
                "touchMove",
                (start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part),
            )
        send("touchEnd")

    roadmap = card(phone, "Roadmap")
    roadmap.evaluate("card => card.scrollIntoView({block: 'center'})")
    grip = roadmap.locator(".grip").bounding_box()
    start = (grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    swipe(start, (start[0], start[1] + 96))
    expect(say(phone)).to_contain_text("placed: 11:00")
    assert at("Roadmap") == ("11:00", "Grand Hall", 75)
    roadmap.evaluate("card => card.scrollIntoView({block: 'center'})")
    box = roadmap.bounding_box()
    middle = (box["x"] + 20, box["y"] + box["height"] - 20)
    swipe(middle, (middle[0], middle[1] - 120))
    expect(phone.locator(".picked")).to_have_count(0)
    assert at("Roadmap") == ("11:00", "Grand Hall", 75)
    picture(phone, "timetable-phone")


def test_without_a_script_the_form_does_it(new_context, sign_in, week, picture):
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, make_account(roles=["secretariat"]))
    page.goto(f"/manage/{week.slug}/timetable/")
    picture(page, "timetable-without-script")
    page.get_by_role("link", name="Clinic").click()
    page.get_by_label("Day").select_option(label="Wednesday 10 October 2007")
    page.get_by_label("Start").fill("13:30")
    page.get_by_label("Room").select_option(label="Room B")
    page.get_by_role("button", name="Place it").click()
    expect(page.get_by_text("“Clinic” is placed.")).to_be_visible()
    assert "day=2007-10-10" in page.url
    assert at("Clinic") == ("13:30", "Room B", 90)


def test_paper_has_the_day_without_the_tools(editor, picture):
    editor.emulate_media(media="print")
    expect(editor.locator(".day-grid")).to_be_visible()
    date = editor.get_by_role("heading", name="Monday 8 October 2007").bounding_box()
    assert date["height"] > 10
    for tool in ("#undo", ".grip >> nth=0", "#waiting-card"):
        expect(editor.locator(tool)).to_be_hidden()


def test_a_director_sees_the_day_and_no_tools(page, sign_in, week):
    sign_in(page, make_account(roles=["director"]))
    page.goto(f"/manage/{week.slug}/timetable/")
    expect(page.get_by_role("link", name="Roadmap")).to_be_visible()
    assert page.locator(".grip, #undo").count() == 0
