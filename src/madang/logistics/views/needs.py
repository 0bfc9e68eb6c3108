"""Diet, access and emergency contacts for the secretariat: numbers first, names where needed."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.logistics import exports
from madang.logistics.actions import needs as actions
from madang.logistics.forms.needs import ContactForm, NeedsFilters, NeedsForm
from madang.logistics.models import EmergencyContact, Needs
from madang.logistics.queries import needs as queries
from madang.logistics.views.pages import find_person, listed, page, seen
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


@require_safe
@common.of_edition(changes=True)
def needs(request: Request, edition: Edition) -> HttpResponseBase:
    """Numbers for kitchens and buses, and who told what; only for those who arrange it."""
    everybody = queries.by_name(edition)
    form = NeedsFilters(request.GET)
    form.is_valid()
    found = queries.filtered(everybody, form.cleaned_data)
    counts = queries.counts(told for _one, told in everybody if told)
    if tables.wanted(request):
        by_name = request.GET.get("list") == "names"
        table = exports.needs(found) if by_name else exports.need_counts(counts)
        return listed(request, edition, table, "diet-and-access", title=_("Diet and access"))
    rows = page_of(request, found)
    return page(
        request, "needs", edition,
        form=form,
        rows=rows,
        people=[(one, told, queries.words(told) if told else "") for one, told in rows],
        counts=counts,
        silent=len(everybody) - counts.told,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def needs_edit(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """What somebody told the secretariat by word of mouth."""
    participation = find_person(edition, participation_id)
    stored = Needs.objects.filter(participation=participation).first()
    form = NeedsForm(request.POST or None, instance=stored)
    return common.edit(
        request,
        form,
        lambda: actions.save_needs(
            participation,
            form.values(),
            expected_version=seen(form),
            actor=request.who,
        ),
        said=_("Diet and access are saved."),
        back=reverse("logistics:needs", args=[edition.slug]),
        title=_("Diet and access of %(name)s") % {"name": participation.person},
        submit=_("Save diet and access"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def contact_edit(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    participation = find_person(edition, participation_id)
    stored = EmergencyContact.objects.filter(participation=participation).first()
    form = ContactForm(request.POST or None, instance=stored)
    return common.edit(
        request,
        form,
        lambda: actions.save_contact(
            participation,
            form.values(),
            expected_version=seen(form),
            actor=request.who,
        ),
        said=_("The emergency contact is saved."),
        back=reverse("travelling:emergency", args=[edition.slug]),
        title=_("Whom to call for %(name)s") % {"name": participation.person},
        submit=_("Save the contact"),
        edition=edition,
    )
