"""Lists of certificates: put together, approved by a director, cancelled."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from madang.certificates.actions.schemes import scheme_of
from madang.certificates.models import (
    Certificate,
    CertificateBatch,
    CertificateRule,
    Scheme,
    Spelling,
)
from madang.certificates.queries import fulfilment
from madang.core import approvals, audit, files, texts
from madang.core.models import Approval
from madang.core.policies import Who
from madang.people.actions.refusal import RefusedError
from madang.workshops.models import Edition, Participation

# What a kind may take beside attendance.
NEEDS = ("needs_pre_test", "needs_post_test", "needs_evaluation")
WITH_DIRECTOR = frozenset({Approval.State.CLEARED, Approval.State.APPROVED})


@transaction.atomic
def begin(edition: Edition, *, actor: audit.Actor) -> CertificateBatch:
    """List everybody who is due a certificate and has none, for each kind.

    Raises `RefusedError` without rules, and where nobody is left.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    _require_scheme(edition)
    served = set(
        Certificate.objects.filter(participation__edition=edition, is_current=True).values_list(
            "participation_id", "kind"
        )
    )
    due = [
        (standing.participation, kind)
        for standing in fulfilment.standings(edition)
        for kind, claim in standing.claims.items()
        if claim.is_due and (standing.participation.pk, kind) not in served
    ]
    if not due:
        raise RefusedError(
            _("Nobody is due a certificate: they have theirs, or the conditions are not met.")
        )
    last = edition.certificate_batches.aggregate(last=Max("number"))["last"] or 0
    batch = CertificateBatch(edition=edition, number=last + 1)
    batch.save(force_insert=True)
    languages = _languages(edition)
    Certificate.objects.bulk_create(
        Certificate(
            batch=batch,
            participation=part,
            kind=kind,
            subject=part.person.subject,
            certificate_language=languages.get(part.pk, part.person.language),
            version=1,
        )
        for part, kind in due
    )
    audit.record(actor, "certificates.added", batch, number=len(due))
    return batch


def _languages(edition: Edition) -> dict[Any, str]:
    """In which language who has chosen one wants theirs."""
    chosen = Spelling.objects.filter(participation__edition=edition)
    return dict(chosen.values_list("participation_id", "certificate_language"))


@transaction.atomic
def take_out(certificate: Certificate, *, actor: audit.Actor) -> None:
    """List somebody no longer. Raises `RefusedError` once the list is with the director."""
    batch = CertificateBatch.objects.select_for_update().get(pk=certificate.batch_id)
    if batch.state != CertificateBatch.State.DRAFT or is_with_director(batch):
        raise RefusedError(_("This list is with the director, issued or cancelled."))
    Certificate.objects.filter(pk=certificate.pk, document=None).delete()
    audit.record(actor, "certificates.changed", batch)


# --- Approval -------------------------------------------------------------------------------------
def content(batch: CertificateBatch) -> dict[str, Any]:
    """What a director approves: signatures, rules and words in every language, and the list.

    Certificates stand here by their ids: an approval is kept for ever, and names nobody. How a name
    is spelled is its owner's, until the certificate is issued.
    """
    scheme = _require_scheme(batch.edition)
    rules = list(batch.edition.certificate_rules.all())
    texts.prefetch(rules)
    texts.prefetch([scheme])
    exempted = set(
        batch.certificates.filter(participation__exemptions__kind=F("kind")).values_list(
            "pk", flat=True
        )
    )
    return {
        "scheme": {
            "language": scheme.language,
            **{name: scheme.all_wordings(name) for name in Scheme.TRANSLATED},
            "prefix": scheme.prefix,
            "pictures": sorted(file.digest for file in files.of(scheme)),
        },
        "rules": {
            rule.kind: {
                "language": rule.language,
                **{name: rule.all_wordings(name) for name in CertificateRule.TRANSLATED},
                "share": rule.share,
                "needs": [name for name in NEEDS if getattr(rule, name)],
            }
            for rule in rules
        },
        "certificates": [
            {
                "certificate": str(pk),
                "kind": kind,
                "language": language,
                "by_exception": pk in exempted,
            }
            for pk, kind, language in batch.certificates.filter(replaces=None)
            .order_by("pk")
            .values_list("pk", "kind", "certificate_language")
        ],
    }


@transaction.atomic
def put_up(batch: CertificateBatch, *, director: Who, actor: Who) -> Approval:
    """Hand a list to a director, fixed as it is now; what came back is put up anew."""
    stored = CertificateBatch.objects.select_for_update().get(pk=batch.pk)
    if stored.state != CertificateBatch.State.DRAFT:
        raise RefusedError(_("This list is issued or cancelled."))
    if not stored.certificates.exists():
        raise RefusedError(_("There is nobody in it."))
    if not _require_scheme(stored.edition).signatory:
        raise RefusedError(_("Say first who signs the certificates."))
    for sent_back in approvals.of(stored).filter(state=Approval.State.DRAFT):
        approvals.withdraw(sent_back, actor=actor)
    approval = approvals.start(stored, actor=actor, director=director)
    approvals.clear(approval, actor=actor)
    return approval


def approved_as_it_is(batch: CertificateBatch) -> bool:
    """Whether a director approved the list, rules and words just as they are now."""
    approval = approvals.approved(batch)
    if approval is None:
        return False
    return approvals.digest(approvals.canonical(content(batch))) == approval.digest


def is_with_director(batch: CertificateBatch) -> bool:
    """Whether the list lies with a director, or was approved: nothing in it changes then."""
    latest = approvals.latest(batch)
    return latest is not None and latest.state in WITH_DIRECTOR


@transaction.atomic
def cancel(batch: CertificateBatch, *, actor: Who) -> None:
    """Give a list up before it is issued: nobody in it is served by it."""
    batch.cancel(actor=actor)
    for approval in approvals.of(batch).filter(
        state__in=(Approval.State.DRAFT, Approval.State.CLEARED)
    ):
        approvals.withdraw(approval, actor=actor)
    batch.certificates.filter(document=None).delete()


def _require_scheme(edition: Edition) -> Scheme:
    scheme = scheme_of(edition)
    if scheme is None:
        raise RefusedError(_("Set the rules of the certificates first."))
    return scheme


def sample(edition: Edition, participation: Participation, kind: str) -> Certificate:
    """A certificate of somebody that is not kept, for a look at how it will be."""
    return Certificate(
        batch=CertificateBatch(edition=edition, number=0),
        participation=participation,
        subject=participation.person.subject,
        kind=kind,
        certificate_language=participation.person.language,
    )
