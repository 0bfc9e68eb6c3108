"""A report in Chromium: drafted, frozen, approved by the director, taken away by a visitor."""

import pytest
from playwright.sync_api import Page, expect

from madang.people.models import Account
from madang.reports.models import Report
from tests import factories as make
from tests.reports.factories import Week, make_week
from tests.support.work import work

FRAMES = [(390, "en", "light"), (1280, "fa", "light"), (390, "fa", "dark"), (1280, "en", "dark")]


@pytest.fixture
def week() -> Week:
    week = make_week(slug="incheon-2007")
    make.make_recommendation(week.edition, "Show more good practice of the region.")
    return week


@pytest.fixture
def stranger() -> Account:
    return make.make_account()


def test_a_report_goes_from_draft_to_a_download(page, sign_in, week, stranger):
    sign_in(page, week.officer)
    page.goto("/manage/incheon-2007/report/")
    page.get_by_role("button", name="Begin the final report").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Who may read it").select_option("everyone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write Foreword").click()
    page.get_by_label("Text").fill("A week of **true** work.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Freeze a version").click()
    work()
    page.reload()
    page.get_by_role("link", name="Read it").click()
    expect(page.locator("main")).to_contain_text("A week of true work.")
    expect(page.get_by_role("img", name="Participants by country").first).to_be_visible()
    page.get_by_role("link", name="The report").click()
    page.get_by_role("button", name="Have it approved").click()
    sign_in(page, week.director)
    page.goto("/approvals/")
    page.get_by_role("link", name="Final report").click()
    expect(page.locator("main")).to_contain_text("12 participants came from 3 countries.")
    page.get_by_role("button", name="Approve").click()
    sign_in(page, week.officer)
    page.goto(f"/manage/incheon-2007/report/{Report.objects.get().pk}/")
    page.get_by_role("button", name="Issue what was approved").click()
    sign_in(page, stranger)
    page.goto("/workshops/incheon-2007/reports/")
    page.get_by_role("link", name="Final report").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="DOCX").first.click()
    assert started.value.suggested_filename == "incheon-2007-final-en.docx"


@pytest.mark.parametrize(("width", "language", "scheme"), FRAMES)
def test_reports_fit_every_frame(page: Page, sign_in, picture, week, width, language, scheme):
    report = week.begin(audience="everyone")
    week.issued(report)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, week.officer)
    manage = f"/manage/incheon-2007/report/{report.pk}/"
    for url in (manage, f"{manage}versions/1/", f"/workshops/incheon-2007/reports/{report.pk}/"):
        page.goto(f"/language/{language}/?next={url}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"reports-{len(url)}-{width}-{language}")
