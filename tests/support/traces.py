"""Looks for words in anything, in every form in which they might lie about.

Case makes no difference; beside plain text a word is known in UTF-16, in base64 (wherever in a
longer text it began), in hexadecimal, in JSON, in HTML and in an address.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import quote, quote_plus

from django.db import connection
from django.test import Client

# These change how the next pages look, or end the visit.
NOT_TO_FOLLOW = ("/static/", "/language/", "/account/l")


class Words:
    """Words to look for."""

    def __init__(self, words: Iterable[str]) -> None:
        self.forms = {word: set(_forms(word)) for word in words}

    def found_in(self, *contents: bytes | str) -> set[str]:
        """Which of the words are there."""
        found = set()
        for content in contents:
            raw = content.encode() if isinstance(content, str) else content
            # Base64 depends on case; everything else is compared without it.
            alike = (raw, raw.lower())
            for word, forms in self.forms.items():
                if any(form in each for form in forms for each in alike):
                    found.add(word)
        return found

    def found_below(self, *folders: Path) -> set[str]:
        """Which of the words are in a file below these folders, or in its name."""
        paths = [path for folder in folders for path in sorted(folder.rglob("*"))]
        names = "\n".join(str(path) for path in paths)
        found = self.found_in(names)
        for path in paths:
            if path.is_file():
                found |= self.found_in(path.read_bytes())
        return found


def _forms(word: str) -> Iterator[bytes]:
    for text in {word, word.lower(), word.casefold(), word.upper(), word.title()}:
        plain = text.encode()
        yield plain.lower()
        yield plain.hex().encode()
        for encoding in ("utf-16-le", "utf-16-be"):
            yield text.encode(encoding).lower()
        for shown in (json.dumps(text)[1:-1], escape(text), quote(text), quote_plus(text)):
            yield shown.lower().encode()
        for offset in range(3):
            yield _base64_from_within(plain, offset)


def _base64_from_within(plain: bytes, offset: int) -> bytes:
    """Those characters of base64 that depend on these bytes alone, `offset` bytes into a triple."""
    encoded = base64.b64encode(bytes(offset) + plain)
    first = (0, 2, 3)[offset]
    whole = (offset + len(plain)) // 3 * 4
    return encoded[first:whole]


def every_table() -> Iterator[str]:
    """The text of all rows of each table, as they are stored."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield "\n".join(_row(row) for row in cursor.fetchall())


def _row(row: tuple[object, ...]) -> str:
    return "\t".join(
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for value in row
    )


def readable_pages(client: Client, starts: Iterable[str], limit: int = 150) -> Iterator[str]:
    """Every page that somebody reaches by following links, with its address before it."""
    waiting, seen = list(starts), set(starts)
    for path in islice(iter(lambda: waiting.pop(0) if waiting else None, None), limit):
        answer = client.get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode("utf-8", "replace")
        yield f"{path}\n{text}"
        for link in re.findall(r'href="(/[^"#]*)', text):
            onward = link.replace("&amp;", "&")
            if onward not in seen and not onward.startswith(NOT_TO_FOLLOW):
                seen.add(onward)
                waiting.append(onward)
