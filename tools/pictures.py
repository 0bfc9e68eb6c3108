"""Take the pictures of the documentation, from a demo of its own.

    python tools/pictures.py [NAME …]

Serves the demo on a free port with data of its own, walks through it in Chromium, and writes
docs/pictures/NAME.png with at most 150 kB each. Without names it takes all of them.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from tests.support import chromium  # noqa: E402  (the path comes first)
from tests.support.demo import Demo  # noqa: E402
from tools.small_png import smaller  # noqa: E402

PICTURES = CHECKOUT / "docs" / "pictures"
LIMIT = 150_000  # bytes of one picture
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
TALL = {"viewport": {"width": 1280, "height": 1240}}
PHONE = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
EDITION = "/workshops/incheon-2007/"
MANAGE = "/manage/incheon-2007/"


def main(names: list[str]) -> int:
    unknown = set(names) - {picture.name for picture in ALL}
    if unknown:
        print(f"There is no picture {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.ARGUMENTS
        )
        for picture in ALL:
            if not names or picture.name in names:
                write(picture, smaller(take(picture, browser, address), browser))
        browser.close()
    return 0


@contextmanager
def demo() -> Iterator[str]:
    """Serve a fresh demo; gives its address."""
    with tempfile.TemporaryDirectory(prefix="madang-pictures-") as folder:
        served = Demo(Path(folder))
        served.start()
        try:
            yield served.address
        finally:
            served.stop()


@dataclass(frozen=True)
class Picture:
    """One picture: who looks (a seat of the demo), when (a moment of it), at what, on what."""

    name: str
    path: str
    seat: str = ""
    moment: str = "week-before"
    language: str = "en"
    window: dict[str, object] | None = None
    before: Callable[[Page], None] | None = None


def take(picture: Picture, browser: Browser, address: str) -> bytes:
    """The picture as Chromium writes it."""
    context = browser.new_context(base_url=address, locale="en", **(picture.window or DESKTOP))
    context.set_default_timeout(20_000)
    page = context.new_page()
    if picture.seat:
        page.goto("/account/login/")
        page.locator(f"form[action$='/demo/sign-in/{picture.seat}/'] button").click()
    page.goto("/demo/")
    page.locator(f"aside.demo button[value='{picture.moment}']").click()
    page.goto(f"/language/{picture.language}/?{urlencode({'next': picture.path})}")
    page.wait_for_load_state("networkidle")
    if picture.before:
        picture.before(page)
    taken = page.screenshot()
    context.close()
    return taken


def write(picture: Picture, png: bytes) -> None:
    path = PICTURES / f"{picture.name}.png"
    print(f"{path.relative_to(CHECKOUT)}: {len(png) / 1000:.0f} kB")
    if len(png) > LIMIT:
        raise SystemExit(f"That is more than {LIMIT / 1000:.0f} kB.")
    path.write_bytes(png)


def move_a_session(page: Page) -> None:
    """Move a lab by keys, so that there is something to publish; the grip is left in focus."""
    grip = page.get_by_role("button", name="Lab A: a permit without a visit")
    for key in ("Enter", *["ArrowDown"] * 3, "Enter"):
        grip.press(key)
    page.locator("#undo:enabled").wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.locator(".day-grid").evaluate("grid => grid.scrollTo(grid.scrollWidth, 0)")


def follow(name: str) -> Callable[[Page], None]:
    """Follow the first link of this name on the page."""

    def before(page: Page) -> None:
        page.locator("main").get_by_role("link", name=name).first.click()
        page.wait_for_load_state("networkidle")

    return before


# In this order: what is moved in the one is published in the next.
ALL = (
    Picture("edition", EDITION),
    Picture("programme-phone", f"{EDITION}programme/2007-10-10/", window=PHONE, moment="day-3"),
    Picture("week-phone", f"{EDITION}week/", seat="participant", moment="day-3", window=PHONE),
    Picture(
        "week-persian",
        f"{EDITION}week/",
        seat="participant",
        moment="day-3",
        language="fa",
        window=PHONE,
    ),
    Picture("overview", MANAGE, seat="secretariat"),
    Picture(
        "timetable",
        f"{MANAGE}timetable/?day=2007-10-10",
        seat="secretariat",
        window=TALL,
        before=move_a_session,
    ),
    Picture("publish", f"{MANAGE}publish/", seat="secretariat"),
    Picture(
        "file-of-nominations",
        f"{MANAGE}cohort/nominations/files/",
        seat="secretariat",
        moment="nominations-open",
        before=follow("2007"),
    ),
    Picture(
        "selection",
        f"{MANAGE}cohort/selection/",
        seat="secretariat",
        moment="selection",
        window=TALL,
        before=follow("Balanced"),
    ),
    Picture("offers", f"{MANAGE}cohort/offers/", seat="secretariat", moment="offers"),
    Picture("rooms", f"{MANAGE}logistics/rooms/", seat="secretariat"),
    Picture("approval", "/approvals/", seat="director"),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
