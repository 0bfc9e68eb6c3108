"""Tables of a dinner: laid, proposed, set by hand, printed."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core.models import Job
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.logistics.actions import seating as actions
from madang.logistics.forms.places import LayForm, TableChoiceForm, TableForm
from madang.logistics.models import SeatingPlan, Table
from madang.logistics.papers import cards
from madang.logistics.place_lists import table_list
from madang.logistics.queries import seating as queries
from madang.logistics.queries.coming import coming
from madang.logistics.views.buses import sessions_context
from madang.logistics.views.pages import find_person, find_session, listed, page
from madang.workshops.models import Edition, Session
from madang.workshops.views.manage import common

# What a table usually seats.
USUAL_SEATS = 8


@require_safe
@common.of_edition()
def dinners(request: Request, edition: Edition) -> HttpResponseBase:
    """Sessions with tables, and those that may have some."""
    return page(
        request, "place_sessions", edition, **sessions_context(edition, "seating_plan__tables"),
        title=_("Tables"), url_name="logistics:seating",
    )  # fmt: skip


def _plan(edition: Edition, session_id: UUID) -> SeatingPlan:
    session = find_session(edition, session_id)
    plan = SeatingPlan.objects.filter(session=session).first()
    if plan is None:
        raise Http404
    plan.session = session
    return plan


def _back(plan: SeatingPlan) -> str:
    return reverse("logistics:seating", args=[plan.session.edition.slug, plan.session_id])


@form_page
@common.of_edition()
def seating(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """The tables of one session; before there are any, a POST lays them."""
    session = find_session(edition, session_id)
    plan = SeatingPlan.objects.filter(session=session).first()
    if plan is None:
        return _lay(request, edition, session)
    plan.session = session
    board = queries.board(plan)
    if tables.wanted(request):
        table = table_list(board.laid)
        return listed(request, edition, table, "tables", title=_("Tables"), of=session)
    return page(request, "seating", edition, session=session, plan=plan, board=board)


def _lay(request: Request, edition: Edition, session: Session) -> HttpResponseBase:
    number = coming(session).count()
    form = None
    if common.may_change(request, edition):
        suggested = {"tables": max(1, -(-number // USUAL_SEATS)), "seats": USUAL_SEATS}
        form = LayForm(request.POST or None, initial=suggested)
        if form.is_valid() and common.performed(
            form, lambda: actions.make_plan(session, **form.cleaned_data, actor=request.who)
        ):
            back = reverse("logistics:seating", args=[edition.slug, session.pk])
            return common.done(request, _("The tables are laid. Now seat people."), back)
    elif request.method == "POST":
        raise Http404
    return page(request, "seating_lay", edition, session=session, form=form, number=number)


@require_safe
@common.of_edition()
def table_cards(_request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """A sheet for each table and a card for each place, as PDF."""
    board = queries.board(_plan(edition, session_id))
    return tables.download(cards.table_cards(board), f"{edition.slug}-table-cards.pdf")


@form_page
@common.of_edition(changes=True)
def plan_remove(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    plan = _plan(edition, session_id)
    return common.remove(
        request,
        lambda: actions.remove_plan(plan, actor=request.who),
        said=_("The tables are cleared away."),
        back=_back(plan),
        title=_("Clear all tables away?"),
        submit=_("Clear the tables away"),
        consequences=[_("Who sits where goes with them."), _("This can't be undone.")],
    )


# --- Tables --------------------------------------------------------------------------------------
@form_page
@common.of_edition(changes=True)
def table_add(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    plan = _plan(edition, session_id)
    form = TableForm(request.POST or None, initial={"seats": USUAL_SEATS})
    return common.edit(
        request,
        form,
        lambda: actions.add_table(plan, form.values(), actor=request.who),
        said=_("The table is added."),
        back=_back(plan),
        title=_("Add a table"),
        submit=_("Add the table"),
        edition=edition,
    )


def _table(edition: Edition, table_id: UUID) -> Table:
    of_edition = Table.objects.filter(plan__session__edition=edition)
    return common.found(of_edition.select_related("plan__session__edition"), table_id)


@form_page
@common.of_edition(changes=True)
def table_edit(request: Request, edition: Edition, table_id: UUID) -> HttpResponseBase:
    table = _table(edition, table_id)
    form = TableForm(request.POST or None, instance=table)
    return common.edit(
        request,
        form,
        lambda: actions.change_table(
            table, form.values(), expected_version=form.expected_version, actor=request.who
        ),
        said=_("The table is saved."),
        back=_back(table.plan),
        title=_("Edit table %(number)s") % {"number": table.number},
        submit=_("Save the table"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def table_remove(request: Request, edition: Edition, table_id: UUID) -> HttpResponseBase:
    table = _table(edition, table_id)
    return common.remove(
        request,
        lambda: actions.remove_table(table, actor=request.who),
        said=_("The table is removed."),
        back=_back(table.plan),
        title=_("Remove table %(number)s?") % {"number": table.number},
        submit=_("Remove the table"),
        consequences=[
            _("Those who sat at it have no place then."),
            _("This can't be undone."),
        ],
    )


# --- Who sits where ------------------------------------------------------------------------------
@require_POST
@common.of_edition(changes=True)
def propose(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Let the worker mix the tables; its page shows how far it is."""
    plan = _plan(edition, session_id)
    started: list[Job] = []
    if common.tried(request, lambda: started.append(actions.ask(plan, actor=request.who))):
        return HttpResponseRedirect(started[0].get_absolute_url())
    return HttpResponseRedirect(_back(plan))


@require_POST
@common.of_edition(changes=True)
def seating_do(request: Request, edition: Edition, session_id: UUID, name: str) -> HttpResponseBase:
    """One of the buttons above the tables."""
    plan = _plan(edition, session_id)
    acts = {
        "show": (lambda: plan.show(actor=request.who, scope=edition.pk),
                 _("Everybody who comes sees their table now.")),
        "hide": (lambda: plan.hide(actor=request.who, scope=edition.pk),
                 _("The tables are hidden again.")),
        "undo": (lambda: actions.undo(plan, actor=request.who),
                 _("Everybody sits where they sat before.")),
        "free": (lambda: actions.free_all(plan, actor=request.who),
                 _("Nobody is fixed any more.")),
        "release": (lambda: actions.release_gone(plan, actor=request.who),
                    _("Their places are free again.")),
    }  # fmt: skip
    if name not in acts:
        raise Http404
    act, said = acts[name]
    if common.tried(request, act):
        return common.done(request, said, _back(plan))
    return HttpResponseRedirect(_back(plan))


@form_page
@common.of_edition(changes=True)
def table_place(
    request: Request, edition: Edition, session_id: UUID, participation_id: UUID
) -> HttpResponseBase:
    """At which table one person sits; from then on they are fixed there."""
    plan = _plan(edition, session_id)
    participation = find_person(edition, participation_id)
    stored = plan.places.filter(participation=participation).first()
    form = TableChoiceForm(
        request.POST or None, plan=plan, initial={"table": stored.table_id if stored else None}
    )
    return common.edit(
        request,
        form,
        lambda: actions.move(plan, participation, form.cleaned_data["table"], actor=request.who),
        said=_("It is saved."),
        back=_back(plan),
        title=_("The table of %(name)s") % {"name": participation.person},
        submit=_("Save"),
        edition=edition,
        lead=_("Whoever is seated by hand stays there when the rest is planned anew."),
    )


@require_POST
@common.of_edition(changes=True)
def place_fix(
    request: Request, edition: Edition, session_id: UUID, participation_id: UUID, name: str
) -> HttpResponseBase:
    """Keep somebody at their table, or let them go."""
    if name not in {"fix", "free"}:
        raise Http404
    plan = _plan(edition, session_id)
    participation = find_person(edition, participation_id)
    actions.fix(plan, participation, fixed=name == "fix", actor=request.who)
    said = (
        _("%(name)s stays at this table.") if name == "fix" else _("%(name)s may be moved again.")
    )
    return common.done(request, said % {"name": participation.person}, _back(plan))
