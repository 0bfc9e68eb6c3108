"""Typesetting: the same data give the same bytes; fonts tell what they cannot write."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from madang.core import clock
from madang.documents import fonts, kept
from madang.documents.typesetting import TypesettingError, typeset, typeset_apart

HANDOUT = "site/handout.typ"
DATA = {"title": "A #handout [with] *marks*", "lead": "Two points", "points": [["One", "$x$"]]}
MOMENT = datetime(2007, 10, 3, tzinfo=UTC)
# A character of Unicode's private use: no font of a system has it.
NOBODYS = "\U000f1234"


def test_what_people_type_is_no_markup():
    (page,) = PdfReader(BytesIO(typeset(HANDOUT, DATA))).pages
    text = page.extract_text()
    assert "A #handout [with] *marks*" in text
    assert "$x$" in text


def test_the_same_data_and_moment_give_the_same_bytes():
    pdf = typeset(HANDOUT, DATA, moment=MOMENT)
    assert typeset_apart(HANDOUT, DATA, moment=MOMENT) == pdf
    assert PdfReader(BytesIO(pdf)).metadata.creation_date == MOMENT


def test_a_template_that_is_not_there_is_told():
    with pytest.raises(TypesettingError, match=r"site/nothing\.typ"):
        typeset("site/nothing.typ", {})


def test_fonts_tell_what_they_cannot_write():
    assert fonts.missing("Mere Vakalala, Ngô Thanh Mai") == ""
    assert fonts.missing("") == ""
    assert fonts.missing(f'quoted "{NOBODYS}" \\ and {NOBODYS}') == NOBODYS
    assert fonts.missing_apart(f"x{NOBODYS}") == NOBODYS


def test_missing_characters_are_told_by_their_scripts():
    assert fonts.scripts("박សក") == ["Khmer", "Korean"]
    assert fonts.scripts("🎉") == []


def test_pictures_can_be_spared_and_letters_cannot():
    assert fonts.without_signs("Well done 🎉 박", "🎉박") == "Well done  박"
    assert fonts.without_signs("a\ufffeb\ufdd0c\x02d", "\ufffe\ufdd0\x02") == "abcd"


def test_a_kept_document_is_found_until_it_is_removed(settings, tmp_path):
    settings.MADANG_DATA = tmp_path
    assert kept.find("group", "a.pdf") is None
    path = kept.keep("group", "a.pdf", b"first")
    kept.keep("group", "a.pdf", b"second")
    assert kept.find("group", "a.pdf") == path
    assert path.read_bytes() == b"second"
    assert [each.name for each in path.parent.iterdir()] == ["a.pdf"]
    kept.remove("group")
    kept.remove("group")
    assert kept.find("group", "a.pdf") is None


def test_old_documents_go(settings, tmp_path):
    settings.MADANG_DATA = tmp_path
    kept.keep("group", "a.pdf", b"content")
    assert kept.purge(timedelta(days=1)) == 0
    with clock.at(datetime(2007, 10, 8, tzinfo=UTC)):
        assert kept.purge(timedelta(0)) == 1
