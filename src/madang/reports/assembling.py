"""A report as one description in every language of the interface, from its texts and the data.

The description is what is frozen, read in the browser, typeset and written as a Word document.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from madang.attendance.models import Attendance
from madang.attendance.queries.counts import CAME
from madang.core import locales, texts
from madang.reports import blocks, figures, parts
from madang.reports.blocks import Block
from madang.reports.models import Point, Report, Section

# One part of the description: `title` and `blocks`.
Description = list[dict[str, Any]]


def assemble(report: Report) -> dict[str, Any]:
    """What the report says now: by language, its title, subtitle and parts; and for whom it is."""
    sections = list(report.sections.filter(is_left_out=False))
    texts.prefetch(sections)
    points = list(report.points.all())
    texts.prefetch(points)
    return {
        "kind": str(report.kind),
        "audience": str(report.audience),
        "languages": {
            code: _in_language(report, sections, points, code) for code, _name in settings.LANGUAGES
        },
    }


def _in_language(
    report: Report, sections: list[Section], points: list[Point], language: str
) -> dict[str, Any]:
    with translation.override(language), timezone.override(report.edition.zone):
        return {
            "title": str(report.wording("title")),
            "subtitle": str(report.edition.wording("title")),
            "dates": locales.date_range(report.edition.starts_on, report.edition.ends_on),
            "place": _place(report),
            "parts": _PARTS[report.kind](report, sections, points),
        }


def _place(report: Report) -> str:
    edition = report.edition
    parts_of_it = (edition.wording("city"), edition.country.wording("name"))
    return locales.listed(part for part in parts_of_it if part)


def _final(report: Report, sections: Iterable[Section], _points: list[Point]) -> Description:
    found = [_section(report, section) for section in sections]
    return [each for each in found if each["blocks"]]


def _section(report: Report, section: Section) -> dict[str, Any]:
    part = parts.part(section.code)
    text = section.wording("text")
    title = str(section.wording("title")) or (capfirst(str(part.title)) if part else "")
    written = [blocks.prose(text)] if text.strip() else []
    return {"title": title, "blocks": written + (part.build(report.edition) if part else [])}


def _people(report: Report, sections: list[Section], _points: list[Point]) -> Description:
    """The list of participants: whoever is in the edition, by what they take part as."""
    groups: dict[str, list[Any]] = {}
    rows = report.edition.participations.so_far().exclude(state="cancelled")
    came = figures.taken_part(report.edition).ids
    for pk, kind in rows.values_list("pk", "kind"):
        if kind != "participant":
            groups.setdefault(kind, []).append(pk)
    found = [_section(report, section) for section in sections]
    labels = dict(report.edition.participations.model.Kind.choices)
    listed = [("participant", sorted(came)), *sorted(groups.items())]
    return [each for each in found if each["blocks"]] + [
        {
            "title": capfirst(str(labels[kind])),
            "blocks": [
                blocks.people(
                    capfirst(str(labels[kind])), ids,
                    ("name", "position", "organisation", "country", "email"),
                )
            ],
        }
        for kind, ids in listed
        if ids
    ]  # fmt: skip


def _minutes(report: Report, sections: list[Section], points: list[Point]) -> Description:
    """Who was there, the agenda item by item, then what was decided and who does what."""
    found = [{"title": _("The meeting"), "blocks": _meeting(report)}]
    found += [_section(report, section) for section in sections]
    decisions = [point for point in points if point.kind == Point.Kind.DECISION]
    tasks = [point for point in points if point.kind == Point.Kind.TASK]
    if decisions:
        items = blocks.listing(point.wording("text") for point in decisions)
        found.append({"title": _("Decisions"), "blocks": [items]})
    if tasks:
        found.append({"title": _("Tasks"), "blocks": [_tasks(tasks)]})
    return [each for each in found if each["blocks"]]


def _tasks(tasks: list[Point]) -> Block:
    rows = [
        (
            str(point.wording("text")),
            blocks.person(point.responsible_id) if point.responsible_id else "",
            locales.calendar_date(point.due_on, "long") if point.due_on else "",
        )
        for point in tasks
    ]
    return blocks.table(_("Tasks"), (_("What"), _("Who"), _("Until")), rows)


def _meeting(report: Report) -> list[Block]:
    session = report.session
    rows = []
    if session is not None:
        rows.append((_("Session"), str(session.wording("title"))))
    begins = report.held_at or (session.starts_at if session is not None else None)
    if begins is not None:
        words = [locales.calendar_date(begins, "full"), locales.clock_time(begins)]
        rows.append((_("When"), locales.listed(words)))
    present = _present(report)
    if present:
        rows.append((_("Present"), locales.number(len(present))))
    found = [blocks.facts(rows)] if rows else []
    if present:
        found.append(blocks.people(_("Present"), present, ("name", "organisation", "country")))
    return found


def _present(report: Report) -> list[Any]:
    if report.session_id is None:
        return []
    rows = Attendance.objects.filter(session=report.session_id, state__in=CAME)
    return list(rows.values_list("participation_id", flat=True))


_PARTS = {
    Report.Kind.FINAL.value: _final,
    Report.Kind.PEOPLE.value: _people,
    Report.Kind.MINUTES.value: _minutes,
}


def languages_of(content: Mapping[str, Any]) -> list[str]:
    """The languages of a frozen report."""
    return list(content["languages"])
