"""JSON documents become dataclasses, and whatever does not fit is refused with its path."""

import json
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.documents import (
    Between,
    InvalidDocumentError,
    Length,
    Unique,
    load,
    plain,
    read,
)


@dataclass(frozen=True)
class Inner:
    id: Annotated[str, Length(1, 5)]
    length: Annotated[int, Between(1, 100)] = 60


@dataclass(frozen=True)
class Outer:
    items: Annotated[tuple[Inner, ...], Unique("id")]
    pair: tuple[str, int] = ("a", 1)
    share: float = 0.5
    on: bool = False
    day: date | None = None
    at: time = time(9)
    mode: Literal["fast", "slow"] = "fast"
    named: dict[str, int] | None = None
    tags: Annotated[tuple[str, ...], Length(0, 2), Unique()] = ()


def refusal(text: bytes | str) -> str:
    with pytest.raises(InvalidDocumentError) as caught:
        read(Outer, load(text.encode() if isinstance(text, str) else text))
    return str(caught.value)


def test_a_document_becomes_dataclasses_and_comes_back() -> None:
    document = {
        "items": [{"id": "a", "length": 30}, {"id": "b"}],
        "pair": ["x", 2],
        "share": 1,
        "on": True,
        "day": "2007-10-08",
        "at": "09:30",
        "mode": "slow",
        "named": {"two words": 2},
        "tags": ["t"],
    }
    found = read(Outer, load(json.dumps(document).encode()))
    assert found == Outer(
        items=(Inner("a", 30), Inner("b", 60)),
        pair=("x", 2),
        share=1.0,
        on=True,
        day=date(2007, 10, 8),
        at=time(9, 30),
        mode="slow",
        named={"two words": 2},
        tags=("t",),
    )
    assert read(Outer, plain(found)) == found


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read(Outer, load(b'\xef\xbb\xbf{"items": []}')) == Outer(())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[]", "$: expected an object, found a list"),
        ("{}", "$.items: is missing"),
        ('{"items": [], "more": 1}', "$.more: is not a field here; there are: items, pair"),
        ('{"items": [], "two words": 1}', '$["two words"]: is not a field here'),
        ('{"items": [{"id": "a", "colour": 1}]}', "$.items[0].colour: is not a field here"),
        ('{"items": {}}', "$.items: expected a list, found an object"),
        ('{"items": [{"id": "a"}, {}]}', "$.items[1].id: is missing"),
        ('{"items": [{"id": 7}]}', "$.items[0].id: expected a text, found 7"),
        ('{"items": [{"id": ""}]}', "$.items[0].id: must have a length of at least 1, not 0"),
        ('{"items": [{"id": "abcdef"}]}', "$.items[0].id: must have a length of at most 5, not 6"),
        ('{"items": [{"id": "a", "length": 0}]}', "$.items[0].length: must be at least 1, not 0"),
        ('{"items": [{"id": "a", "length": 101}]}', "$.items[0].length: must be at most 100"),
        ('{"items": [{"id": "a", "length": 1.5}]}', "$.items[0].length: expected a whole number"),
        ('{"items": [{"id": "a", "length": true}]}', "$.items[0].length: expected a whole number"),
        ('{"items": [{"id": "a", "length": null}]}', "$.items[0].length: expected a whole number"),
        ('{"items": [{"id": "a"}, {"id": "a"}]}', '$.items[1].id: "a" is already at $.items[0]'),
        ('{"items": [], "tags": ["a", "a"]}', '$.tags[1]: "a" is already at $.tags[0]'),
        ('{"items": [], "pair": ["a"]}', "$.pair: must have 2 items, not 1"),
        ('{"items": [], "share": "1"}', '$.share: expected a number, found "1"'),
        ('{"items": [], "share": false}', "$.share: expected a number, found false"),
        ('{"items": [], "share": 1e999}', "$.share: is too large"),
        ('{"items": [], "share": NaN}', "$: NaN is not a number in JSON"),
        ('{"items": [], "share": -Infinity}', "$: -Infinity is not a number in JSON"),
        ('{"items": [], "share": 9007199254740992}', "$.share: must be at most 9007199254740991"),
        ('{"items": [], "share": 1' + "0" * 400 + "}", "$.share: must be at most"),
        ('{"items": [], "share": 1' + "0" * 9999 + "}", "$: has a number with too many digits"),
        ('{"items": [], "on": 1}', "$.on: expected true or false, found 1"),
        ('{"items": [], "day": "8 October"}', '$.day: expected a date such as "2007-10-08"'),
        ('{"items": [], "day": "20071008"}', '$.day: expected a date such as "2007-10-08"'),
        ('{"items": [], "at": "9:00"}', '$.at: expected a time of day such as "09:30"'),
        ('{"items": [], "at": "09:00:30"}', '$.at: expected a time of day such as "09:30"'),
        ('{"items": [], "at": "09:00+01:00"}', '$.at: expected a time of day such as "09:30"'),
        ('{"items": [], "at": 9}', '$.at: expected a time of day such as "09:30"'),
        ('{"items": [], "mode": "quick"}', '$.mode: expected one of "fast", "slow"'),
        ('{"items": [], "named": {"a": "b"}}', "$.named.a: expected a whole number"),
        ('{"items": [], "items": []}', "$.items: is given twice"),
        ('{"items": [{"id": "a", "id": "b"}]}', "$.items[0].id: is given twice"),
        ('{"items": [{"id": "\\ud800"}]}', "$.items[0].id: has half a character"),
        ('{"items": ', "$: is not JSON: Expecting value (line 1, column 11)"),
        ("", "$: is not JSON"),
        ("[" * 100_000, "$: is nested too deeply"),
        (
            '{"items": ' + "[" * 400 + "]" * 400 + "}",
            "$.items[0]: expected an object, found a list",
        ),
        (b'{"items": "\xff"}', "$: is not UTF-8 text (byte 11)"),
        ('{"items": []}'.encode("utf-16"), "$: is not UTF-8 text (byte 0)"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(text: bytes | str, expected: str) -> None:
    assert refusal(text).startswith(expected)


def test_a_message_repeats_only_the_beginning_of_a_long_value() -> None:
    assert len(refusal(json.dumps({"items": [], "mode": "x" * 10_000}))) < 150


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("items"), inner),
)


@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        read(Outer, load(json.dumps(value).encode()))
    except InvalidDocumentError as error:
        assert str(error).startswith("$")  # noqa: PT017 - either outcome is right


@given(st.binary())
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    try:
        read(Outer, load(text))
    except InvalidDocumentError as error:
        assert str(error).startswith("$")  # noqa: PT017 - either outcome is right
