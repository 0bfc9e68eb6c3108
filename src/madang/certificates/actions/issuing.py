"""Issuing certificates: each gets its number, its code, its place in a status list and its file.

Once each, whatever happens meanwhile: what a job that died has numbered keeps its number, and what
has a file is left alone. When all are made, everybody is told by mail, once.
"""

import random
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.certificates import badges, papers
from madang.certificates.actions import batches
from madang.certificates.actions.schemes import scheme_of
from madang.certificates.models import Certificate, CertificateBatch, Spelling
from madang.core import (
    addresses,
    approvals,
    audit,
    clock,
    files,
    jobs,
    limits,
    locales,
    outbox,
    texts,
)
from madang.core.jobs import Outcome, Progress
from madang.core.models import Job
from madang.core.policies import Who
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.documents.numbering import next_reference
from madang.people.actions.refusal import RefusedError
from madang.people.models import Account

JOB = "certificates.issue"
# So many are typeset by one process: its start takes longer than a certificate.
AT_ONCE = 50
# Places are found by chance, so that nobody's neighbours in a list can be guessed.
_chance = random.SystemRandom()


def kind_of_document(kind: str) -> str:
    """The kind under which `documents.verification` knows certificates of a kind."""
    return f"certificate.{kind}"


@transaction.atomic
def issue(batch: CertificateBatch, *, actor: Who) -> Job:
    """Issue what a director approved, in the background.

    Raises `RefusedError` where something changed since; `TransitionRefusedError` without approval.
    """
    stored = _hold(batch)
    if approvals.approved(stored) is not None and not batches.approved_as_it_is(stored):
        raise RefusedError(
            _("Something has changed since the director approved: put the list up again.")
        )
    batch.issue(actor=actor, fields={"issued_at": clock.now()}, number=stored.certificates.count())
    return _start(batch, actor)


@transaction.atomic
def go_on(batch: CertificateBatch, *, actor: Who) -> Job:
    """Make what is missing of an issued list. Raises `RefusedError` where nothing is."""
    stored = _hold(batch)
    if stored.state != CertificateBatch.State.ISSUED or not unmade(stored).exists():
        raise RefusedError(_("There is no certificate to make."))
    return _start(stored, actor)


@transaction.atomic
def revoke(certificate: Certificate, reason: str, *, actor: Who) -> None:
    """A certificate holds no longer; whoever verifies paper or credential learns so.

    Raises `RefusedError` without a reason, and where it is not issued.
    """
    row = _hold_issued(certificate)
    if not reason.strip():
        raise RefusedError(_("Say why: the holder reads it."), "reason")
    row.revoked_because = reason.strip()
    row.is_current = False
    row.save(update_fields=["revoked_because", "is_current"])
    verification.revoke(row.document, actor=actor)
    audit.record(actor, "certificate.revoked", row, certificate=row.kind)


@transaction.atomic
def issue_again(certificate: Certificate, *, actor: Who) -> Job:
    """Replace a certificate by one with the name as it is spelled now, and a number of its own.

    The one before is revoked, and says that it is replaced. What the director approved – that this
    person gets this certificate – stays as it is, so nobody is asked again.
    """
    row = _hold_issued(certificate)
    if row.document.state != IssuedDocument.State.VALID:
        raise RefusedError(_("This certificate is revoked: there is nothing to replace."))
    row.is_current = False
    row.save(update_fields=["is_current"])
    verification.revoke(row.document, actor=actor)
    made = Certificate(
        batch=row.batch,
        participation=row.participation,
        subject=row.subject,
        kind=row.kind,
        certificate_language=_wanted_language(row),
        shows_name=row.shows_name,
        replaces=row,
    )
    made.save(force_insert=True)
    audit.record(actor, "certificate.replaced", row, certificate=row.kind)
    return _start(row.batch, actor)


def unmade(batch: CertificateBatch):  # type: ignore[no-untyped-def]
    """Certificates of a list that have no file, of people whose data are here."""
    return batch.certificates.filter(
        file=None, is_current=True, participation__person__erased_at=None
    )


def _wanted_language(certificate: Certificate) -> str:
    spelling = Spelling.objects.filter(participation=certificate.participation_id).first()
    return spelling.certificate_language if spelling else certificate.certificate_language


def _hold(batch: CertificateBatch) -> CertificateBatch:
    return (
        CertificateBatch.objects.select_for_update(of=("self",))
        .select_related("edition")
        .get(pk=batch.pk)
    )


def _hold_issued(certificate: Certificate) -> Certificate:
    row: Certificate = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("batch__edition", "document", "participation")
        .get(pk=certificate.pk)
    )
    if row.document is None:
        raise RefusedError(_("This certificate is not issued yet."))
    return row


def _start(batch: CertificateBatch, actor: Who) -> Job:
    return jobs.start(
        JOB,
        actor=actor,
        title=_("Certificates: list %(number)s") % {"number": locales.number(batch.number)},
        arguments={"batch": str(batch.pk), "officer": str(actor.audit_id)},
    )


# --- In the worker --------------------------------------------------------------------------------
def issue_certificates(progress: Progress, *, batch: str, officer: str) -> Outcome:
    """Make every certificate of the list that is not made, then tell whose they are."""
    chosen = CertificateBatch.objects.select_related("edition__country").get(pk=UUID(batch))
    actor = Account.objects.get(pk=UUID(officer))
    wanted = list(unmade(chosen).order_by("kind", "pk").values_list("pk", flat=True))
    made, why_not = 0, ""
    for start in range(0, len(wanted), AT_ONCE):
        done, refused = _make(chosen, wanted[start : start + AT_ONCE], actor)
        made, why_not = made + done, why_not or refused
        progress.report(min(start + AT_ONCE, len(wanted)), len(wanted))
    tell(chosen, actor=actor)
    said = ngettext(
        "%(number)s certificate is issued.", "%(number)s certificates are issued.", made
    )
    said %= {"number": locales.number(made)}
    missed = len(wanted) - made
    if missed:
        more = ngettext(
            "%(number)s could not be: %(why)s", "%(number)s could not be: %(why)s", missed
        )
        said += " " + more % {"number": locales.number(missed), "why": why_not}
    url = reverse("certificates:batch", args=[chosen.edition.slug, chosen.pk])
    return Outcome(said, url, _("The certificates"))


def _make(batch: CertificateBatch, wanted: Sequence[UUID], actor: Account) -> tuple[int, str]:
    """Make some certificates; how many, and why another could not be made."""
    content = approvals.approved_content(batch)
    scheme = scheme_of(batch.edition)
    if not isinstance(content, dict) or scheme is None:
        return 0, _("no director has approved them.")
    texts.prefetch([batch.edition])
    texts.prefetch([batch.edition.country])
    day = clock.today(batch.edition.zone)
    ready = [_number(key, content["scheme"]["prefix"], day, actor) for key in wanted]
    certificates = [certificate for certificate in ready if certificate is not None]
    writer = papers.Writer(batch.edition, content, day, papers.pictures(scheme))
    try:
        typeset = papers.typeset(writer, certificates)
    except (limits.LimitExceededError, limits.ProcessFailedError) as failed:
        raise jobs.JobError(str(failed)) from failed
    made, why_not = 0, ""
    for certificate, pdf in zip(certificates, typeset, strict=True):
        if isinstance(pdf, str):
            why_not = why_not or _("a name in it has letters for which there is no font here.")
        elif _keep(certificate, pdf, actor):
            made += 1
    return made, why_not


@transaction.atomic
def _number(key: UUID, prefix: str, day: object, actor: Account) -> Certificate | None:
    """Give a certificate its name, number, code and place, unless it has them; None once made."""
    row = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("participation__person__subject", "document", "batch", "subject")
        .get(pk=key)
    )
    if row.file_id is not None or not row.is_current:
        return None
    if row.document is None:
        spelling = Spelling.objects.filter(participation=row.participation_id).first()
        person = row.participation.person
        row.name = (spelling.name if spelling else "") or person.name
        row.latin_name = spelling.latin_name if spelling else person.latin_name
        row.document = verification.issue(
            row,
            kind_of_document(row.kind),
            next_reference(prefix),
            scope_id=row.batch.edition_id,
            issued_on=day,
            actor=actor,
        )
        row.issued_at = clock.now()
        row.status_list, row.status_index = _place()
        row.save()
    return row


def _place() -> tuple[int, int]:
    """A free bit of the status list that is being filled."""
    taken = Certificate.objects.filter(status_list__isnull=False)
    number = taken.count() // badges.LIST_FILLED + 1
    while True:
        index = _chance.randrange(badges.LIST_SIZE)
        if not taken.filter(status_list=number, status_index=index).exists():
            return number, index


@transaction.atomic
def _keep(certificate: Certificate, pdf: bytes, actor: Account) -> bool:
    """Store a file under the key of its person, unless another job was first."""
    row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if row.file_id is not None or row.subject.is_destroyed:
        return False
    name = f"{certificate.document.reference.replace('/', '-')}.pdf"
    row.file = files.store(pdf, owner=row, actor=actor, name=name, subject=row.subject)
    row.save(update_fields=["file"])
    verification.seal(certificate.document, pdf)
    return True


# --- Telling --------------------------------------------------------------------------------------
def tell(batch: CertificateBatch, *, actor: Who) -> int:
    """Write to everybody who was not told of certificates that are made; how many mails."""
    found = batch.certificates.filter(file__isnull=False, sent_at=None, is_current=True)
    people = dict.fromkeys(
        found.order_by("participation__created_at").values_list("participation_id", flat=True)
    )
    return sum(_tell(batch, participation, actor) for participation in people)


@transaction.atomic
def _tell(batch: CertificateBatch, participation_id: UUID, actor: Who) -> bool:
    mine = list(
        Certificate.objects.select_for_update(of=("self",))
        .select_related("participation__person__subject", "document")
        .filter(batch=batch, participation=participation_id, is_current=True)
        .filter(file__isnull=False, sent_at=None)
        .order_by("kind")
    )
    if not mine:
        return False
    person = mine[0].participation.person
    if not person.email:
        return False
    outbox.post(
        key=f"certificates:{':'.join(str(each.document_id) for each in mine)}"[:200],
        to=person,
        template="certificates/mails/issued",
        context={
            "edition": batch.edition,
            "person": person,
            "certificates": mine,
            "address": addresses.of("own_certificates:certificate", batch.edition.slug),
        },
        actor=actor,
        about=batch,
    )
    for each in mine:
        each.sent_at = clock.now()
        each.save(update_fields=["sent_at"])
    return True
