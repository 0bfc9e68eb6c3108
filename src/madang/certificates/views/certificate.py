"""One certificate: taken out before approval; its file, revocation and replacement after."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from madang.certificates.actions import batches, issuing
from madang.certificates.forms.certificates import ReasonForm
from madang.certificates.models import Certificate
from madang.certificates.queries import lists
from madang.certificates.views.pages import found_certificate, page
from madang.core import audit
from madang.core.models import Job
from madang.core.requests import Request, form_page
from madang.documents import verification
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _address(certificate: Certificate) -> str:
    slug = certificate.batch.edition.slug
    return reverse("certificates:certificate", args=[slug, certificate.pk])


@require_safe
@common.of_edition()
def certificate(request: Request, edition: Edition, certificate_id: UUID) -> HttpResponseBase:
    """Where one certificate stands, and what can be done with it."""
    found = found_certificate(edition, certificate_id)
    (row,) = lists.rows([found])
    document = found.document
    return page(
        request, "certificate", edition,
        certificate=found,
        row=row,
        document=document,
        code=verification.code(document) if document is not None else "",
        address=verification.address(document) if document is not None else "",
        is_open=document is None and not batches.is_with_director(found.batch),
        history=audit.trail(request.who, thing=found),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def take_out(request: Request, edition: Edition, certificate_id: UUID) -> HttpResponseBase:
    """List somebody no longer."""
    found = found_certificate(edition, certificate_id)
    batch = reverse("certificates:batch", args=[edition.slug, found.batch_id])
    return common.remove(
        request,
        lambda: batches.take_out(found, actor=request.who),
        said=_("The certificate is taken out of the list."),
        back=batch,
        title=_("Take %(name)s out of the list?") % {"name": found.participation.person},
        submit=_("Take it out"),
    )


@form_page
@common.of_edition(changes=True)
def revoke(request: Request, edition: Edition, certificate_id: UUID) -> HttpResponseBase:
    """A certificate holds no longer."""
    found = found_certificate(edition, certificate_id)
    hint = gettext_lazy("The holder reads it; whoever verifies learns only that it is revoked.")
    form = ReasonForm(request.POST or None, hint=hint)
    return common.edit(
        request,
        form,
        lambda: issuing.revoke(found, form.cleaned_data["reason"], actor=request.who),
        said=_("The certificate is revoked."),
        back=_address(found),
        title=_("Revoke this certificate?"),
        submit=_("Revoke it"),
        edition=edition,
        lead=_("Paper and credential will be shown as revoked. This can't be undone."),
    )


@form_page
@common.of_edition(changes=True)
def again(request: Request, edition: Edition, certificate_id: UUID) -> HttpResponseBase:
    """Replace a certificate by one with the name as it is spelled now."""
    found = found_certificate(edition, certificate_id)
    if request.method == "POST":
        jobs: list[Job] = []
        if common.tried(
            request, lambda: jobs.append(issuing.issue_again(found, actor=request.who))
        ):
            return HttpResponseRedirect(jobs[0].get_absolute_url())
        return HttpResponseRedirect(_address(found))
    return common.confirm(
        request,
        title=_("Issue this certificate again?"),
        submit=_("Issue it again"),
        back=_address(found),
        consequences=[
            _("The new one has a number of its own, and the name as it is spelled now."),
            _("Whoever verifies the one before learns that it is replaced."),
        ],
    )
