"""Publishing in Chromium: on a desktop and on a phone, in both directions, by keyboard."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from madang.core import approvals, jobs, texts
from madang.newsroom import actions as newsroom
from madang.people.models import Account
from madang.workshops.actions import publication, suggesting
from madang.workshops.models import Edition, TimetableSuggestion
from madang.workshops.programme.timetabling import Hours
from tests.factories import (
    local,
    make_account,
    make_edition,
    make_participation,
    make_person,
    make_room,
    make_session,
    make_site,
)

FRAMES = [
    (390, "en", "light"),
    (390, "fa", "dark"),
    (1280, "en", "dark"),
    (1280, "fa", "light"),
]


@pytest.fixture
def edition() -> Edition:
    """A published week of which three things have changed."""
    edition = make_edition(slug="incheon-2007", title="Incheon")
    texts.translate(edition, "title", {"fa": "اینچئون"})
    hall = make_room(make_site(edition, "City Hall"), "Grand Hall", capacity=40)
    roadmap = make_session(
        edition, day=2, at="09:00", room=hall, title="From a vision to a roadmap"
    )
    clinic = make_session(edition, day=2, at="11:00", room=hall, title="Strategy clinic")
    for name in ("Mere Vakalala", "Anil Shrestha", "مهرداد کیانی‌فر"):
        make_participation(edition, make_person(name, email=f"{len(name)}@example.org"))
    make_participation(edition, make_person("Without an address"))
    publication.publish(edition, actor=None)
    texts.translate(roadmap, "title", {"fa": "از چشم‌انداز تا نقشهٔ راه"})
    roadmap.starts_at = local(edition, 2, "10:30")
    roadmap.save()
    clinic.minutes = 90
    clinic.save()
    return edition


@pytest.fixture
def officer() -> Account:
    return make_account(roles=["secretariat"])


def shown(page: Page, width: int, language: str, scheme: str, url: str) -> None:
    """Open a page in one frame; nothing may be wider than the window."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/language/{language}/?next={url}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "language", "scheme"), FRAMES)
def test_the_page_says_what_changes_and_whom_in_every_frame(
    page, sign_in, picture, edition, officer, width, language, scheme
):
    sign_in(page, officer)
    shown(page, width, language, scheme, f"/manage/{edition.slug}/publish/")
    page.locator("details summary").click()
    picture(page, f"publish-{width}-{language}-{scheme}")
    expect(page.locator("main")).to_contain_text("۱۰:۳۰" if language == "fa" else "10:30")


def test_a_change_is_published_by_keyboard_alone(page, sign_in, edition, officer):
    sign_in(page, officer)
    page.goto(f"/manage/{edition.slug}/publish/")
    expect(page.locator("main")).to_contain_text("3 people are told by mail, each")
    for _ in range(40):
        if page.evaluate("document.activeElement.name") == "note_en":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("The roadmap starts later.")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("3 people are told by mail.")
    expect(page.get_by_text("seen now")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Nothing to publish")


def test_without_a_note_the_error_leads_to_its_field(phone, sign_in, picture, edition, officer):
    sign_in(phone, officer)
    phone.goto(f"/manage/{edition.slug}/publish/")
    phone.get_by_role("button", name="Publish and tell those concerned").click()
    phone.get_by_role("link", name="What changed, in English").click()
    expect(phone.get_by_label("What changed, in English")).to_be_focused()
    picture(phone, "publish-error-phone")


def test_a_suggestion_is_looked_at_and_used(page, sign_in, picture, edition, officer):
    make_session(edition, title="Waits", minutes=60)
    sign_in(page, officer)
    page.goto(f"/manage/{edition.slug}/timetable/suggest/")
    page.get_by_label("everything but ceremonies").check()
    picture(page, "suggest")
    page.get_by_role("button", name="Look for the best timetable").click()
    expect(page.locator("main")).to_contain_text("Suggested timetable")
    job = page.url.rstrip("/").rpartition("/")[2]
    jobs.run(job)
    page.reload()
    page.get_by_role("link", name="Look at the suggestion").click()
    expect(page.locator("main")).to_contain_text("Proven best within these rules.")
    picture(page, "suggestion")
    page.get_by_role("button", name="Use this timetable").click()
    expect(page.get_by_text("Every session has its place.")).to_be_visible()
    suggestion = TimetableSuggestion.objects.get()
    assert suggestion.state == "used"
    page.goto(f"/manage/{edition.slug}/timetable/suggestions/{suggestion.id}/")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Everything is back where it was.")).to_be_visible()


@pytest.fixture
def release(edition, officer):
    """Out, with an attachment."""
    director = make_account(roles=["director"])
    release = newsroom.add(
        {
            "edition": edition,
            "number": "N/51/2007",
            "title": "Leaders of e-Government from 21 countries meet in Incheon",
            "lead": "From Monday, 37 representatives test their strategies with peers.",
            "body": "It begins on **Monday**.\n\n- four modules\n- two discussions",
        },
        actor=officer,
    )
    pdf = SimpleUploadedFile("agenda.pdf", b"%PDF-1.4\n%%EOF\n")
    newsroom.attach(release, pdf, actor=officer)
    approval = newsroom.put_up(release, director=director, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)
    newsroom.publish(release, actor=officer)
    return release


@pytest.mark.parametrize(("width", "language", "scheme"), FRAMES)
def test_the_newsroom_fits_every_frame(
    page, sign_in, picture, release, officer, width, language, scheme
):
    for name, url in (("news", "/news/"), ("release", f"/news/{release.id}/")):
        shown(page, width, language, scheme, url)
        picture(page, f"{name}-{width}-{language}-{scheme}")
    sign_in(page, officer)
    for name, url in (
        ("news-desk", "/manage/news/"),
        ("news-desk-release", f"/manage/news/{release.id}/"),
        ("news-desk-translate", f"/manage/news/{release.id}/text/fa/"),
    ):
        shown(page, width, language, scheme, url)
        picture(page, f"{name}-{width}-{language}-{scheme}")


def test_a_file_that_is_none_is_refused_beside_its_field(page, sign_in, release, officer):
    sign_in(page, officer)
    page.goto(f"/manage/news/{release.id}/")
    upload = {"name": "agenda.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 nothing"}
    page.get_by_label("File").set_input_files(upload)
    page.get_by_role("button", name="Attach").click()
    expect(page.locator(".field .wrong")).to_be_visible()


def test_a_suggestion_that_contradicts_itself_is_told(page, sign_in, picture, edition, officer):
    for _ in range(4):
        make_session(edition, title="Whole day", minutes=500)
    job = suggesting.ask(edition, Hours(), keep_placed=True, actor=officer, seconds=10)
    jobs.run(str(job.pk))
    job.refresh_from_db()
    sign_in(page, officer)
    page.goto(job.result_url)
    expect(page.locator("main")).to_contain_text("These contradict each other")
    picture(page, "suggestion-contradiction")
