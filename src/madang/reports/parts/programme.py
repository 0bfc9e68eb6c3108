"""Parts about what took place: the programme as it was held, papers, conclusions, advice."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.attendance.queries import by_session
from madang.core import locales, texts
from madang.core.charts import Chart, Series
from madang.groups.queries import conclusions
from madang.papers import queries as papers
from madang.papers.models import Paper
from madang.reports import blocks
from madang.reports.blocks import Block
from madang.workshops.models import Edition, ProgrammeVersion, Recommendation, Session
from madang.workshops.programme import differences, snapshot
from madang.workshops.programme.entries import Programme, SessionEntry
from madang.workshops.programme.sentences import told


def programme(edition: Edition) -> list[Block]:
    """Every session that took place, by day with who came; then what changed since the first."""
    versions = list(ProgrammeVersion.objects.filter(edition=edition).order_by("number"))
    if not versions:
        return []
    last = snapshot.read(versions[-1].content)
    came = {
        count.session.pk: count.came
        for count in by_session(edition)
        if count.is_over and count.came
    }
    found = [_version(versions[-1], len(versions))]
    for day in last.days:
        held = [entry for entry in last.on(day) if not entry.is_cancelled]
        if held:
            found.append(_day(day, held, last, came))
    changes = _changed(snapshot.read(versions[0].content), last)
    if changes:
        found += [blocks.subheading(_("What changed since the first version")), changes]
    return found


def _version(version: ProgrammeVersion, count: int) -> Block:
    said = ngettext(
        "The programme as it was published last, on %(day)s; there was %(count)s version.",
        "The programme as it was published last, on %(day)s; there were %(count)s versions.",
        count,
    )
    day = locales.calendar_date(version.published_at, "long")
    return blocks.sentence(said % {"day": day, "count": locales.number(count)})


def _day(day: date, held: list[SessionEntry], last: Programme, came: Mapping[UUID, int]) -> Block:
    rows = [
        (
            locales.time_range(entry.starts_at, entry.ends_at, last.zone),
            str(entry.title),
            capfirst(str(Session.Kind(entry.kind).label)),
            locales.number(came[entry.id]) if entry.id in came else "",
        )
        for entry in held
    ]
    headings = [_("Time"), _("Session"), _("Kind"), _("Attended")]
    if not any(row[3] for row in rows):
        headings, rows = headings[:3], [row[:3] for row in rows]
    return blocks.table(locales.calendar_date(day, "full"), headings, rows, numeric=(3,))


def _changed(first: Programme, last: Programme) -> Block | None:
    changes = differences.compare(first, last)
    sentences = told((it for it in changes if it.kind != "translation"), first, last)
    return blocks.listing(sentences) if sentences else None


def attendance(edition: Edition) -> list[Block]:
    """How many were in each session that counts."""
    counted = [count for count in by_session(edition) if count.counts and count.is_over]
    counted = [count for count in counted if count.came]
    if not counted:
        return []
    due = sum(count.expected + count.also - count.excused for count in counted)
    share = sum(count.came for count in counted) / due if due else 0
    said = _("Over all sessions, %(share)s of those expected were there.") % {
        "share": locales.percent(share)
    }
    names = tuple(str(count.session.wording("title")) for count in counted)
    values = tuple(float(count.came) for count in counted)
    title = _("People in each session")
    return [blocks.chart(Chart("bars", title, said, names, (Series("", values),)))]


def group_conclusions(edition: Edition) -> list[Block]:
    """What the groups concluded, by session."""
    found: list[Block] = []
    heading = ""
    for one in conclusions(edition):
        title = str(one.session.wording("title"))
        if title != heading:
            found.append(blocks.subheading(title))
            heading = title
        group = _("Group %(number)s") % {"number": locales.number(one.group_number)}
        found += [blocks.sentence(group), blocks.prose(one.text)]
    return found


def country_papers(edition: Edition) -> list[Block]:
    """Which delegations gave which papers."""
    board = papers.board(edition)
    if not board.rows:
        return []
    accepted = Paper.State.ACCEPTED
    rows = [
        (
            str(row.country.wording("name")),
            *("✓" if cell.state == accepted else "–" for cell in row.cells),
        )
        for row in board.rows
        if row.has_accepted
    ]
    if not rows:
        return []
    said = ngettext(
        "%(number)s delegation gave a paper that was accepted.",
        "%(number)s delegations gave papers that were accepted.",
        len(rows),
    ) % {"number": locales.number(len(rows))}
    kinds = [capfirst(str(kind.wording("title"))) for kind in board.kinds]
    return [blocks.sentence(said), blocks.table(_("Papers"), (_("Country"), *kinds), rows)]


def recommendations(edition: Edition) -> list[Block]:
    """What this edition says to the next."""
    accepted = list(edition.recommendations.filter(state=Recommendation.State.ACCEPTED))
    texts.prefetch(accepted)
    rows = [(locales.number(one.number), str(one.wording("text"))) for one in accepted]
    return [blocks.table(_("Recommendations"), (_("Number"), _("Text")), rows)] if rows else []
