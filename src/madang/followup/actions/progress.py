"""Telling what became of each action, with evidence."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import audit, clock, files
from madang.core.models import StaleRecordError, StoredFile
from madang.followup.models import Action, Progress, ReleasedPart, Report, Round
from madang.people.actions.people import tidy
from madang.people.actions.refusal import RefusedError

STATEMENTS = ("evidence", "helped", "hindered")
FIELDS = ("status", *STATEMENTS)
MOST_FILES = 5


@transaction.atomic
def tell(
    progress: Progress,
    rows: Mapping[Action, Mapping[str, Any]],
    *,
    expected_version: int,
    actor: audit.Actor | None,
    is_sent: bool = True,
) -> Progress:
    """Keep what is said of each action; sent, it is the answer, which may be changed and sent anew.

    A statement that is changed is no longer shown to a supervisor until it is released again. The
    rows may carry an `upload`. Raises `RefusedError` once the round is closed, `StaleRecordError`,
    `TransitionRefusedError` where an action has no status, `UnwantedFileError`.
    """
    stored = Progress.objects.select_for_update(of=("self",)).get(pk=progress.pk)
    asking = Round.objects.get(pk=stored.round_id)
    if asking.state != Round.State.OPEN:
        raise RefusedError(_("Answers are no longer taken. What you wrote stays."))
    if stored.version != expected_version:
        raise StaleRecordError(f"Progress {stored.pk} was saved by another device.")
    subject = progress.plan.participation.person.subject
    scope = asking.edition_id
    reports = {report.action_id: report for report in stored.reports.all()}
    changed = 0
    for action, values in rows.items():
        report = reports.get(action.pk) or Report(progress=stored, action=action, subject=subject)
        changed += _write(report, values)
        _attach(report, values.get("upload"), subject, actor)
    if changed:
        stored.save()
        audit.record(actor, "progress.told", stored, scope=scope, number=changed)
    if is_sent and (changed or stored.state == Progress.State.ASKED):
        stored.answer(actor=actor, scope=scope, fields={"answered_at": clock.now()})
    return stored


def _write(report: Report, values: Mapping[str, Any]) -> bool:
    values = {name: tidy(values[name] or "") for name in FIELDS if name in values}
    changed = [name for name in values if getattr(report, name) != values[name]]
    if not changed and not report._state.adding:
        return False
    for name, value in values.items():
        setattr(report, name, value)
    report.save()
    ReleasedPart.objects.filter(report=report, part__in=changed).delete()
    return True


def _attach(report: Report, upload: Any, subject: Any, actor: audit.Actor | None) -> None:
    if not upload:
        return
    if files.of(report).count() >= MOST_FILES:
        raise RefusedError(_("There are five files already: remove one first."))
    files.store(upload, owner=report, subject=subject, actor=actor)


@transaction.atomic
def remove_file(progress: Progress, file: StoredFile, *, actor: audit.Actor | None) -> None:
    """Remove a file of evidence while the round takes answers."""
    if Round.objects.get(pk=progress.round_id).state != Round.State.OPEN:
        raise RefusedError(_("Answers are no longer taken. What you wrote stays."))
    files.remove(file, actor=actor)
