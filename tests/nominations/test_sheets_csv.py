"""CSV in whatever encoding, with whatever between its columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.nominations.sheets import (
    read,
)
from tests.nominations import files
from tests.nominations.files import cells, refusal


def test_a_csv_file_is_read_with_the_separator_that_it_has() -> None:
    rows = (("Name", "Organisation"), ("Sok, Sreymom", 'Ministry "of" Planning; Unit 1'))
    for delimiter in ",;\t|":
        book = read(files.csv(*rows, delimiter=delimiter))
        assert book.delimiter == delimiter
        assert [row.cells for row in book.sheets[0].rows] == list(rows)


def test_a_title_above_the_table_does_not_mislead_about_the_separator() -> None:
    content = "List of nominees, as received\n\nName;Country\nA, B;Nepal\nC, D;Nepal\n"
    book = read(content.encode())
    assert book.delimiter == ";"
    assert book.sheets[0].rows[-1].cells == ("C, D", "Nepal")
    assert book.sheets[0].rows[-1].number == 5


def test_what_excel_says_of_its_separator_is_believed() -> None:
    book = read(b"sep=|\nName|Country\na,b|c,d\n")
    assert book.delimiter == "|"
    assert book.sheets[0].rows[0].cells == ("Name", "Country")
    assert book.sheets[0].rows[0].number == 2


def test_a_cell_may_hold_line_breaks_and_old_line_ends() -> None:
    assert cells(b'Name,Duty\r"a\rb",c\r') == [("Name", "Duty"), ("a\nb", "c")]


ENCODED = {
    "utf-8": "Name;Pays\nNguyễn Văn Hùng;Việt Nam\nអ្នក;កម្ពុជា",
    "utf-8-sig": "Name;Country\nМөнх;Монгол",
    "utf-16": "Name;Country\n李芳;中国",
    "cp1252": "Nom;Prénom;Ministère\nDiané;Hélène;Ministère de l’Économie",
    "cp1251": "Фамилия;Имя;Страна\nАбдрахманов;Ерлан;Казахстан",
    "cp1256": "نام;کشور\nاحمدي;افغانستان",
    "gb18030": "姓名;国家;单位\n李芳;中国;信息产业部",
    "cp949": "성명;국가;기관\n이지우;대한민국;행정자치부",
    "big5": "姓名;國家;單位\n李芳;中國;資訊部門",
    "cp932": "氏名;国;所属\n山田太郎;日本;総務省;メール",
    "cp874": "ชื่อ;นามสกุล;ประเทศ\nสมชาย;วงศ์สวัสดิ์;ไทย",
    "cp1254": "Adı;Soyadı;Ülke\nÇağrı;Şahin;Türkiye",
    "cp1250": "Imię;Nazwisko;Płeć\nŁukasz;Wiśniewski;mężczyzna",
    "mac_roman": "Prénom;Pays\nHélène;Viêt Nam;Garçon",
    "koi8_r": "Фамилия;Имя;Страна\nИванов;Пётр;Россия",
    "cp866": "Фамилия;Имя;Страна\nИванов;Пётр;Россия",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_letters_are_read_in_the_encoding_that_they_were_written_in(encoding: str) -> None:
    text = ENCODED[encoding]
    book = read(text.encode(encoding))
    lines = [";".join(map(str, row.cells)) for row in book.sheets[0].rows]
    assert "\n".join(lines) == text
    told_by_the_file = encoding.startswith("utf")
    assert book.encoding_sure is told_by_the_file
    assert book.remarks[0].code == ("encoding" if told_by_the_file else "encoding_guessed")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_are_known_without_a_mark(encoding: str) -> None:
    content = "Name;Country\nKamal;Bangladesh\nبیژن;ایران\n".encode(encoding)
    assert cells(content)[2] == ("بیژن", "ایران")


def test_a_person_may_know_the_encoding_better() -> None:
    content = ENCODED["cp1251"].encode("cp1251")
    assert read(content, encoding="cp1251").encoding_sure
    assert read(content, encoding="koi8_r").sheets[0].rows[1].cells[2] != "Казахстан"
    assert refusal(content, encoding="utf-8").code == "not_in_encoding"
    assert refusal(content, encoding="no such thing").code == "not_in_encoding"


def test_empty_bytes_are_left_out_and_said() -> None:
    book = read(b"Name,Country\nKam\x00al,Nepal\n")
    assert book.sheets[0].rows[1].cells == ("Kamal", "Nepal")
    assert [remark.code for remark in book.remarks] == ["encoding", "nul_bytes", "delimiter"]


def test_a_quotation_that_never_ends_is_refused_with_its_row() -> None:
    error = refusal(b'Name,Country\n"Kamal,Nepal\nSita,Nepal\n')
    assert (error.code, error.details) == ("open_quote", {"row": 2})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).filter(
                lambda text: text != "" and "\ufeff" not in text
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=3,
        max_size=6,
    ),
    st.sampled_from(",;\t"),
)
def test_a_csv_file_is_read_back_as_it_was_written(rows: list[list[str]], delimiter: str) -> None:
    book = read(files.csv(*rows, delimiter=delimiter), encoding="utf-8", delimiter=delimiter)
    assert [list(row.cells) for row in book.sheets[0].rows] == rows
