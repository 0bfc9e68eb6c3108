"""Peer groups: the plan of a week, who is in which group, and what they concluded."""

from madang.groups.models.conclusions import Conclusion
from madang.groups.models.plans import Absence, GroupPlan, Level
from madang.groups.models.rounds import Group, Member, Round

__all__ = ["Absence", "Conclusion", "Group", "GroupPlan", "Level", "Member", "Round"]
