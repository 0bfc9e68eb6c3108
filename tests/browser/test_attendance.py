"""At the door with a phone: the camera reads badges, and nothing is lost without a connection."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from madang.attendance import badges, rotating
from madang.attendance.models import Attendance, Scan
from madang.core import clock
from madang.people.models import Account
from madang.workshops.models import Edition, Participation, Session
from tests import factories as make
from tests.attendance.factories import badge_of, state_of
from tests.browser.conftest import PHONE
from tests.support import chromium

SignIn = Callable[[Page, Any], None]
DOOR = "/workshops/incheon-2007/door/"
WIDTH, HEIGHT = 640, 480


@pytest.fixture
def edition(live_server: LiveServer) -> Edition:
    today = clock.now().date()
    return make.make_edition(
        slug="incheon-2007",
        title="Managing e-Government",
        starts_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=3),
    )


@pytest.fixture
def session(edition: Edition) -> Session:
    """A session that began five minutes ago."""
    return make.make_session(edition, title="Opening", starts_at=clock.now() - timedelta(minutes=5))


@pytest.fixture
def officer(edition: Edition) -> Account:
    return make.make_account(roles=[("secretariat", edition)])


def takes_part(edition: Edition, name: str) -> Participation:
    one = make.make_participation(edition, make.make_person(name))
    badge_of(one)
    return one


def short_code(one: Participation) -> str:
    return badges.short_code(badge_of(one))


def stay_at_the_door(page: Page) -> None:
    """Open the page and wait until it is kept with all that it needs."""
    page.goto(DOOR)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.reload()
    page.wait_for_function(
        """async () => {
            const kept = await caches.match(location.href, { ignoreVary: true });
            const { queueSrc, cameraSrc, decoderSrc } = document.getElementById("door").dataset;
            const scripts = [queueSrc, cameraSrc, decoderSrc];
            const found = await Promise.all(scripts.map((src) => caches.match(src)));
            return Boolean(kept) && found.every(Boolean);
        }"""
    )


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Code on the badge").fill(code.lower())
    page.get_by_role("button", name="Take the code").click()


# --- Without a connection ------------------------------------------------------------------------
def test_scans_wait_on_the_phone_while_there_is_no_line_and_are_sent_once(
    phone: Page, edition: Edition, session: Session, officer: Account, sign_in: SignIn
) -> None:
    one, other = takes_part(edition, "Mere Tuilagi"), takes_part(edition, "نسرین کاظمی")
    sign_in(phone, officer)
    stay_at_the_door(phone)
    phone.context.set_offline(True)
    type_code(phone, short_code(one))
    expect(phone.get_by_text("Mere Tuilagi is here")).to_be_visible()
    expect(phone.get_by_text("1 scan waits to be sent.")).to_be_visible()
    # The page is closed and opened again, still without a line.
    phone.reload()
    expect(phone.get_by_text("1 scan waits to be sent.")).to_be_visible()
    type_code(phone, short_code(one))
    expect(phone.get_by_text("Mere Tuilagi was here already")).to_be_visible()
    phone.get_by_text("By name").click()
    phone.get_by_role("button", name="Here: نسرین کاظمی").click()
    expect(phone.get_by_text("2 scans wait to be sent.")).to_be_visible()
    assert not Scan.objects.exists()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Everything is sent.")).to_be_visible(timeout=30_000)
    assert {state_of(session, one), state_of(session, other)} == {"present"}
    assert Scan.objects.count() == 2


def test_what_was_taken_before_signing_out_is_kept_for_that_account(
    phone: Page, edition: Edition, session: Session, officer: Account, sign_in: SignIn
) -> None:
    one = takes_part(edition, "Mere Tuilagi")
    sign_in(phone, officer)
    stay_at_the_door(phone)
    phone.context.clear_cookies()
    type_code(phone, short_code(one))
    expect(phone.get_by_text("You are signed out")).to_be_visible()
    sign_in(phone, make.make_account(roles=[("secretariat", edition)]))
    phone.goto(DOOR)
    expect(phone.get_by_text("1 scans of somebody else wait on this phone")).to_be_visible()
    assert not Scan.objects.exists()
    sign_in(phone, officer)
    phone.goto(DOOR)
    expect(phone.get_by_text("Everything is sent.")).to_be_visible()
    assert state_of(session, one) == "present"


# --- The camera ----------------------------------------------------------------------------------
def film(text: str, path: Path) -> Path:
    """A film of one QR code held still before a camera, as Chromium takes it for one."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    scale = HEIGHT // len(rows)
    light = bytearray(b"\xd8" * (WIDTH * HEIGHT))
    for y, row in enumerate(rows):
        line = b"".join((b"\x14" if dark else b"\xe0") * scale for dark in row)
        for below in range(scale):
            start = (y * scale + below) * WIDTH + (WIDTH - len(line)) // 2
            light[start : start + len(line)] = line
    colour = b"\x80" * (WIDTH * HEIGHT // 2)
    header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(header + (b"FRAME\n" + bytes(light) + colour) * 5)
    return path


@pytest.fixture
def filming(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> Iterator[Callable[[str], Page]]:
    """A phone whose camera sees a QR code: `filming(text)`."""
    opened: list[Browser] = []

    def start(text: str) -> Page:
        camera = film(text, tmp_path / "camera.y4m")
        running = browser.browser_type.launch(
            executable_path=chromium.executable(),
            args=[
                *chromium.ARGUMENTS,
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={camera}",
            ],
        )
        opened.append(running)
        context = running.new_context(base_url=live_server.url, permissions=["camera"], **PHONE)
        return context.new_page()

    yield start
    for running in opened:
        running.close()


def test_the_camera_reads_a_badge_in_the_browser(
    filming: Callable[[str], Page],
    edition: Edition,
    session: Session,
    officer: Account,
    sign_in: SignIn,
) -> None:
    one = takes_part(edition, "Mere Tuilagi")
    page = filming(badges.shown(badge_of(one)))
    sign_in(page, officer)
    page.goto(DOOR)
    page.get_by_role("button", name="Start the camera").click()
    expect(page.get_by_text("Mere Tuilagi is here")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert Scan.objects.get().method == "badge"
    page.get_by_role("button", name="Stop the camera").click()
    expect(page.locator("#view")).to_be_hidden()
    assert state_of(session, one) == "present"


# --- The code on the screen ----------------------------------------------------------------------
def test_somebody_checks_in_by_the_code_on_the_screen_of_the_room(
    page: Page, edition: Edition, session: Session, officer: Account, sign_in: SignIn
) -> None:
    account = make.make_account(roles=[("participant", edition)])
    one = make.make_participation(edition, account.person)
    sign_in(page, officer)
    page.goto(f"{DOOR}{session.pk}/screen/")
    shown = page.locator(".signs").inner_text()
    assert rotating.is_right(session.pk, shown, clock.now())
    sign_in(page, account)
    page.goto("/workshops/incheon-2007/to-do/")
    page.get_by_role("link", name="Check in").first.click()
    page.get_by_label("Code on the screen").fill(shown.lower())
    page.get_by_role("button", name="Check in").click()
    expect(page.get_by_text("You are checked in: Opening")).to_be_visible()
    assert Attendance.objects.get().participation == one
