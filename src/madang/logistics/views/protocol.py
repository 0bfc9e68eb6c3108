"""Protocol: the order of people, forms of address, name plates, interpretation, photographs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core.exports import Column, Table
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.logistics.actions import protocol as actions
from madang.logistics.forms.protocol import ProtocolFilters, ProtocolForm, SpeakersForm
from madang.logistics.papers import cards
from madang.logistics.queries import protocol as queries
from madang.logistics.queries.protocol import Row
from madang.logistics.views.pages import listed, page, seen
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def protocol(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody in the order of protocol, narrowed by what stands in the address."""
    everybody = queries.ordered(edition)
    counts = queries.interpretation_counts(everybody)
    form = ProtocolFilters(request.GET, languages=[(code, name) for code, name, _n in counts])
    form.is_valid()
    found = queries.filtered(everybody, form.cleaned_data)
    if tables.wanted(request):
        return listed(request, edition, _table(found), "protocol", title=_("Protocol"))
    return page(
        request, "protocol", edition,
        form=form,
        rows=page_of(request, found),
        number=len(everybody),
        is_ordered=any(row.is_set for row in everybody),
        counts=counts,
        agreed=sum(row.agrees_to_photographs for row in everybody),
    )  # fmt: skip


def _table(found: list[Row]) -> Table:
    return Table(
        columns=(
            Column("place", _("Place")),
            Column("form_of_address", _("Form of address")),
            Column("name", _("Name")),
            Column("latin_name", _("Name in Latin letters")),
            Column("position", _("Position")),
            Column("organisation", _("Organisation")),
            Column("country", _("Country")),
            Column("interpretation", _("Hears it in")),
            Column("photographs", _("May be photographed")),
        ),
        rows=(
            (
                row.place,
                row.form_of_address,
                row.participation.person.name,
                row.participation.person.latin_name,
                row.participation.person.position,
                people.organisation_name(row.participation),
                people.country_name(row.participation),
                row.interpretation_name,
                row.agrees_to_photographs,
            )
            for row in found
        ),
    )


def _back(edition: Edition) -> str:
    return reverse("logistics:protocol", args=[edition.slug])


def _participation(edition: Edition, participation_id: UUID) -> Participation:
    return common.found(queries.participations(edition), participation_id)


@form_page
@common.of_edition()
def person(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """One person's protocol; a POST changes it."""
    row = queries.of_person(edition, participation_id)
    if row is None:
        raise Http404
    form = None
    if common.may_change(request, edition):
        form = ProtocolForm(request.POST or None, instance=row.protocol)
        if form.is_valid() and common.performed(form, lambda: _change(row, form, request)):
            return common.done(request, _("The protocol is saved."), _back(edition))
    elif request.method == "POST":
        raise Http404
    return page(request, "protocol_person", edition, row=row, form=form)


def _change(row: Row, form: Any, request: Request) -> None:
    actions.change(
        row.participation,
        form.values(),
        expected_version=seen(form),
        actor=request.who,
    )


@require_POST
@common.of_edition(changes=True)
def place(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """Put somebody at another place of the order."""
    participation = _participation(edition, participation_id)
    try:
        wanted = int(request.POST.get("place", ""))
    except ValueError:
        return HttpResponseRedirect(_back(edition))
    actions.place_at(participation, wanted, actor=request.who)
    said = _("%(name)s stands at another place now.") % {"name": participation.person}
    return common.done(request, said, f"{_back(edition)}#p{participation.pk}")


@form_page
@common.of_edition(changes=True)
def order_forget(request: Request, edition: Edition) -> HttpResponseBase:
    return common.remove(
        request,
        lambda: actions.forget_order(edition, actor=request.who),
        said=_("People stand by country and name again."),
        back=_back(edition),
        title=_("Give up the order that was set?"),
        submit=_("Give up the order"),
        consequences=[
            _("Everybody stands by country and name again."),
            _("Forms of address and everything else stay."),
            _("This can't be undone."),
        ],
    )


@require_POST
@common.of_edition(changes=True)
def photographs(
    request: Request, edition: Edition, participation_id: UUID, answer: str
) -> HttpResponseBase:
    """Note what somebody said about photographs."""
    if answer not in {"yes", "no"}:
        raise Http404
    participation = _participation(edition, participation_id)
    actions.note_photo_consent(participation, agrees=answer == "yes", actor=request.who)
    back = reverse("logistics:protocol_person", args=[edition.slug, participation.pk])
    return common.done(request, _("It is noted."), back)


# --- Papers --------------------------------------------------------------------------------------
@require_safe
@common.of_edition()
def name_plates(request: Request, edition: Edition) -> HttpResponseBase:
    """Tent cards for those whom the list shows, as PDF."""
    form = ProtocolFilters(request.GET, languages=[])
    form.is_valid()
    found = queries.filtered(queries.ordered(edition), form.cleaned_data)
    return tables.download(cards.plates(found), f"{edition.slug}-name-plates.pdf")


@require_safe
@common.of_edition()
def speakers(request: Request, edition: Edition) -> HttpResponseBase:
    """Who speaks in which order, on a page or as a list."""
    form = SpeakersForm(request.GET, edition=edition)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.speakers(
        edition,
        session=asked.get("session"),
        by_name_of_country=asked.get("order") == "country",
    )
    if tables.wanted(request):
        return listed(
            request, edition, _speakers_table(rows), "speaking-order",
            title=_("Speaking order"), of=asked.get("session"),
        )  # fmt: skip
    return page(request, "speakers", edition, form=form, rows=rows)


def _speakers_table(rows: list[Row]) -> Table:
    return Table(
        columns=(
            Column("order", _("Order")),
            Column("form_of_address", _("Form of address")),
            Column("name", _("Name")),
            Column("position", _("Position")),
            Column("country", _("Country or organisation")),
        ),
        rows=(
            (
                order,
                row.form_of_address,
                row.participation.person.name,
                row.participation.person.position,
                people.country_name(row.participation)
                or people.organisation_name(row.participation),
            )
            for order, row in enumerate(rows, start=1)
        ),
    )
