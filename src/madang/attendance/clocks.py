"""Which moment counts of one that a phone's clock has told.

A phone measures, each time it synchronises, by how much its clock is behind the server's, and tells
it with every scan for good: so a scan says the same however often and in whatever order it is sent.
Clocks less than a minute off are believed as they are. A moment that would still lie in the future
when it comes is not believed at all: it has to be settled by hand.
"""

from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=1)


def moment(device_at: datetime, offset_seconds: int) -> datetime:
    """The moment of a scan by the server's clock; `offset_seconds` is what the device's lacks."""
    offset = timedelta(seconds=offset_seconds)
    return device_at if abs(offset) < TOLERANCE else device_at + offset


def is_possible(at: datetime, received_at: datetime) -> bool:
    """Whether a moment lies before the one at which the scan came."""
    return at <= received_at + TOLERANCE
