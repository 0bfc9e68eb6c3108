"""The ZIP that an XLSX or ODS file is, opened so that it can't burst.

Sizes are added up before anything is unpacked, and counted once more while it is.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from madang.nominations.sheets import limits
from madang.nominations.sheets.refusals import UnreadableError

CHUNK = 256 * 1024
ENCRYPTED_FLAG = 0x1
# What else ZIP knows costs memory to unpack, and no spreadsheet program writes it.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What `zipfile` raises for damage, depending on where it is.
FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Archive:
    """The parts of a ZIP. Raises `UnreadableError` where they are too much, or damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except FAILURES as error:
            raise UnreadableError("damaged", part="ZIP") from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._inflated = 0
        self._check(len(content))

    def _check(self, size: int) -> None:
        entries = self._zip.infolist()
        if len(entries) > limits.MOST_ENTRIES:
            raise UnreadableError("bomb", part=_name(entries[limits.MOST_ENTRIES]))
        if len(self._entries) < len(entries):
            raise UnreadableError("damaged", part="ZIP")
        inflated = packed = 0
        for entry in entries:
            inflated += entry.file_size
            packed += entry.compress_size
            ratio = entry.file_size / max(1, entry.compress_size)
            bursts = ratio > limits.HIGHEST_RATIO and entry.file_size > limits.RATIO_FROM
            # Parts that together are longer than the file overlap: each is unpacked many times.
            if bursts or inflated > limits.LARGEST_INFLATED or packed > size:
                raise UnreadableError("bomb", part=_name(entry))
            if entry.flag_bits & ENCRYPTED_FLAG:
                raise UnreadableError("encrypted")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece."""
        entry = self._entries.get(name)
        if entry is None or entry.compress_type not in METHODS:
            raise UnreadableError("damaged", part=name[:80])
        try:
            with self._zip.open(entry) as part:
                while chunk := part.read(CHUNK):
                    self._inflated += len(chunk)
                    if self._inflated > limits.LARGEST_INFLATED:
                        raise UnreadableError("bomb", part=_name(entry))
                    yield chunk
        except FAILURES as error:
            raise UnreadableError("damaged", part=_name(entry)) from error

    def start_of(self, name: str, length: int = 4096) -> bytes:
        """The first bytes of a part, and nothing where there is no such part."""
        if name not in self:
            return b""
        return next(self.chunks(name), b"")[:length]


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename[:80]
