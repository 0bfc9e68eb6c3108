"""Visas, tickets and insurance of everybody, and all that is arranged for one person."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import audit, clock, locales, transitions
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.logistics import exports
from madang.logistics.actions import stays as stay_actions
from madang.logistics.actions import travel as actions
from madang.logistics.forms.travel import ErrandForm, LegForm, TravelFilters
from madang.logistics.models import Errand, Leg
from madang.logistics.queries import travellers as queries
from madang.logistics.views.pages import find_person, listed, page, seen
from madang.workshops.models import Edition, Participation
from madang.workshops.queries import people
from madang.workshops.views.manage import common


@require_safe
@common.of_edition()
def travel(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody with where their visa, ticket and insurance stand."""
    everybody = queries.board(edition)
    form = TravelFilters(request.GET, owners=queries.owners(everybody))
    form.is_valid()
    found = queries.filtered(everybody, form.cleaned_data, edition)
    if tables.wanted(request):
        table, title = exports.errands(found), _("Visas, tickets and insurance")
        return listed(request, edition, table, "travel", title=title)
    return page(
        request, "travel", edition,
        form=form,
        rows=page_of(request, found),
        today=clock.today(edition.zone),
        unopened=sum(len(row.errands) < len(Errand.Kind) for row in everybody),
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def travel_open(request: Request, edition: Edition) -> HttpResponseBase:
    """Open visa, ticket, insurance and nights for everybody who has none yet."""
    number = actions.open_errands(edition, actor=request.who)
    stay_actions.open_stays(edition)
    said = ngettext(
        "Visa, ticket and insurance are opened for %(number)s person.",
        "Visa, ticket and insurance are opened for %(number)s people.",
        number,
    )
    return common.done(
        request,
        said % {"number": locales.number(number)},
        reverse("logistics:travel", args=[edition.slug]),
    )


def back_to(participation: Participation) -> str:
    slug = participation.edition.slug
    return reverse("logistics:traveller", args=[slug, participation.pk])


@require_safe
@common.of_edition()
def traveller(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """One person: what is to be done, how they come and leave, where they sleep."""
    participation = find_person(edition, participation_id)
    journey = queries.journey(participation)
    people.with_wordings([participation])
    return page(
        request, "traveller", edition,
        participation=participation,
        journey=journey,
        errands=[
            (kind, label, errand, _moves(errand))
            for kind, label in Errand.Kind.choices
            for errand in [journey.traveller.errands.get(kind)]
        ],
        today=clock.today(edition.zone),
        trail=_history(request, journey),
    )  # fmt: skip


def _moves(errand: Errand | None) -> list[tuple[str, str]]:
    """The changes of state that are possible now: name and label."""
    if errand is None:
        return []
    return [(move.name, errand.label_of(move)) for move in transitions.available(errand)]


def _history(request: Request, journey: queries.Journey) -> list[audit.Line]:
    """What was done about any of it, the newest first."""
    things = [*journey.traveller.errands.values(), journey.arrival, journey.departure, journey.stay]
    lines = [
        line
        for thing in things
        if thing is not None
        for line in audit.trail(request.who, thing=thing, limit=10)
    ]
    return sorted(lines, key=lambda line: line.entry.at, reverse=True)[:10]


@require_POST
@common.of_edition(changes=True)
def errand_open(
    request: Request, edition: Edition, participation_id: UUID, kind: str
) -> HttpResponseBase:
    participation = find_person(edition, participation_id)
    if kind not in Errand.Kind:
        raise Http404
    actions.open_errand(participation, kind, actor=request.who)
    return common.done(request, _("It is opened."), back_to(participation))


def _errand(edition: Edition, errand_id: UUID) -> Errand:
    errands = Errand.objects.filter(participation__edition=edition).select_related(
        "subject", "participation__edition", "participation__person__subject"
    )
    return common.found(errands, errand_id)


@form_page
@common.of_edition(changes=True)
def errand_edit(request: Request, edition: Edition, errand_id: UUID) -> HttpResponseBase:
    errand = _errand(edition, errand_id)
    form = ErrandForm(request.POST or None, instance=errand, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change_errand(
            errand, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The next step is saved."),
        back=back_to(errand.participation),
        title=_("%(what)s of %(name)s")
        % {"what": str(errand).capitalize(), "name": errand.participation.person},
        submit=_("Save the next step"),
        edition=edition,
    )


@require_POST
@common.of_edition(changes=True)
def errand_state(
    request: Request, edition: Edition, errand_id: UUID, name: str
) -> HttpResponseBase:
    errand = _errand(edition, errand_id)
    if name not in {transition.name for transition in transitions.declared(Errand)}:
        raise Http404
    move = getattr(errand, name)
    common.tried(request, lambda: move(actor=request.who, scope=edition.pk))
    return HttpResponseRedirect(back_to(errand.participation))


@form_page
@common.of_edition(changes=True)
def leg_edit(
    request: Request, edition: Edition, participation_id: UUID, direction: str
) -> HttpResponseBase:
    """How somebody comes or leaves, as they told the secretariat."""
    participation = find_person(edition, participation_id)
    if direction not in Leg.Direction:
        raise Http404
    leg = Leg.objects.filter(participation=participation, direction=direction).first()
    form = LegForm(request.POST or None, instance=leg)
    title = _("Arrival of %(name)s") if direction == "arrival" else _("Departure of %(name)s")
    return common.edit(
        request,
        form,
        lambda: actions.save_leg(
            participation,
            direction,
            form.values(),
            expected_version=seen(form),
            actor=request.who,
        ),
        said=_("The journey is saved."),
        back=back_to(participation),
        title=title % {"name": participation.person},
        submit=_("Save the journey"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def leg_remove(request: Request, edition: Edition, leg_id: UUID) -> HttpResponseBase:
    legs = Leg.objects.filter(participation__edition=edition).select_related(
        "participation__edition", "participation__person__subject"
    )
    leg = common.found(legs, leg_id)
    return common.remove(
        request,
        lambda: actions.remove_leg(leg, actor=request.who),
        said=_("The journey is removed."),
        back=back_to(leg.participation),
        title=_("Remove the journey of %(name)s?") % {"name": leg.participation.person},
        submit=_("Remove the journey"),
        consequences=[_("They are off their pick-up, if they were on one.")],
    )
