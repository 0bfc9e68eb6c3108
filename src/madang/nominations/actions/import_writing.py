"""Writing a file of nominations: everything that is settled, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import clock, jobs, locales
from madang.core.audit import Actor
from madang.core.models import Job
from madang.core.transitions import TransitionRefusedError
from madang.nominations.actions import nominations as actions
from madang.nominations.actions.import_settling import save_rows
from madang.nominations.actions.imports import open_and_locked
from madang.nominations.actions.nominations import Change
from madang.nominations.importing import asked, known, writing
from madang.nominations.importing.bulk import nothing_to_collect
from madang.nominations.importing.lines import Line, rows_of
from madang.nominations.importing.writing import Together
from madang.nominations.models import Import, ImportRow, Merit, Nomination, Question
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account, Country
from madang.workshops.models import Edition

JOB = "nominations.write_file"
NOMINATIONS_AT_ONCE = 2000

Decision = ImportRow.Decision

Report = Callable[[int, int, str], object]


@dataclass(frozen=True)
class Written:
    """What came of writing a file, in nominations and (what was left out) in lines."""

    new: int
    changed: int
    left: int
    incomplete: int


def start_writing(batch: Import, *, version: int, take_merit: bool, actor: Actor) -> Job:
    """Let the worker write a file as somebody saw it at a version."""
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Writing a file of nominations"),
        arguments={
            "batch": str(batch.pk),
            "version": version,
            "take_merit": take_merit,
            "actor": str(actor.audit_id),
        },
    )


def write_job(
    progress: jobs.Progress, *, batch: str, version: int, take_merit: bool, actor: str
) -> jobs.Outcome:
    """The job: write the file, in the name of who asked for it."""
    found = Import.objects.select_related("edition").get(pk=batch)
    account = Account.objects.get(pk=actor)
    # What is reported within the transaction would be seen only at its end.
    progress.report(0, found.rows.count(), _("Writing all lines that are settled"))
    try:
        written = write(found, take_merit=take_merit, expected_version=version, actor=account)
    except (RefusedError, TransitionRefusedError) as refused:
        raise jobs.JobError(str(refused)) from None
    url = reverse("nominations:import", args=[found.edition.slug, found.pk])
    return jobs.Outcome(in_words(written), url, _("Look at what was written"))


def in_words(written: Written) -> str:
    """What came of writing a file, for people."""
    said = _("%(new)s new, %(changed)s changed, %(left)s lines left out.") % {
        "new": locales.number(written.new),
        "changed": locales.number(written.changed),
        "left": locales.number(written.left),
    }
    if written.incomplete:
        drafts = ngettext(
            "%(number)s is a draft, since something is missing.",
            "%(number)s are drafts, since something is missing.",
            written.incomplete,
        )
        said += " " + drafts % {"number": locales.number(written.incomplete)}
    return said


@nothing_to_collect()
@transaction.atomic
def write(
    batch: Import,
    *,
    actor: Actor | None,
    take_merit: bool = False,
    expected_version: int | None = None,
    report: Report = lambda *_progress: None,
) -> Written:
    """Write all lines that are settled, in one transaction; each knows then what it became.

    New nominations are entered, and count as received where they are complete. Raises
    `RefusedError` where nothing would be written, or where somebody settled a line since
    `expected_version`; nothing is written then.
    """
    stored = open_and_locked(batch)
    if expected_version not in {None, stored.version}:
        raise RefusedError(
            _("Somebody settled lines in the meantime: look at what would be written again.")
        )
    listed = asked.questions_of(stored.edition)
    rows = rows_of(stored)
    total = 3 * len(rows)
    report(0, total, _("Putting the lines together"))
    plan = writing.plan(rows)
    if not plan.new and not plan.changed:
        raise RefusedError(_("There is nothing to write: settle some lines first."))
    report(len(rows), total, _("Writing nominations"))
    became, refused = _change(stored, plan.changed, listed, actor)
    changed = len(became)
    entered = _enter(stored, plan.new, listed, actor)
    became |= entered
    report(2 * len(rows), total, _("Writing nominations"))
    incomplete = _submit(stored.edition, list(entered.values()), actor)
    merits = _take_merit(became) if take_merit else 0
    left = len(plan.left) + sum(len(group.rows) for group in refused)
    _note(became, refused, plan.same)
    stored.write(
        actor=actor,
        fields={"written_at": clock.now()},
        new=len(entered),
        changed=changed,
        left=left,
        merits=merits,
    )
    return Written(len(entered), changed, left, incomplete)


def _enter(
    batch: Import, groups: Sequence[Together], listed: Sequence[Question], actor: Actor | None
) -> dict[Together, Nomination]:
    codes = {str(group.values["country"]) for group in groups}
    countries = {it.alpha2: it for it in Country.objects.filter(alpha2__in=codes)}
    entered = actions.enter_many(
        batch.edition,
        writing.entries(groups, listed, countries, batch.source),
        origin=Nomination.Origin.SPREADSHEET,
        actor=actor,
    )
    return dict(zip(groups, entered, strict=True))


def _submit(edition: Edition, entered: Sequence[Nomination], actor: Actor | None) -> int:
    """Let those that are complete count as received; returns how many are not.

    They were made a moment ago: what completeness asks for is at hand, but for what they answered.
    """
    prefetch_related_objects([edition], "call__questions__choices")
    asked_for = ("endorsement", "answers") if asked.questions_of(edition) else ("endorsement",)
    refused = 0
    for start in range(0, len(entered), NOMINATIONS_AT_ONCE):
        some = entered[start : start + NOMINATIONS_AT_ONCE]
        prefetch_related_objects(some, *asked_for)
        refused += len(actions.submit_many(some, actor=actor))
    return refused


def _change(
    batch: Import, groups: Sequence[Together], listed: Sequence[Question], actor: Actor | None
) -> tuple[dict[Together, Nomination], dict[Together, str]]:
    """Change nominations as lines say; returns those changed, and why others could not be."""
    nominations = known.nominations_of(
        batch.edition, [group.nomination for group in groups if group.nomination]
    )
    wanted = {}
    refused: dict[Together, str] = {}
    for group in groups:
        nomination = nominations.get(group.nomination) if group.nomination else None
        if nomination is None:
            refused[group] = _("The nomination is not there any more.")
        else:
            wanted[group] = writing.change(group, nomination, listed)
    refused |= _change_all(list(wanted.items()), actor)
    changed = {group: it.nomination for group, it in wanted.items() if group not in refused}
    return changed, refused


def _change_all(
    wanted: Sequence[tuple[Together, Change]], actor: Actor | None
) -> dict[Together, str]:
    """Change all of them, or find by halves those that can't be changed; returns why, for each."""
    if not wanted:
        return {}
    try:
        with transaction.atomic():
            actions.change_many([change for _group, change in wanted], actor=actor)
    except RefusedError as refusal:
        if len(wanted) == 1:
            return {wanted[0][0]: str(refusal.why)}
        half = len(wanted) // 2
        return _change_all(wanted[:half], actor) | _change_all(wanted[half:], actor)
    return {}


def _take_merit(became: Mapping[Together, Nomination]) -> int:
    """Take the scores of the file for merit, except where screening gave one; returns how many."""
    scores = {
        nomination.pk: Decimal(str(group.values["merit"])).quantize(Decimal("0.01"))
        for group, nomination in became.items()
        if group.values.get("merit") is not None
    }
    keys = list(scores)
    for start in range(0, len(keys), NOMINATIONS_AT_ONCE):
        some = keys[start : start + NOMINATIONS_AT_ONCE]
        there = dict(
            Merit.objects.filter(nomination__in=some).values_list("nomination_id", "origin")
        )
        for key in some:
            if there.get(key) == Merit.Origin.SCREENING:
                del scores[key]
        Merit.objects.bulk_create(
            [
                Merit(nomination_id=key, value=scores[key], origin=Merit.Origin.IMPORTED, version=1)
                for key in some
                if key in scores
            ],
            update_conflicts=True,
            unique_fields=("nomination",),
            update_fields=("value", "changed_at"),
        )
    return len(scores)


def _note(
    became: Mapping[Together, Nomination],
    refused: Mapping[Together, str],
    same: Sequence[ImportRow],
) -> None:
    """Say in each line what it became, or why it could not."""
    for row in same:
        row.nomination_id = row.matches_id
    noted = list(same)
    for group, nomination in became.items():
        for row in group.rows:
            row.nomination = nomination
        noted += group.rows
    for group, why in refused.items():
        for row in group.rows:
            line = Line.of(row)
            line.refusal = why
            row.content, row.decision = line.kept(), Decision.SKIP
        noted += group.rows
    save_rows(noted)
