"""Models that every app stands on."""

from madang.core.models.audit import AuditEntry
from madang.core.models.base import Record, StaleRecordError, as_uuid
from madang.core.models.demo import DemoClock
from madang.core.models.personal import Personal, PersonalManager, PersonalText, SubjectKey
from madang.core.models.translation import Translation

__all__ = [
    "AuditEntry",
    "DemoClock",
    "Personal",
    "PersonalManager",
    "PersonalText",
    "Record",
    "StaleRecordError",
    "SubjectKey",
    "Translation",
    "as_uuid",
]
