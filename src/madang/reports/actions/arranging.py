"""Beginning a report, its sections, decisions and tasks."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from madang.core import audit, languages, texts
from madang.core.audit import Actor
from madang.people.actions.refusal import RefusedError
from madang.reports import parts
from madang.reports.models import Point, Report, Section
from madang.workshops.actions import records
from madang.workshops.models import Edition


@transaction.atomic
def begin(
    edition: Edition, kind: str, values: Mapping[str, Any] | None = None, *, actor: Actor | None
) -> Report:
    """A report of a kind, as a draft; the final report with every part there is.

    The final report and the list of participants are one each: who begins one twice gets the
    same.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    if kind != Report.Kind.MINUTES:
        found = Report.objects.filter(edition=edition, kind=kind).first()
        if found is not None:
            return found
    titles = _usual_titles(kind)
    source = languages.current()
    given = {"title": titles[source], "language": source, **(values or {})}
    report = Report(edition=edition, kind=kind, **given)
    records.add(report, "report.begun", actor=actor)
    if report.title == titles.get(report.language):
        texts.translate(report, "title", titles)
    codes = parts.codes() if kind == Report.Kind.FINAL else []
    for place, code in enumerate(codes):
        section = Section(report=report, code=code, order=place, language=report.language)
        section.save(force_insert=True)
    return report


def _usual_titles(kind: str) -> dict[str, str]:
    """What a report of a kind is called, by language of the interface."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = capfirst(str(Report.Kind(kind).label))
    return found


@transaction.atomic
def change(
    report: Report, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change title, audience and the like. Raises `StaleRecordError`."""
    records.change(report, values, "report.changed", expected_version=expected_version, actor=actor)


@transaction.atomic
def remove(report: Report, *, actor: Actor | None) -> None:
    """Remove a draft of which nothing was frozen yet. Raises `RefusedError` otherwise."""
    stored = Report.objects.select_for_update().get(pk=report.pk)
    if stored.versions.exists():
        raise RefusedError(_("Versions of it were frozen, so it stays."))
    records.remove(stored, "report.removed", actor=actor)


@transaction.atomic
def add_section(report: Report, values: Mapping[str, Any], *, actor: Actor | None) -> Section:
    """One more section, at the end."""
    last = _hold(report).sections.aggregate(last=Max("order"))["last"]
    section = Section(report=report, order=0 if last is None else last + 1, **values)
    records.add(section, "report.section_added", actor=actor)
    return section


@transaction.atomic
def change_section(
    section: Section, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a section's text, or leave it out. Raises `StaleRecordError`."""
    records.change(
        section, values, "report.section_changed", expected_version=expected_version, actor=actor
    )


@transaction.atomic
def remove_section(section: Section, *, actor: Actor | None) -> None:
    """Remove a section of one's own; a part of the data is left out instead (`RefusedError`)."""
    if section.code:
        raise RefusedError(_("The data fill this section: leave it out instead."))
    records.remove(section, "report.section_removed", actor=actor)


@transaction.atomic
def move_section(section: Section, *, up: bool, actor: Actor | None) -> None:
    """Change places with the section before or after it; at the ends nothing happens."""
    ordered = list(_hold(section.report).sections.all())
    place = next(number for number, it in enumerate(ordered) if it.pk == section.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for number, it in enumerate(ordered):
        if it.order != number:
            it.order = number
            it.save(update_fields=["order"])
    audit.record(actor, "report.section_moved", section)


@transaction.atomic
def add_point(report: Report, values: Mapping[str, Any], *, actor: Actor | None) -> Point:
    """A decision or a task of a meeting."""
    point = Point(report=report, **values)
    records.add(point, "report.point_added", actor=actor)
    return point


@transaction.atomic
def change_point(
    point: Point, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a decision or a task. Raises `StaleRecordError`."""
    records.change(
        point, values, "report.point_changed", expected_version=expected_version, actor=actor
    )


@transaction.atomic
def remove_point(point: Point, *, actor: Actor | None) -> None:
    records.remove(point, "report.point_removed", actor=actor)


def _hold(report: Report) -> Report:
    found: Report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    return found
