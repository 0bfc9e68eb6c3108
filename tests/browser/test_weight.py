"""What a programme weighs on the line: counted on the wire, with a server as in production.

The line counts every byte that the browser is sent: headers, pages, styles, scripts, pictures and
the service worker with what it keeps.
"""

import re
import time
from collections.abc import Callable, Iterator
from urllib.request import Request, urlopen

import brotli
import pytest
from playwright.sync_api import Browser, Page

from benchmarks.installation import call, installation, served
from tests.browser.conftest import PHONE
from tests.support.line import Line

KB = 1000
PROGRAMME = "/workshops/of-40-sessions/programme/"


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    """A line to a server of its own, with an edition of 40 sessions and 37 people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        with installation("sqlite") as environment:
            call(environment, "benchmarks.editions", "load", [(40, 37)])
            with served(environment, workers=1, path=PROGRAMME) as server:
                line = Line(f"http://127.0.0.1:{server.port}")
                yield line
                line.close()


@pytest.fixture
def phone(browser: Browser, line: Line) -> Iterator[Page]:
    context = browser.new_context(**PHONE)
    yield context.new_page()
    context.close()


def weigh(line: Line, act: Callable[[], object]) -> int:
    """How many bytes come in by an act, until the line has been quiet for a second."""
    before = line.received
    act()
    seen, quiet = -1, 0
    while quiet < 10:
        time.sleep(0.1)
        quiet = quiet + 1 if line.received == seen else 0
        seen = line.received
    return line.received - before


def download(address: str) -> str:
    with urlopen(Request(address, headers={"Accept-Encoding": "br"})) as answer:  # noqa: S310
        assert answer.headers["Content-Encoding"] == "br", address
        return brotli.decompress(answer.read()).decode()


def test_a_first_visit_weighs_thirty_kilobytes_and_a_second_eight(phone: Page, line: Line) -> None:
    first = weigh(line, lambda: phone.goto(line.url + PROGRAMME))
    assert first <= 30 * KB, first
    second = weigh(line, lambda: phone.goto(line.url + PROGRAMME))
    assert second <= 8 * KB, second


def test_page_and_stylesheet_come_before_the_server_hears_back(line: Line) -> None:
    page = download(line.url + PROGRAMME)
    found = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert found is not None
    html = weigh(line, lambda: download(line.url + PROGRAMME))
    styles = weigh(line, lambda: download(line.url + found.group(1)))
    assert styles <= 9 * KB, styles
    assert html + styles <= 14.6 * KB, (html, styles)


def test_the_worker_starts_nothing_heavy_in_persian_either(phone: Page, line: Line) -> None:
    address = f"{line.url}/language/fa/?next={PROGRAMME}"
    assert weigh(line, lambda: phone.goto(address)) <= 30 * KB
