"""What pages and other apps ask of attendance: `shares` and `by_session` of an edition."""

from madang.attendance.queries.counts import SessionCount, Share, by_session, shares

__all__ = ["SessionCount", "Share", "by_session", "shares"]
