"""Reports: what an edition leaves on paper, its sections, and the versions that were frozen."""

from madang.reports.models.report import Report
from madang.reports.models.section import Point, Section
from madang.reports.models.version import ReportVersion

__all__ = ("Point", "Report", "ReportVersion", "Section")
