"""Questions about reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from madang.core import texts
from madang.core.policies import Who
from madang.people.holders import holders, sorted_by_name
from madang.people.models import Account
from madang.reports import parts, rules
from madang.reports.models import Point, Report, Section
from madang.workshops.models import Edition, Participation


@dataclass(frozen=True)
class SectionRow:
    """A section as the desk lists it."""

    section: Section
    title: str
    explains: str
    is_written: bool


def of_edition(edition: Edition) -> list[Report]:
    """Every report of an edition, the oldest first, with its titles (two queries)."""
    found = list(edition.reports.select_related("issued", "document"))
    texts.prefetch(found)
    return found


def readable(who: Who, edition_id: Any) -> list[Report]:
    """What was issued and `who` may read, with its titles (two queries)."""
    found = list(_issued(who).filter(edition=edition_id).order_by("issued_at", "id"))
    texts.prefetch(found)
    return found


def _issued(who: Who) -> QuerySet[Report]:
    return rules.read.visible(
        who, Report.objects.select_related("issued", "document", "edition__country")
    )


def issued(who: Who, **lookup: Any) -> Report:
    """One of them, or a 404."""
    rows = Report.objects.select_related("issued", "document", "edition__country")
    found: Report = rules.read.get_or_404(who, rows, **lookup)
    if found.issued is not None:
        found.issued.report = found
    return found


def sections(report: Report) -> list[SectionRow]:
    """The sections in their order (two queries)."""
    listed = list(report.sections.all())
    texts.prefetch(listed)
    return [_row(section) for section in listed]


def _row(section: Section) -> SectionRow:
    part = parts.part(section.code)
    title = str(section.wording("title")) or (capfirst(str(part.title)) if part else "")
    explains = str(part.explains) if part else ""
    return SectionRow(section, title, explains, bool(section.text.strip()))


def points(report: Report) -> list[Point]:
    """Decisions and tasks with who is responsible (two queries)."""
    listed = list(report.points.select_related("responsible__person__subject"))
    texts.prefetch(listed)
    return listed


def people(edition: Edition) -> Iterable[Participation]:
    """Whom a task can be given to, by name."""
    rows = edition.participations.so_far().filter(state=Participation.State.EXPECTED)
    return sorted(rows.select_related("person__subject"), key=lambda one: one.person.sort_key)


def directors(report: Report, *, besides: Who) -> list[Account]:
    """Those who could approve a report, by name; whoever puts it up can't."""
    return sorted_by_name(holders("director", report.edition_id).exclude(pk=besides.audit_id))
