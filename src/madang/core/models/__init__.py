"""Models that every app stands on."""

from madang.core.models.approval import Approval
from madang.core.models.audit import AuditEntry
from madang.core.models.base import Record, StaleRecordError, as_uuid
from madang.core.models.demo import DemoClock
from madang.core.models.event import Delivery, Event
from madang.core.models.job import Job
from madang.core.models.message import Attachment, Message
from madang.core.models.personal import Personal, PersonalManager, PersonalText, SubjectKey
from madang.core.models.stored_file import StoredFile
from madang.core.models.translation import Translation

__all__ = [
    "Approval",
    "Attachment",
    "AuditEntry",
    "Delivery",
    "DemoClock",
    "Event",
    "Job",
    "Message",
    "Personal",
    "PersonalManager",
    "PersonalText",
    "Record",
    "StaleRecordError",
    "StoredFile",
    "SubjectKey",
    "Translation",
    "as_uuid",
]
