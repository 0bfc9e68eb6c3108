"""Markdown for documents and for plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.documents import rich_text

MARKDOWN = """# Heading

Some **strong *and emphasised* words**, `code`, a [link](https://example.org/a)
and <b>HTML</b>.

- one
- two

1. first
2. second

> quoted

| a | b |
|---|---|
| c | d |
"""


def test_plain_text_reads_like_what_was_written():
    assert rich_text.plain(MARKDOWN).split("\n\n") == [
        "Heading",
        "Some strong and emphasised words, code, a link (https://example.org/a) and <b>HTML</b>.",
        "• one\n• two",
        "1. first\n2. second",
        "quoted",
        "a · b",
        "c · d",
    ]


def test_a_document_gets_blocks_and_their_bodies():
    blocks = rich_text.tree("See **here**.\n\n- x")
    assert blocks == [
        {
            "kind": "paragraph",
            "body": [
                {"kind": "text", "text": "See "},
                {"kind": "strong", "body": [{"kind": "text", "text": "here"}]},
                {"kind": "text", "text": "."},
            ],
        },
        {
            "kind": "list",
            "ordered": False,
            "items": [[{"kind": "paragraph", "body": [{"kind": "text", "text": "x"}]}]],
        },
    ]


@pytest.mark.parametrize("address", ["https://example.org", "mailto:a@example.org"])
def test_an_address_that_is_its_own_words_stands_once(address):
    assert rich_text.plain(f"<{address.removeprefix('mailto:')}>") == address.removeprefix(
        "mailto:"
    )


def test_a_link_can_only_lead_somewhere():
    assert "javascript" not in str(rich_text.tree("[x](javascript:alert(1))")[0]["body"][0]["kind"])
    assert all(node["kind"] != "link" for node in rich_text.tree("[x](javascript:a)")[0]["body"])


@given(st.text(max_size=200))
def test_any_text_has_a_plain_form(text):
    assert isinstance(rich_text.plain(text), str)


@given(st.text(alphabet=st.characters(categories=("L", "N")), min_size=1, max_size=60))
def test_words_without_marks_stay_as_they_are(text):
    assert rich_text.plain(text) == text
