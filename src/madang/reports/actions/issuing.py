"""Freezing a version, having a director approve it, issuing it under a number, withdrawing it."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from madang.core import approvals, audit, clock, jobs
from madang.core.audit import Actor
from madang.core.jobs import Outcome, Progress
from madang.core.models import Approval, Job
from madang.core.policies import Who
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.documents.numbering import next_reference
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account
from madang.reports import assembling, making
from madang.reports.making import Order
from madang.reports.models import Report, ReportVersion

JOB = "reports.freeze"
CODES = {Report.Kind.FINAL: "REP", Report.Kind.PEOPLE: "PAR", Report.Kind.MINUTES: "MIN-S"}


def kind_of_document(kind: str) -> str:
    """The kind under which `documents.verification` knows reports of a kind."""
    return f"report.{kind}"


def ask(report: Report, *, actor: Who) -> Job:
    """Freeze a version and make its files, in the background."""
    return jobs.start(
        JOB,
        actor=actor,
        title=str(report.wording("title")),
        arguments={"report": str(report.pk), "officer": str(actor.audit_id)},
    )


def freeze_in_background(progress: Progress, *, report: str, officer: str) -> Outcome:
    """The job: freeze what the report says now, then make every file of it."""
    chosen = Report.objects.select_related("edition__country", "session").get(pk=UUID(report))
    version = freeze(chosen, actor=Account.objects.get(pk=UUID(officer)))
    version.report = chosen
    orders = [
        Order(version, code, form)
        for code, _name in settings.LANGUAGES
        for form in making.formats(chosen)
    ]
    for number, order in enumerate(orders, start=1):
        making.path(order)
        progress.report(number, len(orders), order.name)
    url = reverse("reports:version", args=[chosen.edition.slug, chosen.pk, version.number])
    return Outcome(_("The version is frozen."), url, _("Read it"))


@transaction.atomic
def freeze(report: Report, *, actor: Actor | None) -> ReportVersion:
    """What the report says now, as a version that never changes.

    Where it says what the last version said, that one is the answer.
    """
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    with timezone.override(report.edition.zone):
        content = assembling.assemble(report)
    # As it will be read again: plain texts and nothing else.
    text = approvals.canonical(content)
    digest = approvals.digest(text)
    last = report.versions.order_by("-number").first()
    if last is not None and last.digest == digest:
        return last
    version = ReportVersion(
        report=report,
        number=last.number + 1 if last else 1,
        content=approvals.parse(text),
        digest=digest,
    )
    version.save(force_insert=True)
    audit.record(actor, "report.frozen", report, number=version.number)
    return version


def approval_refusal(report: Report) -> str | None:
    """Why a director has nothing to approve in it now; None where there is something."""
    version = report.versions.first()
    if version is None:
        return _("Freeze a version first: that is what the director reads.")
    approved = approvals.approved(report)
    if approved is None or report.state == Report.State.WITHDRAWN:
        return None
    if approvals.parse(approved.content) != content(report):
        return None
    return _("A director has approved this version.")


def content(report: Report) -> dict[str, object]:
    """What a director approves: the last version, which never changes, by its fingerprint."""
    version = report.versions.order_by("-number").first()
    if version is None:
        return {}
    return {
        "number": version.number,
        "digest": version.digest,
        "audience": version.content["audience"],
    }


@transaction.atomic
def put_up(report: Report, *, director: Who, actor: Who) -> Approval:
    """Hand the last version to a director. Raises `RefusedError` where there is nothing to read."""
    stored = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if refusal := approval_refusal(stored):
        raise RefusedError(refusal)
    approval = approvals.start(report, actor=actor, director=director)
    approvals.clear(approval, actor=actor)
    return approval


def issue(report: Report, *, actor: Actor | None) -> None:
    """Give what was approved its number and code; whoever it is for can read it from now on.

    What was issued before is revoked. Raises `TransitionRefusedError` without an approval.
    """
    _issue(report, actor=actor)
    report.refresh_from_db()
    if report.issued is not None:
        making.path(making.sealed_file(report.issued))


@transaction.atomic
def _issue(report: Report, *, actor: Actor | None) -> None:
    stored = (
        Report.objects.select_for_update(of=("self",)).select_related("edition").get(pk=report.pk)
    )
    refusal = stored.issue.refusal()
    approved = approvals.approved(stored)
    if refusal is not None or approved is None:
        stored.issue(actor=actor)
        return
    stated = approvals.parse(approved.content)
    version = stored.versions.get(number=stated["number"])
    if stored.document is not None and stored.document.state == IssuedDocument.State.VALID:
        verification.revoke(stored.document, actor=actor)
    zone = stored.edition.zone
    document = verification.issue(
        stored,
        kind_of_document(stored.kind),
        next_reference(f"INC/{CODES[Report.Kind(stored.kind)]}", year=clock.today(zone).year),
        scope_id=stored.edition_id,
        issued_on=clock.today(zone),
        actor=actor,
    )
    fields = {
        "issued": version,
        "approval": approved,
        "document": document,
        "issued_audience": version.content["audience"],
        "issued_at": clock.now(),
    }
    stored.issue(actor=actor, fields=fields, number=version.number)


@transaction.atomic
def withdraw(report: Report, *, actor: Actor | None) -> None:
    """Nobody reads it any more, and its number holds no longer."""
    report.withdraw(actor=actor)
    if report.document is not None and report.document.state == IssuedDocument.State.VALID:
        verification.revoke(report.document, actor=actor)
