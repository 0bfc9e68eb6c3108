"""The item bank, tests of an edition, who sat them, answers without names, frozen results."""

from madang.learning.models.bank import Competency, Item, ItemVersion
from madang.learning.models.exam import Exam, ExamItem, Result
from madang.learning.models.sitting import Answer, Sheet, Sitting

__all__ = [
    "Answer",
    "Competency",
    "Exam",
    "ExamItem",
    "Item",
    "ItemVersion",
    "Result",
    "Sheet",
    "Sitting",
]
