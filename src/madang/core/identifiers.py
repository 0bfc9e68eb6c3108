"""Identifiers that sort by the time of their birth and never collide between nodes."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits.

    The wall clock is read directly and not through `core.clock`: an identifier tells when a row was
    really born, whatever a demo's clock shows.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
