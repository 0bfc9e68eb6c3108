"""Somebody takes part, leaves traces everywhere, and erases herself: nothing of her is found again.

Looked for are her name, its Latin form, her address, her telephone and what she wrote of herself:
in every table, in the files, in what is kept in memory, on every page that others can reach, in the
bytes of the database itself, and in a backup from before once it has been restored.
"""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers import serialize
from django.db import connection
from django.test import Client
from django.urls import reverse

from madang.core import audit, backups, files, outbox
from madang.core.models import Message, StoredFile
from madang.people import rules
from madang.people.actions import accounts, consents
from madang.people.actions.people import change_person
from madang.people.models import Account, Consent, Person
from madang.workshops.actions import calendar_links, publication
from madang.workshops.models import Edition, Participation, Session
from madang.workshops.pages import serving
from tests import factories as make
from tests.support import cohort_traces
from tests.support.clients import client_of, signed_in
from tests.support.traces import Words, every_table, readable_pages
from tests.support.work import work

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Ārohatū Ngāwhārangi"
LATIN = "Arohatu Ngawharangi"
EMAIL = "arohatu.ngawharangi@example.org"
PHONE = "+64 4 5550 1907"
FILE = "Ngāwhārangi's letter"
WORDS = Words([NAME, LATIN, FILE, EMAIL, PHONE, "waka of glass fibre", *cohort_traces.WRITTEN])
# By these rows are found, so they are not encrypted while she is there: what an account signs in
# with, and what a file is called. Books of money are in the clear: somebody wrote her name there.
IN_THE_CLEAR = {EMAIL, FILE, NAME}
OTHER = "Tomasi Korovulavula"
NOMINEE = "Mereseini Qalo"

# Opens whatever can be opened of a restored installation, as its own code would.
READ_EVERYTHING = """
from madang.site.start import start_django
start_django()
from django.apps import apps
from django.core.serializers import serialize
for model in apps.get_models():
    print(serialize("json", model._base_manager.all()))
"""

# Erases somebody, and keeps the database open as a server does.
ERASE_AND_STAY = """
import sys
from madang.site.start import start_django
start_django()
from madang.people import erasure
from madang.people.models import Person
erasure.erase(Person.objects.get(pk=sys.argv[1]), actor=None)
print("erased", flush=True)
sys.stdin.read()
"""


@dataclass
class Story:
    """Whom it is about, what she took part in, and the folder of all that is written."""

    account: Account
    officer: Account
    edition: Edition
    folder: Path

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.account.person_id)


@pytest.fixture
def story(tmp_path: Path, settings: Any) -> Story:
    """A published edition in which she speaks, and every other trace that one can leave."""
    settings.MADANG_FILES = settings.MEDIA_ROOT = tmp_path / "files"
    settings.MADANG_FILES.mkdir()
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "master.key").write_bytes((Path(settings.MADANG_KEYS) / "master.key").read_bytes())
    settings.MADANG_KEYS = keys
    settings.EMAIL_BACKEND = "madang.core.mail.OutboxBackend"
    serving.forget()
    cache.clear()
    officer = make.make_account(roles=["secretariat"], person=make.make_person(OTHER))
    account = _account(officer)
    edition = _part_in_a_workshop(account, officer)
    director = make.make_account(roles=["director"])
    other = make.make_person(NOMINEE, email="nominee@example.org")
    cohort_traces.leave_traces(edition, account.person, other, officer, director)
    _personal_file(account, officer)
    _her_own_doing(account)
    work()
    return Story(account, officer, edition, tmp_path)


def _account(officer: Account) -> Account:
    account = accounts.open_account_for_new_person(
        actor=officer, name=NAME, email=EMAIL, latin_name=LATIN, country=make.make_country("FJ")
    )
    change_person(
        account.person, actor=officer, phone=PHONE, biography="Built a waka of glass fibre."
    )
    make.make_role(account, "focal_point", make.make_country("FJ"))
    return account


def _part_in_a_workshop(account: Account, officer: Account) -> Edition:
    edition = make.make_edition()
    hall = make.make_room(edition)
    lecture = make.make_session(edition, day=1, at="09:00", room=hall)
    trip = make.make_session(
        edition, day=2, at="09:00", audience=Session.Audience.SIGN_UP, places=4
    )
    participation = make.make_participation(
        edition, account.person, kind=Participation.Kind.RESOURCE_PERSON
    )
    make.make_part(lecture, participation)
    make.make_sign_up(trip, participation)
    make.make_participation(edition, officer.person)
    publication.publish(edition, actor=officer)
    work()
    lecture.starts_at = make.local(edition, 1, "11:00")
    lecture.save()
    publication.publish(edition, actor=officer, notes={"en": "The lecture is later."})
    calendar_links.renew(participation, actor=account)
    return edition


def _personal_file(account: Account, officer: Account) -> None:
    files.register_owner(Person, rules.see_person)
    content = f"%PDF-1.4\n% A visa letter for {NAME}, {EMAIL}\n%%EOF\n".encode()
    letter = files.store(
        SimpleUploadedFile(f"{FILE}.pdf", content),
        owner=account.person,
        actor=officer,
        subject=account.person.subject,
    )
    outbox.write(
        key="letter",
        to=account.person,
        heading=f"For {NAME}",
        text=f"Dear {NAME}, call {PHONE}.",
        attachments=[letter],
    )
    outbox.write(key="typed", to=EMAIL.upper(), heading="Welcome", text=f"Dear {LATIN}")


def _her_own_doing(account: Account) -> None:
    """She agrees to be named, takes a copy of her data, and asks for codes to sign in."""
    consents.give_consent(account.person, actor=account, purpose=Consent.Purpose.PUBLIC_NAME)
    client = client_of(account)
    client.post(reverse("people:copy"), {"format": "json"})
    half_way = Client()
    half_way.post(reverse("account_request_login_code"), {"email": EMAIL})
    half_way.post(reverse("account_login"), {"login": EMAIL, "password": "not the one"})
    half_way.post(reverse("account_reset_password"), {"email": EMAIL})


def erase_herself(story: Story) -> None:
    """As she would: on the page about her data, her address typed again."""
    answer = client_of(story.account).post(reverse("people:erase"), {"email": EMAIL}, follow=True)
    assert "Your personal data are erased." in answer.content.decode()
    work()


def pages(story: Story) -> Iterator[str]:
    """What a visitor, a participant, a director and the secretariat can reach."""
    starts = [
        "/",
        *(
            reverse(f"workshops:{name}", args=[story.edition.slug])
            for name in (
                "programme",
                "people",
                "week",
                "calendar_feed",
                "changes",
                "programme_data",
            )
        ),
        "/manage/",
        "/manage/accounts/",
        reverse("manage:people", args=[story.edition.slug]),
        "/history/",
    ]
    clients = [
        Client(),
        signed_in(("participant", story.edition)),
        signed_in("director"),
        client_of(story.officer),
    ]
    for client in clients:
        yield from readable_pages(client, starts)


def kept_files() -> Iterator[bytes]:
    """What is in every file that is still kept."""
    for file in StoredFile.objects.select_related("subject"):
        yield files.content(file)


def opened_tables() -> str:
    """All rows of all tables, as whoever holds the keys can read them."""
    return "\n".join(
        serialize("json", model._base_manager.all(), ensure_ascii=False)
        for model in apps.get_models()
    )


def test_a_search_knows_every_form_of_a_word() -> None:
    words = Words([NAME, EMAIL])
    for hidden in (
        NAME.upper(),
        base64.b64encode(f"xy{EMAIL}".encode()),
        base64.b64encode(f"xyz, {NAME}.".encode()),
        NAME.encode("utf-16"),
        '{"name": "\\u0101rohat\\u016b ng\\u0101wh\\u0101rangi"}',
        f"/?q={quote(NAME)}",
        EMAIL.encode().hex(),
    ):
        assert words.found_in(b"before", hidden), hidden
    assert not words.found_in("Ārohatū", "example.org", "arohatu")


def test_before_she_erases_herself_the_search_finds_her(story: Story) -> None:
    assert WORDS.found_in(*every_table()) == IN_THE_CLEAR
    assert WORDS.found_in(*pages(story)) >= {NAME, EMAIL, PHONE}
    opened = WORDS.found_in(opened_tables())
    assert opened >= {*cohort_traces.WRITTEN} - {cohort_traces.RECEIPT}
    assert not WORDS.found_below(story.folder)
    assert Message.objects.filter(subject=story.person.subject).count() >= 4


def test_afterwards_she_is_nowhere(story: Story) -> None:
    list(pages(story))  # everybody has just read of her
    erase_herself(story)

    assert WORDS.found_in(*every_table()) == set()
    opened = opened_tables()
    assert WORDS.found_in(opened) == set()
    assert NOMINEE in opened
    assert WORDS.found_in(*pages(story)) == set()
    assert WORDS.found_below(story.folder) == set()
    assert WORDS.found_in(repr(vars(cache._connections[cache._alias]))) == set()  # type: ignore[attr-defined]
    assert WORDS.found_in(*kept_files()) == set()
    assert not Message.objects.filter(subject=story.person.subject).exists()
    told = " ".join(str(line) for line in audit.trail(story.officer, thing=story.person))
    assert WORDS.found_in(told) == set()


def test_an_old_backup_is_restored_without_her(story: Story) -> None:
    archive = story.folder / "before.tar"
    backups.write(archive)
    assert WORDS.found_in(archive.read_bytes()) <= IN_THE_CLEAR
    erase_herself(story)

    with restored(archive, story.folder) as environment:
        opened = run(environment, "-c", READ_EVERYTHING)
        assert OTHER in opened
        assert WORDS.found_in(opened) == set()
        assert WORDS.found_below(story.folder / "restored") == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's files")
def test_not_even_the_bytes_of_the_database_remember_her(story: Story) -> None:
    """Pages that were freed, and the log beside the database, while a server has it open."""
    archive = story.folder / "before.tar"
    backups.write(archive)
    with restored(archive, story.folder) as environment:
        archive.unlink()
        assert WORDS.found_below(story.folder / "restored") == IN_THE_CLEAR
        command = [sys.executable, "-c", ERASE_AND_STAY, str(story.person.pk)]
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == "erased\n"
            assert WORDS.found_below(story.folder / "restored") == set()


@contextmanager
def restored(archive: Path, folder: Path) -> Iterator[dict[str, str]]:
    """`madang restore` into a new installation; gives the environment that names it."""
    from django.conf import settings

    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MADANG_", "DJANGO_"))
    }
    environment |= {
        "MADANG_DATA": str(folder / "restored"),
        "MADANG_KEYS": str(settings.MADANG_KEYS),
    }
    with database_of_its_own() as address:
        environment |= address
        run(environment, "-m", "madang.site.cli", "restore", str(archive))
        yield environment


@contextmanager
def database_of_its_own() -> Iterator[dict[str, str]]:
    """On PostgreSQL a database to restore into; SQLite's is a file of the installation."""
    if connection.vendor == "sqlite":
        yield {}
        return
    known = connection.settings_dict
    name = f"{known['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    try:
        credentials = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
        where = f"{known['HOST']}:{known['PORT']}/{quote(name)}"
        yield {"MADANG_DATABASE_URL": f"postgresql://{credentials}@{where}"}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
