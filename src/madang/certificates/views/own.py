"""One's own certificates: the name on them, to take away, and what others are shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.certificates import badges
from madang.certificates.actions import holding
from madang.certificates.actions.schemes import scheme_of
from madang.certificates.forms.certificates import SpellingForm
from madang.certificates.models import Certificate, CertificateRule
from madang.certificates.queries import fulfilment, lists
from madang.certificates.queries.spelling import initial, languages
from madang.certificates.views.public import picture
from madang.core.requests import Request, form_page
from madang.documents import verification
from madang.documents.models import IssuedDocument
from madang.workshops.models import Participation
from madang.workshops.pages import serving
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common

View = Callable[..., HttpResponseBase]


def _of_own(view: View) -> View:
    """Give a view the participation of whoever asks, as a participant of that edition, or a 404."""

    @wraps(view)
    def wrapped(request: Request, slug: str, **arguments: Any) -> HttpResponseBase:
        row = public.edition_row(request.who, slug)
        mine = public_people.own_participation(row, request.who)
        if mine is None or mine.kind != Participation.Kind.PARTICIPANT:
            raise Http404
        with timezone.override(row.zone):
            return view(request, row, mine, **arguments)

    return wrapped


@require_safe
@_of_own
def certificate(request: Request, row: EditionRow, mine: Participation) -> HttpResponseBase:
    """One's own certificates, or how one stands with them until then."""
    edition = public.editions([row.id])[row.id]
    found = lists.whole(
        Certificate.objects.filter(participation=mine, document__isnull=False)
    ).order_by("kind", "-issued_at")
    standing = next(iter(fulfilment.standings(edition, only=mine.pk)), None)
    held = [each for each in found if each.file_id and each.is_current]
    served = {each.kind for each in held}
    context = {
        "edition": edition,
        "scheme": scheme_of(edition),
        "spelling": holding.spelling_of(mine),
        "held": [(each, verification.address(each.document)) for each in held],
        "revoked": [
            each for each in found
            if each.document.state == IssuedDocument.State.REVOKED
            and not hasattr(each, "replaced_by")
        ],
        "claims": [
            claim for claim in standing.claims.values() if claim.kind not in served
        ] if standing else [],
    }  # fmt: skip
    return serving.serve_fresh(request, row, "certificates/own/certificate.html", context)


def _address(row: EditionRow) -> str:
    return reverse("own_certificates:certificate", args=[row.slug])


@form_page
@_of_own
def spelling(request: Request, row: EditionRow, mine: Participation) -> HttpResponseBase:
    """Confirm how one's name is to be printed."""
    edition = public.editions([row.id])[row.id]
    if scheme_of(edition) is None:
        raise Http404
    form = SpellingForm(request.POST or None, initial=initial(mine), languages=languages(edition))

    def act() -> None:
        holding.confirm_spelling(mine, **form.cleaned_data, actor=request.who)

    if form.is_valid() and common.performed(form, act):
        return common.done(request, _("Thank you: your name is confirmed."), _address(row))
    context = {"edition": edition, "form": form, "cancel": _address(row)}
    return serving.serve_fresh(request, row, "certificates/own/spelling.html", context)


def _held(mine: Participation, certificate_id: UUID) -> Certificate:
    held = Certificate.objects.filter(
        participation=mine, is_current=True, file__isnull=False
    ).select_related("participation__person__subject", "batch__edition", "document")
    return common.found(held, certificate_id)


@require_POST
@_of_own
def show_name(
    request: Request, row: EditionRow, mine: Participation, certificate_id: UUID
) -> HttpResponseBase:
    """Show one's name to whoever verifies, or no longer."""
    held = _held(mine, certificate_id)
    shows = request.POST.get("shows") == "yes"
    holding.show_name(held, shows=shows, actor=request.who)
    said = (
        _("Whoever verifies this certificate sees your name now.")
        if shows
        else _("Whoever verifies this certificate no longer sees your name.")
    )
    return common.done(request, said, _address(row))


@require_safe
@_of_own
def credential(
    _request: Request, _row: EditionRow, mine: Participation, certificate_id: UUID
) -> HttpResponse:
    """The signed credential as a file."""
    held = _held(mine, certificate_id)
    response = JsonResponse(
        badges.signed(held), content_type=badges.CREDENTIAL_TYPE, json_dumps_params={"indent": 1}
    )
    return _to_keep(response, f"{_file_name(held)}.json")


@require_safe
@_of_own
def badge(
    _request: Request, _row: EditionRow, mine: Participation, certificate_id: UUID
) -> HttpResponse:
    """The picture with the signed credential in it."""
    held = _held(mine, certificate_id)
    rule = CertificateRule.objects.select_related("edition").get(
        edition=held.batch.edition, kind=held.kind
    )
    response = HttpResponse(badges.baked(held, picture(rule)), content_type="image/svg+xml")
    return _to_keep(response, f"{_file_name(held)}.svg")


def _file_name(certificate: Certificate) -> str:
    return str(certificate.document.reference).replace("/", "-")


def _to_keep(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=name)
    )
    response["Cache-Control"] = "private, no-store"
    return response
