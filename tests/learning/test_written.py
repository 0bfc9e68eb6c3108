"""Questions of all kinds: written, asked, answered in any script, judged."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.learning import answering, figures, written
from madang.learning.content import Content, read_content, stored_content

SEARCH = settings(max_examples=60, deadline=None, derandomize=True)
ANSWERS = {
    "single": "*yes\nno\nperhaps",
    "several": "*ports\n*roads\nsongs",
    "truth": "false",
    "number": "21 ± 0.5 %",
    "order": "vision\nstrategy\nplan",
    "match": "Korea = Seoul\nIran = Tehran\nFiji = Suva",
    "short": "Incheon\nاینچئون\n인천",
}
RIGHT = {
    "single": {"answer-1": ["1"]},
    "several": {"answer-1": ["2", "1"]},
    "truth": {"answer-1": ["false"]},
    "number": {"answer-1": ["۲۱٫۴"]},
    "order": {"answer-1-1": ["1"], "answer-1-2": ["2"], "answer-1-3": ["3"]},
    "match": {"answer-1-1": ["1"], "answer-1-2": ["2"], "answer-1-3": ["3"]},
    "short": {"answer-1": [" اينچئون "]},
}
WRONG = {
    "single": {"answer-1": ["2"]},
    "several": {"answer-1": ["1"]},
    "truth": {"answer-1": ["true"]},
    "number": {"answer-1": ["22"]},
    "order": {"answer-1-1": ["2"], "answer-1-2": ["1"], "answer-1-3": ["3"]},
    "match": {"answer-1-1": ["2"], "answer-1-2": ["1"], "answer-1-3": ["3"]},
    "short": {"answer-1": ["Seoul"]},
}


def made(kind: str) -> Content:
    return written.read(kind, "en", "What is so?", ANSWERS[kind], "It is.")


def sent(values: dict[str, list[str]]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, given_values in values.items():
        found.setlist(name, given_values)
    return found


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_kind_of_question_is_asked_and_judged(kind: str) -> None:
    content = made(kind)
    right = answering.read(content, "answer-1", sent(RIGHT[kind]))
    wrong = answering.read(content, "answer-1", sent(WRONG[kind]))
    assert answering.is_right(content, right)
    assert not answering.is_right(content, wrong)
    assert not answering.is_right(content, answering.read(content, "answer-1", sent({})))
    shown = answering.question(1, content, right, sheet=uuid4(), item=uuid4())
    assert shown.given == right
    for part in shown.parts:
        assert part.chosen == part.name.rpartition("-")[2]
    assert answering.shown(content, wrong)
    assert answering.right_answer(content)


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_is_written_can_be_kept_and_written_again(kind: str) -> None:
    content = made(kind)
    assert read_content(stored_content(content)) == content
    assert written.read(kind, "en", "What is so?", written.answers_of(content), "It is.") == content
    in_a_cell = written.answers_of(content).replace("\n", " | ")
    assert written.read(kind, "en", "What is so?", in_a_cell, "It is.") == content


def test_a_question_has_words_in_several_languages() -> None:
    content = written.translated(made("single"), "fa", "کدام درست است؟", "بله\nنه\nشاید")
    assert content.languages == ["en", "fa"]
    with translation.override("fa"):
        shown = answering.question(1, content, "1", sheet=uuid4(), item=uuid4())
        assert {text for _key, text in shown.options} == {"بله", "نه", "شاید"}
        assert str(content.wording()) == "کدام درست است؟"
        assert answering.shown(content, "1") == "بله"
    changed = written.read("single", "en", "What is so now?", "*aye\nno\nperhaps")
    kept = written.keep_translations(changed, content)
    assert kept.text["fa"] == "کدام درست است؟"
    assert kept.choices[0].text == {"en": "aye", "fa": "بله"}
    other = written.read("single", "en", "And now?", "*aye\nno")
    assert written.keep_translations(other, content) == other
    assert written.translated(content, "fa", "", "") == made("single")
    with pytest.raises(written.WrongWordingError):
        written.translated(content, "ko", "무엇?", "예\n아니오")


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("single", "yes\nno"),
        ("single", "*yes\n*no"),
        ("single", "*yes"),
        ("single", "*yes\nyes"),
        ("single", "*\nno"),
        ("single", "\n".join(["*a", *map(str, range(20))])),
        ("several", "yes\nno"),
        ("truth", "perhaps"),
        ("truth", ""),
        ("number", "many"),
        ("number", "5 ± -1"),
        ("number", "1\n2"),
        ("order", "only one"),
        ("match", "a = b\nc"),
        ("match", "a = b\nc = b"),
        ("short", ""),
        ("short", "!!!"),
        ("riddle", "what?"),
    ],
)
def test_what_is_no_question_is_refused_with_a_sentence(kind: str, answers: str) -> None:
    with pytest.raises(written.WrongWordingError) as refused:
        written.read(kind, "en", "What?", answers)
    assert refused.value.why


def test_a_place_given_twice_and_a_mistyped_number_are_asked_again() -> None:
    twice = sent({"answer-1-1": ["1"], "answer-1-2": ["1"], "answer-1-3": ["3"]})
    with pytest.raises(answering.WrongAnswerError):
        answering.read(made("order"), "answer-1", twice)
    with pytest.raises(answering.WrongAnswerError):
        answering.read(made("number"), "answer-1", sent({"answer-1": ["a lot"]}))
    with pytest.raises(answering.WrongAnswerError):
        answering.read(made("short"), "answer-1", sent({"answer-1": ["x" * 201]}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("21", "21"), ("۲۱٫۵", "21.5"), ("٢١", "21"), ("२१", "21"), ("1,500", "1500"),
        ("1.500,5", "1500.5"), ("1,500.5", "1500.5"), ("1 500", "1500"), ("3,5", "3.5"),
        ("−4", "-4"), ("12 %", "12"), ("1.234.567", "1234567"), (".5", "0.5"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_any_script(text: str, number: str) -> None:
    assert figures.number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-", ".", "1e9", "NaN", "Infinity", "²", "1" * 50, "١a"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert figures.number(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-Government", "E Government!"), ("راهبرد", "راهبرد "), ("می‌خواهم", "میخواهم"),
        ("كتاب", "کتاب"), ("café", "Cafe"), ("ＥＧＯＶ", "egov"), ("२०", "20"),
        ("ទស្សនៈ", "ទស្សនៈ"),
    ],
)  # fmt: skip
def test_spellings_that_mean_the_same_are_the_same(one: str, other: str) -> None:
    assert figures.folded(one) == figures.folded(other) != ""


@SEARCH
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more_and_nothing_breaks(text: str) -> None:
    folded = figures.folded(text)
    assert figures.folded(folded) == folded
    figures.number(text)
    for kind in ("number", "short", "single", "order"):
        try:
            given_text = answering.read(made(kind), "answer-1", sent({"answer-1": [text]}))
        except answering.WrongAnswerError:
            continue
        answering.is_right(made(kind), given_text)


def test_the_same_sheet_has_the_same_order_and_another_one_another() -> None:
    content = written.read("single", "en", "?", "*a\nb\nc\nd\ne\nf\ng\nh")
    sheet, item = uuid4(), uuid4()
    orders = {
        tuple(answering.question(1, content, "", sheet=one, item=item).options)
        for one in (sheet, sheet, sheet)
    }
    assert len(orders) == 1
    others = {
        tuple(answering.question(1, content, "", sheet=uuid4(), item=item).options)
        for _ in range(20)
    }
    assert len(others) > 10
