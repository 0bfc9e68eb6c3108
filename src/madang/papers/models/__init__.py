"""What delegations are asked to write, and what became of it."""

from madang.papers.models.paper import Agreement, Paper, PaperVersion, Remark, Reminder
from madang.papers.models.presentation import Presentation
from madang.papers.models.request import PaperKind, PaperRequest, Template

__all__ = (
    "Agreement",
    "Paper",
    "PaperKind",
    "PaperRequest",
    "PaperVersion",
    "Presentation",
    "Remark",
    "Reminder",
    "Template",
)
