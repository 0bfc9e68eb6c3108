"""The part of the world with reports."""

from typing import Any

from madang.core import approvals
from madang.people.models import Account
from madang.reports.actions import arranging, issuing
from madang.reports.models import Point, Report
from madang.workshops.models import Participation


def add_reports(
    half: Any, text: str, officer: Account, director: Account, taking_part: Participation
) -> None:
    """A final report that was issued to everyone, and minutes with a task that are a draft."""
    edition = half.edition
    values = {"title": text[:200], "audience": Report.Audience.EVERYONE}
    final = arranging.begin(edition, Report.Kind.FINAL, values, actor=officer)
    for section in final.sections.filter(code__in=("foreword", "lessons")):
        section.text = text
        section.save()
    issuing.freeze(final, actor=officer)
    approval = issuing.put_up(final, director=director, actor=officer)
    approvals.approve(approval, actor=director, seen=approval.digest)
    issuing.issue(final, actor=officer)
    minutes = arranging.begin(
        edition,
        Report.Kind.MINUTES,
        {"title": text[:200], "session": half.things["session"]},
        actor=officer,
    )
    task = {"kind": Point.Kind.TASK, "text": text[:500], "responsible": taking_part}
    half.things |= {
        "final_report": final,
        "minutes": minutes,
        "report_section": final.sections.get(code="foreword"),
        "report_point": arranging.add_point(minutes, task, actor=officer),
    }
