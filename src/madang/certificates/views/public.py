"""For verifiers elsewhere: keys, achievements, status lists. For anybody: a credential verified."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from madang.certificates import badges, checking, rules
from madang.certificates.forms.credentials import CredentialForm
from madang.certificates.models import Certificate, CertificateRule, Scheme
from madang.core import texts
from madang.core.requests import Request, form_page

# Seconds for which what is published may be kept elsewhere.
_KEPT = 300


@require_safe
def did(_request: HttpRequest) -> HttpResponse:
    """The DID's document: the public keys."""
    return _published(badges.did_document(), "application/did+json")


@require_safe
def issuer(_request: HttpRequest) -> HttpResponse:
    """The issuer's profile."""
    scheme = Scheme.objects.order_by("-created_at").first()
    return _published(badges.profile(scheme), "application/ld+json")


@require_safe
def achievement(request: Request, rule_id: UUID) -> HttpResponse:
    """What one kind of certificate of an edition stands for."""
    rule = _rule(request, rule_id)
    return _published(badges.achievement_document(rule), "application/ld+json")


@require_safe
def image(request: Request, rule_id: UUID) -> HttpResponse:
    """The picture of one kind of certificate."""
    rule = _rule(request, rule_id)
    response = HttpResponse(picture(rule), content_type="image/svg+xml")
    return _public(response)


def picture(rule: CertificateRule) -> bytes:
    """The picture of a badge, as an SVG file."""
    edition = rule.edition
    context = {
        "kind": rule.kind,
        "title": rule.wording("title", "en"),
        "year": edition.starts_on.year,
    }
    return render_to_string("certificates/badge.svg", context).strip().encode()


@require_safe
def status(_request: HttpRequest, number: int) -> HttpResponse:
    """Which credentials of a list are revoked, signed."""
    if not Certificate.objects.filter(status_list=number).exists():
        raise Http404
    return _published(badges.status_document(number), badges.CREDENTIAL_TYPE)


@form_page
def verify(request: Request) -> HttpResponseBase:
    """Whether a credential in somebody's hands was signed here, is unaltered, and holds."""
    form = CredentialForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        verdict = checking.verify(form.cleaned_data["credential"].read())
        context["verdict"] = verdict
        if verdict.certificate is not None:
            texts.prefetch([verdict.certificate.batch.edition])
    response = render(request, "certificates/public/verify.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _rule(request: Request, rule_id: UUID) -> CertificateRule:
    known = CertificateRule.objects.select_related("edition")
    return rules.see_rule.get_or_404(request.who, known, pk=rule_id)


def _published(document: badges.Document, content_type: str) -> HttpResponse:
    return _public(JsonResponse(document, content_type=content_type))


def _public(response: HttpResponse) -> HttpResponse:
    # Verifiers in other people's browsers read it, too.
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=_KEPT)
    return response
