"""What people write in Markdown, for places that are no web page: documents and plain text.

The same CommonMark that pages show: HTML in it is text, images are left out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

# A node of a document: `kind`, and `text` or `body` (a list of nodes).
Node = dict[str, Any]

_INLINE = {"strong": "strong", "em": "emphasis", "link": "link"}
_BULLET = "•"


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables. HTML in the text is shown as text; links can only lead somewhere."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def tree(text: str) -> list[Node]:
    """Blocks for a template to set, as `frame.typ` does (`rich`).

    Blocks are `paragraph`, `heading`, `quote` (with `body`), `list` (`ordered`, `items`: a list of
    blocks each) and `code` (`text`); in a body stand `text`, `code`, `strong`, `emphasis`, `link`
    (`url`) and `break`.
    """
    return [node for block in _read(text).children for node in _block(block)]


def plain(text: str) -> str:
    """The text without its marks: paragraphs with an empty line between them, lists with bullets.

    The address of a link follows its words in brackets, unless it is the words.
    """
    return "\n\n".join(_plain_blocks(tree(text)))


def _read(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(parser().parse(text))


def _block(node: SyntaxTreeNode) -> Iterator[Node]:
    if node.type in {"paragraph", "heading"}:
        yield {"kind": node.type, "body": _inlines(node)}
    elif node.type in {"bullet_list", "ordered_list"}:
        yield {
            "kind": "list",
            "ordered": node.type == "ordered_list",
            "items": [
                [made for block in item.children for made in _block(block)]
                for item in node.children
            ],
        }
    elif node.type == "blockquote":
        yield {"kind": "quote", "body": [made for each in node.children for made in _block(each)]}
    elif node.type in {"code_block", "fence"}:
        yield {"kind": "code", "text": node.content.rstrip("\n")}
    elif node.type == "table":
        # A document's column is narrow: each row becomes a line.
        for row in node.walk():
            if row.type == "tr":
                cells = [_inlines(cell) for cell in row.children]
                yield {"kind": "paragraph", "body": _joined(cells)}


def _joined(cells: Sequence[list[Node]]) -> list[Node]:
    between: Node = {"kind": "text", "text": " · "}
    return [node for place, cell in enumerate(cells) for node in (*[between] * bool(place), *cell)]


def _inlines(node: SyntaxTreeNode) -> list[Node]:
    found = [
        made
        for inline in node.children
        if inline.type == "inline"
        for child in inline.children
        for made in _inline(child)
    ]
    return _merged(found)


def _inline(node: SyntaxTreeNode) -> Iterator[Node]:
    if node.type == "text":
        yield {"kind": "text", "text": node.content}
    elif node.type == "code_inline":
        yield {"kind": "code", "text": node.content}
    elif node.type == "softbreak":
        yield {"kind": "text", "text": " "}
    elif node.type == "hardbreak":
        yield {"kind": "break"}
    elif node.type in _INLINE:
        body = _merged([made for child in node.children for made in _inline(child)])
        made: Node = {"kind": _INLINE[node.type], "body": body}
        if node.type == "link":
            made["url"] = str(node.attrs.get("href", ""))
        yield made


def _merged(nodes: Sequence[Node]) -> list[Node]:
    """Texts that follow each other become one, so that scripts join and kern across them."""
    found: list[Node] = []
    for node in nodes:
        if found and node["kind"] == found[-1]["kind"] == "text":
            found[-1] = {"kind": "text", "text": found[-1]["text"] + node["text"]}
        else:
            found.append(node)
    return found


def _plain_blocks(blocks: Sequence[Node]) -> list[str]:
    return [text for text in (_plain_block(block) for block in blocks) if text]


def _plain_block(block: Node) -> str:
    if block["kind"] == "list":
        lines = []
        for place, item in enumerate(block["items"], 1):
            mark = f"{place}." if block["ordered"] else _BULLET
            lines.append(f"{mark} " + "\n".join(_plain_blocks(item)))
        return "\n".join(lines)
    if block["kind"] == "quote":
        return "\n\n".join(_plain_blocks(block["body"]))
    if block["kind"] == "code":
        return str(block["text"])
    return re.sub(r" *\n *", "\n", _plain_inlines(block["body"])).strip()


def _plain_inlines(nodes: Sequence[Node]) -> str:
    return "".join(_plain_inline(node) for node in nodes)


def _plain_inline(node: Node) -> str:
    if node["kind"] == "break":
        return "\n"
    if node["kind"] in {"text", "code"}:
        return str(node["text"])
    words = _plain_inlines(node["body"])
    if node["kind"] == "link" and node["url"] not in {words, f"mailto:{words}"}:
        return f"{words} ({node['url']})" if words else str(node["url"])
    return words
