"""One participant: what they fulfil, how their name is spelled, what a director allowed."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from madang.certificates import rules
from madang.certificates.actions import holding
from madang.certificates.forms.certificates import ReasonForm, SpellingForm
from madang.certificates.models import Certificate, Exemption, Kind
from madang.certificates.queries import fulfilment, lists
from madang.certificates.queries.spelling import initial, languages
from madang.certificates.views.pages import found_rule, page
from madang.core.requests import Request, form_page
from madang.workshops.models import Edition, Participation
from madang.workshops.views.manage import common


def _found(edition: Edition, participation_id: UUID) -> Participation:
    mine = Participation.objects.filter(
        edition=edition, kind=Participation.Kind.PARTICIPANT
    ).select_related("person__subject", "edition", "country")
    return common.found(mine, participation_id)


def _address(part: Participation) -> str:
    return reverse("certificates:person", args=[part.edition.slug, part.pk])


@require_safe
@common.of_edition()
def person(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """How one participant stands with each kind of certificate."""
    part = _found(edition, participation_id)
    standing = next(iter(fulfilment.standings(edition, only=part.pk)), None)
    claims = standing.claims.values() if standing is not None else ()
    mine = Certificate.objects.filter(participation=part)
    return page(
        request, "person", edition,
        part=part,
        claims=[(Kind(claim.kind).label, claim) for claim in claims],
        spelling=holding.spelling_of(part),
        rows=lists.rows(lists.whole(mine)),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def spelling(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """Correct how a name is to be printed, where its owner wrote to the secretariat."""
    part = _found(edition, participation_id)
    form = SpellingForm(request.POST or None, initial=initial(part), languages=languages(edition))
    return common.edit(
        request,
        form,
        lambda: holding.confirm_spelling(part, **form.cleaned_data, actor=request.who),
        said=_("The name is noted. A certificate that is issued already has to be issued again."),
        back=_address(part),
        title=_("Name on the certificate"),
        submit=_("Save the name"),
        edition=edition,
        lead=str(part.person),
    )


@form_page
@common.of_edition()
def grant(
    request: Request, edition: Edition, participation_id: UUID, kind: str
) -> HttpResponseBase:
    """A director gives leave although a condition is not met."""
    _require_director(request, edition)
    found_rule(edition, kind)
    part = _found(edition, participation_id)
    form = ReasonForm(
        request.POST or None, hint=gettext_lazy("The participant can read it with their own data.")
    )
    return common.edit(
        request,
        form,
        lambda: holding.grant(part, kind, form.cleaned_data["reason"], actor=request.who),
        said=_("The exception is made."),
        back=_address(part),
        title=_("Make an exception: %(kind)s") % {"kind": Kind(kind).label},
        submit=_("Make the exception"),
        edition=edition,
        lead=str(part.person),
    )


@form_page
@common.of_edition()
def take_back(
    request: Request, edition: Edition, participation_id: UUID, kind: str
) -> HttpResponseBase:
    """A director takes an exception back."""
    _require_director(request, edition)
    part = _found(edition, participation_id)
    exemption = Exemption.objects.filter(participation=part, kind=kind).first()
    if exemption is None:
        raise Http404
    exemption.participation = part
    return common.remove(
        request,
        lambda: holding.take_back(exemption, actor=request.who),
        said=_("The exception is taken back."),
        back=_address(part),
        title=_("Take this exception back?"),
        submit=_("Take it back"),
    )


def _require_director(request: Request, edition: Edition) -> None:
    if not rules.grant_exemptions.can(request.who, edition):
        raise Http404
