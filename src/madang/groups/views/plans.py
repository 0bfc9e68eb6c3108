"""The secretariat's plan of groups: set up, planned, looked at, published."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import texts
from madang.core.models import Job
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.groups import exports
from madang.groups.actions import hand, planning, plans, repairs
from madang.groups.forms import LevelsForm, PlanForm
from madang.groups.papers import cards
from madang.groups.queries import showing, standing, weeks
from madang.groups.views.pages import find_round, page, plan_of
from madang.people.models import Country
from madang.workshops.models import Edition, Participation
from madang.workshops.views.manage import common


def back_to(edition: Edition) -> str:
    return reverse("groups:plan", args=[edition.slug])


@require_safe
@common.of_edition()
def plan(request: Request, edition: Edition) -> HttpResponseBase:
    """The week's groups, round by round, how good they are, and what is to be mended."""
    found = weeks.of_edition(edition)
    if found is None:
        return page(request, "empty", edition)
    week = weeks.read(found)
    if tables.wanted(request):
        return tables.respond(
            request, exports.places(week), f"{edition.slug}-groups",
            title=_("Groups"), subtitle=str(edition.wording("title")),
        )  # fmt: skip
    assessed = standing.assess(week)
    return page(
        request, "plan", edition,
        plan=found,
        week=week,
        rounds=showing.rounds(week, assessed),
        standing=assessed,
        mismatch=repairs.mismatch(week),
        front=showing.front(found),
        chart=showing.front_chart(found),
        balance=showing.balance(assessed),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def set_up(request: Request, edition: Edition) -> HttpResponseBase:
    """What the groups are to be like: begun, or changed."""
    found = weeks.of_edition(edition)
    if found is None:
        number = edition.participations.filter(
            kind=Participation.Kind.PARTICIPANT, state=Participation.State.EXPECTED
        ).count()
        suggested = {"groups": max(2, round(number / 5.5))}
        form = PlanForm(request.POST or None, edition=edition, initial=suggested)
        return common.edit(
            request, form,
            lambda: plans.make_plan(
                edition, form.values(), form.cleaned_data["sessions"], actor=request.who
            ),
            said=_("The plan is set up. Now mix the groups."),
            back=back_to(edition), title=_("Plan the groups"), submit=_("Set the plan up"),
            edition=edition,
            lead=_("Groups of five or six talk well. With as many groups as a prime number "
                   "(5, 7, 11) or its power (4, 8, 9) most people can meet."),
        )  # fmt: skip
    form = PlanForm(request.POST or None, instance=found, edition=edition)
    return common.edit(
        request, form,
        lambda: plans.change_plan(
            found, form.values(), form.cleaned_data["sessions"],
            expected_version=form.expected_version, actor=request.who,
        ),
        said=_("The plan is changed. Mix the groups once more, or repair them."),
        back=back_to(edition), title=_("Change the plan of groups"), submit=_("Save the plan"),
        edition=edition,
        lead=_("Sessions that have begun stay as they were held."),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def levels(request: Request, edition: Edition) -> HttpResponseBase:
    """How far e-Government has come in each country that takes part."""
    found = plan_of(edition)
    present = edition.participations.filter(
        kind=Participation.Kind.PARTICIPANT, state=Participation.State.EXPECTED
    )
    countries = list(Country.objects.filter(pk__in=present.values("country")))
    texts.prefetch(countries)
    countries.sort(key=lambda country: str(country.wording("name")).casefold())
    form = LevelsForm(request.POST or None, plan=found, countries=countries)
    return common.edit(
        request, form,
        lambda: plans.set_levels(
            found, form.levels(), expected_version=form.cleaned_data["version"], actor=request.who
        ),
        said=_("The levels are saved."),
        back=back_to(edition), title=_("How far e-Government has come"),
        submit=_("Save the levels"), edition=edition,
        lead=_("Your own judgement, to mix groups by; nobody else sees it."),
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def remove(request: Request, edition: Edition) -> HttpResponseBase:
    found = plan_of(edition)
    return common.remove(
        request,
        lambda: plans.remove_plan(found, actor=request.who),
        said=_("The plan of groups is removed."),
        back=back_to(edition), title=_("Remove the plan of groups?"), submit=_("Remove the plan"),
        consequences=[
            _("Who is in which group goes with it, for all sessions."),
            _("This can't be undone."),
        ],
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def mix(request: Request, edition: Edition) -> HttpResponseBase:
    """Let the worker plan the rounds to come; its page shows how far it is."""
    found = plan_of(edition)
    started: list[Job] = []
    if common.tried(request, lambda: started.append(planning.ask(found, actor=request.who))):
        return HttpResponseRedirect(started[0].get_absolute_url())
    return HttpResponseRedirect(back_to(edition))


@require_POST
@common.of_edition(changes=True)
def choose(request: Request, edition: Edition) -> HttpResponseBase:
    """Take another point between few repeats and good balance."""
    found = plan_of(edition)
    typed = request.POST.get("extra_repeats", "")
    extra = int(typed) if typed.isdecimal() and len(typed) < 6 else -1
    started: list[Job] = []
    if common.tried(
        request, lambda: started.append(planning.choose(found, extra, actor=request.who))
    ):
        return HttpResponseRedirect(started[0].get_absolute_url())
    return HttpResponseRedirect(back_to(edition))


@require_POST
@common.of_edition(changes=True)
def do(request: Request, edition: Edition, name: str) -> HttpResponseBase:
    """One of the buttons above the groups."""
    found = plan_of(edition)
    acts = {
        "publish": (lambda: hand.publish(found, actor=request.who),
                    _("Everybody sees their groups now.")),
        "withdraw": (lambda: found.withdraw(actor=request.who),
                     _("The groups are hidden again.")),
        "undo": (lambda: planning.undo(found, actor=request.who),
                 _("Everybody is where they were before.")),
        "rapporteurs": (lambda: hand.appoint_anew(found, actor=request.who),
                        _("Rapporteurs are proposed anew, in turn.")),
    }  # fmt: skip
    if name not in acts:
        raise Http404
    act, said = acts[name]
    if common.tried(request, act):
        return common.done(request, said, back_to(edition))
    return HttpResponseRedirect(back_to(edition))


@form_page
@common.of_edition(changes=True)
def repair(request: Request, edition: Edition) -> HttpResponseBase:
    """What a repair would do, then the repair."""
    found = plan_of(edition)
    week = weeks.read(found)
    if not repairs.mismatch(week):
        return common.done(request, _("There is nothing to repair."), back_to(edition))
    if request.method == "POST":
        mark = request.POST.get("mark", "")
        if common.tried(request, lambda: repairs.repair(found, mark=mark, actor=request.who)):
            return common.done(
                request, _("The groups are repaired, and whom it touches is told."),
                back_to(edition),
            )  # fmt: skip
        return HttpResponseRedirect(back_to(edition))
    proposals: list[repairs.Proposal] = []
    if not common.tried(request, lambda: proposals.append(repairs.proposal(week))):
        return HttpResponseRedirect(back_to(edition))
    return page(
        request, "repair", edition,
        plan=found, proposal=proposals[0], mismatch=repairs.mismatch(week),
        now=standing.assess(week), to_come=week.to_come,
    )  # fmt: skip


@require_safe
@common.of_edition()
def card_sheets(_request: Request, edition: Edition) -> HttpResponseBase:
    """A card for each person with all their groups, as PDF."""
    week = weeks.read(plan_of(edition))
    return tables.download(cards.person_cards(week), f"{edition.slug}-group-cards.pdf")


@require_safe
@common.of_edition()
def wall(_request: Request, edition: Edition, round_id: UUID) -> HttpResponseBase:
    """The list of one session to hang on the wall, as PDF."""
    week = weeks.read(plan_of(edition))
    row = find_round(week, round_id)
    return tables.download(cards.wall_list(week, row), f"{edition.slug}-groups-{row.number}.pdf")
