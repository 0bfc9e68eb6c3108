"""Badges, the log of who was seen where, and the attendance that follows from it."""

from madang.attendance.models.attendance import Attendance, CorrectionRequest
from madang.attendance.models.badge import Badge
from madang.attendance.models.log import Doubt, Scan
from madang.attendance.models.terms import SessionTerms, Terms, WrongCode

__all__ = [
    "Attendance",
    "Badge",
    "CorrectionRequest",
    "Doubt",
    "Scan",
    "SessionTerms",
    "Terms",
    "WrongCode",
]
