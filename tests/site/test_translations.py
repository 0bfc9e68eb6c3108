"""The interface in other languages: catalogues in step with the code, pages without a gap."""

import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.urls import reverse

from tests import factories as make
from tests.support.clients import client_of
from tools import messages as tool

CATALOGUES = sorted(tool.CATALOGUES.glob("*/LC_MESSAGES/django.po"))
# What a translation keeps as it is: places to fill in, and markup.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}|</?[a-z][^>]*>")
LATIN = re.compile(r"[A-Za-z][\w'’.@-]*")
# Names and codes that are written so in Persian too.
AS_THEY_ARE = {"Madang", "English", "CSV", "XLSX", "JSON", "Excel", "Vakatawa", "Alisi"}
KEYS = {"Tab", "Enter", "Shift", "Delete", "Escape", "Page", "Up", "Down"}


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def catalogue(request):
    return polib.pofile(str(request.param))


def said(entry):
    """Pairs of an original and what stands for it; each form of a plural is one."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    forms = [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    return [(entry.msgid, forms[0]), *((entry.msgid_plural, form) for form in forms[1:])]


# --- Catalogues -----------------------------------------------------------------------------------
def test_a_catalogue_lists_every_string_of_the_code_and_no_other(catalogue):
    listed = {tool.Message(e.msgid, e.msgid_plural, e.msgctxt or "") for e in catalogue}
    wanted = set(tool.messages())
    assert not wanted - listed, "make messages adds these"
    assert not listed - wanted, "make messages drops these"


def test_every_string_is_translated(catalogue):
    assert not [entry.msgid for entry in catalogue.untranslated_entries()]
    assert not [entry.msgid for entry in catalogue.fuzzy_entries()]


def test_translations_keep_what_is_filled_in_and_the_markup(catalogue):
    pairs = [pair for entry in catalogue for pair in said(entry)]
    assert not [
        (text, translated)
        for text, translated in pairs
        if sorted(KEPT.findall(text)) != sorted(KEPT.findall(translated))
    ]


def test_persian_is_punctuated_as_persian():
    catalogue = polib.pofile(str(tool.CATALOGUES / "fa" / "LC_MESSAGES" / "django.po"))
    translated = [KEPT.sub("", text) for entry in catalogue for _, text in said(entry)]
    assert not [text for text in translated if re.search(r"[,;?“”\"يك]", text)]


@pytest.mark.parametrize("library", sorted(tool.FOREIGN))
def test_strings_taken_from_libraries_are_theirs(library):
    root = Path(find_spec(library).origin).parent
    sources = "".join(path.read_text() for path in root.rglob("*.py"))
    squeezed = re.sub(r"[\"'\s]", "", sources)
    assert not [
        message.text
        for message in tool.FOREIGN[library]
        if re.sub(r"[\"'\s]", "", message.text) not in squeezed
    ]


# --- Pages ----------------------------------------------------------------------------------------
class Seen(HTMLParser):
    """The text that a page shows, without what is marked as another language or as data."""

    UNSEEN = frozenset({"script", "style", "svg", "code", "bdi"})
    VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, page):
        super().__init__()
        self.texts = []
        self._hidden = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            return
        of_another = dict(attrs).get("lang", "fa") != "fa"
        self._hidden.append(tag in self.UNSEEN or of_another or self.hidden)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self._hidden.pop()

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data)

    @property
    def hidden(self):
        return bool(self._hidden) and self._hidden[-1]


def latin_words(page):
    return {word for text in Seen(page).texts for word in LATIN.findall(text)} - AS_THEY_ARE


def in_persian(client, address, data=None):
    ask = client.get if data is None else client.post
    return ask(address, data, headers={"accept-language": "fa"}).content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_signup",
        "newsroom:index",
    ],
)
def test_a_visitor_reads_nothing_but_persian(client, db, name):
    assert latin_words(in_persian(client, reverse(name))) == set()


def test_errors_are_said_in_persian(client, db):
    assert latin_words(in_persian(client, "/nothing-is-here/")) == set()
    refused = in_persian(client, reverse("account_login"), {"login": "nobody", "password": "x"})
    assert "رایانامه" in refused
    assert latin_words(refused) == set()


@pytest.mark.parametrize(
    "name",
    [
        "manage:desk",
        "people:account",
        "people:privacy",
        "people:profile",
        "people:roles",
        "mfa_index",
        "account_set_password",
        "account_change_password",
        "core:approvals",
        "core:history",
        "core:jobs",
    ],
)
def test_the_secretariat_works_in_persian(db, name):
    account = make.make_account(person=make.make_person("مریم ساختگی"), roles=["secretariat"])
    words = latin_words(in_persian(client_of(account), reverse(name)))
    assert words <= {account.email}


def test_an_edition_is_managed_in_persian(db):
    edition = make.make_edition(
        title="کارگاه آزمایشی", city="اینچئون", series=make.make_series(title="کارگاه‌ها")
    )
    client = client_of(make.make_account(roles=["secretariat"]))
    for page in ("edition", "timetable", "publish", "people", "places", "materials"):
        words = latin_words(in_persian(client, reverse(f"manage:{page}", args=[edition.slug])))
        assert words <= KEYS, page
