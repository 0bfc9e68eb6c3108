"""What is put on paper in the demo: the list of participants, minutes, and the final report."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from madang.reports.actions import arranging, issuing
from madang.reports.models import Point, Report, Section
from madang.site.demo.company import Company, participants
from madang.site.demo.content import content, given, source
from madang.site.demo.story import Step


def steps() -> Iterator[Step]:
    """Each is written, frozen and put up, then approved and issued."""
    stated = content("reporting")
    people, minutes, final = stated["people"], stated["minutes"], stated["final"]
    yield Step(people["begun"], _begin_list)
    yield Step(people["approved"], partial(_issue, kind=Report.Kind.PEOPLE))
    yield Step(minutes["begun"], partial(_take_minutes, stated=minutes))
    yield Step(minutes["approved"], partial(_issue, kind=Report.Kind.MINUTES))
    yield Step(final["begun"], partial(_write_report, stated=final))
    yield Step(final["frozen"], partial(_put_up, kind=Report.Kind.FINAL))
    yield Step(final["approved"], partial(_issue, kind=Report.Kind.FINAL))


def _begin_list(company: Company) -> None:
    values = {"audience": Report.Audience.INSIDE}
    arranging.begin(company.incheon, Report.Kind.PEOPLE, values, actor=company.officer)
    _put_up(company, kind=Report.Kind.PEOPLE)


def _take_minutes(company: Company, *, stated: Mapping[str, Any]) -> None:
    session = company.sessions[stated["session"]]
    values = {
        **source(stated, Report),
        "audience": Report.Audience.INSIDE,
        "session": session,
        "held_at": session.starts_at,
    }
    report = arranging.begin(company.incheon, Report.Kind.MINUTES, values, actor=company.officer)
    given(report, stated)
    for entry in stated["items"]:
        section = arranging.add_section(report, source(entry, Section), actor=company.officer)
        given(section, entry)
    by_country = {
        part.country.alpha2.lower(): part
        for part in participants(company.incheon).values()
        if part.country is not None
    }
    for entry in stated["points"]:
        values = {
            **source(entry, Point),
            "kind": entry["kind"],
            "responsible": by_country.get(entry.get("who", "")),
            "due_on": entry.get("due"),
        }
        given(arranging.add_point(report, values, actor=company.officer), entry)
    _put_up(company, kind=Report.Kind.MINUTES)


def _write_report(company: Company, *, stated: Mapping[str, Any]) -> None:
    values = {**source(stated, Report), "audience": Report.Audience.EVERYONE}
    report = arranging.begin(company.incheon, Report.Kind.FINAL, values, actor=company.officer)
    given(report, stated)
    for entry in stated["sections"]:
        section = report.sections.get(code=entry["code"])
        arranging.change_section(
            section,
            source(entry, Section),
            expected_version=section.version,
            actor=company.officer,
        )
        section.refresh_from_db()
        given(section, entry)


def _put_up(company: Company, *, kind: str) -> None:
    report = _found(company, kind)
    issuing.freeze(report, actor=company.officer)
    issuing.put_up(report, director=company.director, actor=company.officer)


def _issue(company: Company, *, kind: str) -> None:
    report = _found(company, kind)
    company.approve(report)
    issuing.issue(report, actor=company.officer)


def _found(company: Company, kind: str) -> Report:
    found: Report = Report.objects.select_related("edition__country", "session").get(
        edition=company.incheon, kind=kind
    )
    return found
