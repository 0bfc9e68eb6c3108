"""What kind of file it is, and the reader for it."""

import codecs

from madang.nominations.sheets import encodings, limits, ods, separated, xlsx
from madang.nominations.sheets.archive import Archive
from madang.nominations.sheets.book import Book
from madang.nominations.sheets.refusals import UnreadableError

ZIP = b"PK\x03\x04"
# The container of old Office files, and of new ones under a password.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
PDF = b"%PDF-"
RTF = b"{\\rtf"
# Pictures, sound, and other things with bytes that no text has.
BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MZ",
    b"\x7fELF",
)
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT_TYPES = "[Content_Types].xml"
CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x00\x1a\x1b")
MOST_CONTROL = 0.02


def read(content: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Book:
    """The sheets of a file, told apart by what it holds rather than by its name.

    `encoding` and `delimiter` are for CSV files whose own a person knows better. Raises
    `UnreadableError` with a sentence for the person who sent the file.
    """
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise UnreadableError("empty")
    if len(content) > limits.LARGEST_FILE:
        raise UnreadableError("too_large", megabytes=limits.LARGEST_FILE // limits.MEGABYTE)
    if content.startswith(ZIP):
        book = _unpacked(Archive(content))
    else:
        _refuse_what_is_no_text(content)
        book = separated.read(content, encoding=encoding, delimiter=delimiter)
    if not any(sheet.rows for sheet in book.sheets):
        raise UnreadableError("no_sheet")
    return book


def _unpacked(archive: Archive) -> Book:
    kind = archive.start_of("mimetype")
    if kind.startswith(ODS_TYPE):
        return ods.read(archive)
    if kind.startswith(b"application/vnd.oasis.opendocument."):
        raise UnreadableError("document")
    if any(name.casefold().endswith("vbaproject.bin") for name in archive.names):
        raise UnreadableError("macros")
    types = b"".join(archive.chunks(CONTENT_TYPES)) if CONTENT_TYPES in archive else b""
    if b"macroEnabled" in types:
        raise UnreadableError("macros")
    if b"sheet.binary" in types:
        raise UnreadableError("binary_excel")
    if b"wordprocessingml" in types or b"presentationml" in types:
        raise UnreadableError("document")
    if not types:
        raise UnreadableError("unknown")
    return xlsx.read(archive)


def _refuse_what_is_no_text(content: bytes) -> None:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(COMPOUND):
        encrypted = ENCRYPTED_STREAM in content
        raise UnreadableError("encrypted" if encrypted else "legacy_excel")
    if content.startswith(PDF):
        raise UnreadableError("pdf")
    if content.startswith(RTF):
        raise UnreadableError("document")
    if start.startswith((b"<?xml", b"<!doctype", b"<html", b"<table", b"<head")):
        raise UnreadableError("web_page")
    if content.startswith(BINARY) or (not _is_utf16(content) and _is_strange(content[:65536])):
        raise UnreadableError("unknown")


def _is_utf16(content: bytes) -> bool:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or bool(encodings.unmarked_utf16(content))


def _is_strange(sample: bytes) -> bool:
    """Whether there are more control characters than a text has."""
    return sum(byte in CONTROL for byte in sample) > MOST_CONTROL * len(sample)
