"""Pictures for tests, made without a library."""

import struct
import zlib


def png(width: int = 40, height: int = 40) -> bytes:
    """A picture in one colour."""
    rows = b"".join(b"\0" + bytes((12, 90, 77)) * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    checked = name + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
