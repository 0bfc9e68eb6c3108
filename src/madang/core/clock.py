"""The one place where Madang asks what time it is, so that the demo and tests can move it.

Outside the demo this is the machine's clock and nothing else. In the demo the installation has one
offset, kept in the database and read once at the start of each request and task
(`core.models.DemoClock.refresh`), so that every process shows the same moment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_offset: ContextVar[timedelta] = ContextVar("madang_clock_offset", default=timedelta(0))
_frozen: ContextVar[datetime | None] = ContextVar("madang_clock_frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    return machine_now() + _offset.get()


def machine_now() -> datetime:
    """The machine's own time, for what must not follow a moved clock: when a worker tries again."""
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The present date in a time zone, for example an edition's."""
    return now().astimezone(zone).date()


def set_offset(offset: timedelta) -> None:
    """Let the clock of this context run `offset` ahead of the machine's (behind, if negative)."""
    _offset.set(offset)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock of this context at an aware moment: for tests and for loading the demo."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware moment: give it a time zone.")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
