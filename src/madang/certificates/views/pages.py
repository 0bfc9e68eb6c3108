"""What the secretariat's pages of certificates share."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from madang.certificates import rules
from madang.certificates.models import Certificate, CertificateBatch, CertificateRule
from madang.certificates.queries import lists
from madang.core.requests import Request
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page; `may_change` and `may_except` tell what it offers."""
    context |= {
        "edition": edition,
        "may_change": common.may_change(request, edition),
        "may_except": rules.grant_exemptions.can(request.who, edition),
    }
    return render(request, f"certificates/{name}.html", context)


def home(edition: Edition) -> str:
    """The address of the page that all others are reached from."""
    return reverse("certificates:certificates", args=[edition.slug])


def found_batch(edition: Edition, batch_id: UUID) -> CertificateBatch:
    """The list that the address names, or a 404."""
    batch = common.found(edition.certificate_batches.all(), batch_id)
    batch.edition = edition
    return batch


def found_certificate(edition: Edition, certificate_id: UUID) -> Certificate:
    """The certificate that the address names, or a 404."""
    mine = Certificate.objects.filter(batch__edition=edition)
    certificate = common.found(lists.whole(mine), certificate_id)
    certificate.batch.edition = edition
    return certificate


def found_rule(edition: Edition, kind: str) -> CertificateRule:
    """The rule of a kind, or a 404."""
    rule: CertificateRule | None = edition.certificate_rules.filter(kind=kind).first()
    if rule is None:
        raise Http404
    rule.edition = edition
    return rule
