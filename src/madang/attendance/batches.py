"""Reading what a phone sends: plain JSON, of which nothing is believed before it is looked at."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from madang.attendance.actions.scanning import Taken

MOST = 200
# A phone's clock may be decades off, but what it says has to be a moment.
FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2199, 1, 1, tzinfo=UTC)
_MOST_OFFSET = 2_000_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


class UnreadableError(Exception):
    """It is no batch of scans; the text says what is wrong, for whoever writes such a program."""


@dataclass(frozen=True)
class Batch:
    """Scans, and ids of those that can't be read: as they were sent, for the phone to keep."""

    device: UUID | None
    scans: list[Taken]
    unreadable: list[str]


def read(body: bytes) -> Batch:
    """The batch in a request. Raises `UnreadableError` where it is none, or too large."""
    try:
        sent = json.loads(body)
    except ValueError:
        raise UnreadableError("This is no JSON.") from None
    listed = sent.get("scans") if isinstance(sent, dict) else None
    if not isinstance(listed, list):
        raise UnreadableError("There is no list of scans.")
    if len(listed) > MOST:
        raise UnreadableError(f"Send at most {MOST} scans at a time.")
    scans, unreadable = [], []
    for each in listed:
        try:
            scans.append(_taken(each))
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
            unreadable.append(str(each.get("id", ""))[:36] if isinstance(each, dict) else "")
    return Batch(_uuid_or_none(sent.get("device")), scans, unreadable)


def _taken(sent: dict[str, Any]) -> Taken:
    at = datetime.fromisoformat(sent["at"])
    offset = int(sent.get("offset") or 0)
    what = {name: sent[name] for name in ("badge", "code", "participation") if sent.get(name)}
    if at.tzinfo is None or not FIRST < at < LAST or abs(offset) > _MOST_OFFSET:
        raise ValueError("no moment")
    if len(what) != 1 or sent["act"] not in {"in", "out"}:
        raise ValueError("nothing, or too much, was shown")
    if "participation" in what:
        what["participation"] = UUID(what["participation"])
    elif not all(_DIGEST.fullmatch(digest) for digest in what.values()):
        raise ValueError("no hash")
    return Taken(UUID(sent["id"]), UUID(sent["session"]), sent["act"], at, offset=offset, **what)


def _uuid_or_none(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
