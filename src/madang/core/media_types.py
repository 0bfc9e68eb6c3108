"""What kind of file it is, judged by its content, and whether Madang takes it.

The name of a file and the browser's word for its kind prove nothing. A content is taken only when
it is recognised as one of the kinds listed here; a few of them may be shown in the page's place,
the others are only ever given as a download.
"""

import codecs
import io
import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext as _


class UnwantedFileError(Exception):
    """A file that is not taken; the text tells the person why and what to do."""


@dataclass(frozen=True)
class Kind:
    """A kind of file. The first extension is put behind names that carry none of them."""

    media_type: str
    extensions: tuple[str, ...]
    inline: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

PDF = Kind("application/pdf", ("pdf",), inline=True)
PNG = Kind("image/png", ("png",), inline=True)
JPEG = Kind("image/jpeg", ("jpg", "jpeg"), inline=True)
GIF = Kind("image/gif", ("gif",), inline=True)
WEBP = Kind("image/webp", ("webp",), inline=True)
MP4 = Kind("video/mp4", ("mp4", "m4v"), inline=True)
WEBM = Kind("video/webm", ("webm",), inline=True)
MP3 = Kind("audio/mpeg", ("mp3",), inline=True)
TEXT = Kind("text/plain", ("txt", "md"), inline=True)
CSV = Kind("text/csv", ("csv", "tsv"))
CALENDAR = Kind("text/calendar", ("ics",))
# Scripts can hide in these two, so they are never shown in the page's place.
SVG = Kind("image/svg+xml", ("svg",))
HTML = Kind("text/html", ("html", "htm"))
DOC = Kind("application/msword", ("doc",))
XLS = Kind("application/vnd.ms-excel", ("xls",))
PPT = Kind("application/vnd.ms-powerpoint", ("ppt",))
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", ("docx",))
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",))
PPTX = Kind(f"{_OFFICE}.presentationml.presentation", ("pptx",))
ODT = Kind(f"{_ODF}.text", ("odt",))
ODS = Kind(f"{_ODF}.spreadsheet", ("ods",))
ODP = Kind(f"{_ODF}.presentation", ("odp",))

_BINARY = (PDF, PNG, JPEG, GIF, WEBP, MP4, WEBM, MP3)
_OLD_OFFICE = (DOC, XLS, PPT)
_ZIPPED = {
    b"wordprocessingml.document.main+xml": DOCX,
    b"spreadsheetml.sheet.main+xml": XLSX,
    b"presentationml.presentation.main+xml": PPTX,
}
_OPEN_DOCUMENT = {kind.media_type: kind for kind in (ODT, ODS, ODP)}
KINDS = {
    kind.media_type: kind
    for kind in (
        *_BINARY, TEXT, CSV, CALENDAR, SVG, HTML, *_OLD_OFFICE, DOCX, XLSX, PPTX, ODT, ODS, ODP,
    )
}  # fmt: skip
IMAGES = frozenset({PNG, JPEG, GIF, WEBP})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD_BYTES = 8192
# An archive that unpacks to more than this, or by more than this factor, is a bomb.
_UNPACKED_BYTES = 400 * 1024 * 1024
_UNPACKED_FACTOR = 200
_ENTRIES = 10_000
_SMALL_PART_BYTES = 1024 * 1024
# What reading an archive that is not whole, or not honest, may raise.
_DAMAGE = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|!--)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def identify(content: bytes, name: str) -> Kind:
    """The kind of a content; `name` decides only between kinds that look alike.

    Raises `UnwantedFileError` for what is empty, not recognised, not taken, or not whole.
    """
    if not content:
        raise UnwantedFileError(_("This file is empty."))
    extension = name.rpartition(".")[2].lower()
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(_OLE):
        return _by_extension(_OLD_OFFICE, extension)
    kind = _binary(content) or _text(content, extension) or _local_csv(content, extension)
    if kind is None:
        raise _not_taken()
    return kind


def _not_taken() -> UnwantedFileError:
    return UnwantedFileError(
        _(
            "This kind of file is not taken. Send a PDF, an image, a text, a recording (MP3, MP4, "
            "WebM), or a document of Word, Excel, PowerPoint or LibreOffice without macros."
        )
    )


def _by_extension(kinds: tuple[Kind, ...], extension: str) -> Kind:
    for kind in kinds:
        if extension in kind.extensions:
            return kind
    raise _not_taken()


def _binary(content: bytes) -> Kind | None:
    try:
        matches = puremagic.magic_string(content[:_HEAD_BYTES])
    except (puremagic.PureError, ValueError):
        return None
    found = {match.mime_type for match in matches}
    kind = next((kind for kind in _BINARY if kind.media_type in found), None)
    if kind in IMAGES and zipfile.is_zipfile(io.BytesIO(content)):
        raise UnwantedFileError(_("This image has an archive hidden behind it."))
    return kind


def _text(content: bytes, extension: str) -> Kind | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if _CONTROLS.search(text):
        return None
    head = content[:_HEAD_BYTES]
    markup = _MARKUP.search(head)
    if markup is not None:
        return SVG if b"<svg" in head.lower() and extension == "svg" else HTML
    if content.startswith(b"BEGIN:VCALENDAR"):
        return CALENDAR
    return CSV if extension in CSV.extensions else TEXT


def _local_csv(content: bytes, extension: str) -> Kind | None:
    """CSV in the encoding of a country or of an old program: only ever given as a download."""
    if extension not in CSV.extensions:
        return None
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if wide else "latin-1", "replace")
    plain = not _CONTROLS.search(text) and not _MARKUP.search(text[:_HEAD_BYTES].encode())
    return CSV if plain else None


def _zipped(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_bomb(archive, len(content))
            kind = _office_kind(archive)
    except _DAMAGE:
        raise UnwantedFileError(_("This file is damaged: it can't be unpacked.")) from None
    if kind is None:
        raise _not_taken()
    return kind


def _check_bomb(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _ENTRIES
        or unpacked > _UNPACKED_BYTES
        or unpacked > max(size, 1024) * _UNPACKED_FACTOR
    ):
        raise UnwantedFileError(_("This file would unpack to an unreasonable size."))


def _office_kind(archive: zipfile.ZipFile) -> Kind | None:
    names = archive.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnwantedFileError(_("This document has macros. Save it without them and try again."))
    if names[:1] == ["mimetype"]:
        media_type = _small_part(archive, "mimetype").decode("ascii", "replace").strip()
        return _OPEN_DOCUMENT.get(media_type)
    if "[Content_Types].xml" in names:
        types = _small_part(archive, "[Content_Types].xml")
        return next((kind for mark, kind in _ZIPPED.items() if mark in types), None)
    return None


def _small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part of known place, read no further than it can honestly be long."""
    with archive.open(name) as part:
        return part.read(_SMALL_PART_BYTES)
