"""What makes reading without a connection possible, as the server sends it."""

from datetime import UTC, datetime

import brotli
import pytest
from django.test import Client

from madang.core import clock
from madang.workshops.actions import publication
from tests.factories import make_edition, make_sessions

BROTLI = {"accept-encoding": "br"}


def test_the_worker_is_served_at_the_root_compressed_and_asked_about_each_time():
    first = Client().get("/sw.js", headers=BROTLI)
    assert first["Content-Type"] == "text/javascript; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert b"addEventListener" in brotli.decompress(first.content)
    again = Client().get("/sw.js", headers=BROTLI | {"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("code", "title"), [("en", "No connection"), ("fa", None)])
def test_the_page_for_no_connection_speaks_the_readers_language_and_names_nobody(code, title):
    page = Client().get("/offline/", headers={"accept-language": code})
    assert f'<html lang="{code}"' in page.text
    assert title is None or title in page.text
    assert "data-who" not in page.text
    assert not page.cookies


@pytest.mark.django_db
def test_in_the_demo_a_page_knows_the_moment_of_its_copy_by_the_demos_clock(settings):
    edition = make_edition(slug="incheon-2007")
    make_sessions(edition, 1)
    publication.publish(edition, actor=None)
    with clock.at(datetime(2007, 10, 10, 1, 50, tzinfo=UTC)):
        assert (
            "data-now="
            not in Client().get("/workshops/incheon-2007/programme/").text.split("offline.js")[1]
        )
        settings.MADANG_DEMO = True
        page = Client().get("/workshops/incheon-2007/programme/").text
    assert 'data-now="2007-10-10T' in page


@pytest.mark.django_db
def test_the_manifest_names_the_app_in_the_readers_language():
    manifest = Client().get("/manifest.webmanifest", headers={"accept-language": "fa"}).json()
    assert (manifest["lang"], manifest["dir"]) == ("fa", "rtl")
