"""Action plans, what became of them, who is shown what of it, and what changed in the countries."""

from madang.followup.models.asking import FollowUp, Round
from madang.followup.models.plan import Action, ActionPlan, PlanVersion
from madang.followup.models.progress import Progress, Report
from madang.followup.models.release import Release, ReleasedPart
from madang.followup.models.result import Result, ResultLink

__all__ = (
    "Action",
    "ActionPlan",
    "FollowUp",
    "PlanVersion",
    "Progress",
    "Release",
    "ReleasedPart",
    "Report",
    "Result",
    "ResultLink",
    "Round",
)
