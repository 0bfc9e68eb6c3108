"""What is set by hand: somebody's group, pins, rooms and rapporteurs, who is away."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import texts
from madang.core.requests import Request, form_page
from madang.documents import tables
from madang.groups import exports
from madang.groups.actions import absences, hand
from madang.groups.forms import AbsenceForm, GroupForm, MoveForm, NewAbsenceForm
from madang.groups.models import Absence, Member
from madang.groups.queries import moving, showing, weeks
from madang.groups.views.pages import find_group, page, plan_of
from madang.groups.views.plans import back_to
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _member(edition: Edition, member_id: UUID) -> Member:
    members = Member.objects.filter(round__plan__edition=edition)
    return common.found(
        members.select_related("group", "participation__person__subject"), member_id
    )


@form_page
@common.of_edition(changes=True)
def move(request: Request, edition: Edition, member_id: UUID) -> HttpResponseBase:
    """Another group for one person: what each would change is said beside it."""
    plan = plan_of(edition)
    member = _member(edition, member_id)
    week = weeks.read(plan)
    row, _here = find_group(week, member.group_id)
    if row.is_held:
        raise Http404
    form = MoveForm(
        request.POST or None,
        choices=[
            (option.key, showing.option_in_words(option))
            for option in moving.options(week, row, member)
        ],
    )

    def act() -> None:
        number, key = form.target()
        exchanged = week.people[key] if key is not None else None
        hand.move(plan, member, number, exchanged, actor=request.who)

    return common.edit(
        request, form, act,
        said=_("It is done, and both are pinned where there was an exchange."),
        back=back_to(edition),
        title=_("Another group for %(name)s") % {"name": member.participation.person},
        submit=_("Move them"), edition=edition,
        lead=_("In %(session)s, now in group %(number)s. Whoever is moved by hand stays there when "
               "the rest is mixed anew.")
        % {"session": row.round.session.wording("title"), "number": member.group.number},
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def pin(request: Request, edition: Edition, member_id: UUID, name: str) -> HttpResponseBase:
    """Keep somebody in their group, or let them go."""
    if name not in {"pin", "free"}:
        raise Http404
    member = _member(edition, member_id)
    hand.pin(plan_of(edition), member, pinned=name == "pin", actor=request.who)
    said = (
        _("%(name)s stays in this group.") if name == "pin" else _("%(name)s may be moved again.")
    )
    return common.done(request, said % {"name": member.participation.person}, back_to(edition))


@form_page
@common.of_edition(changes=True)
def group(request: Request, edition: Edition, group_id: UUID) -> HttpResponseBase:
    """Where a group sits, and who writes for it."""
    week = weeks.read(plan_of(edition))
    row, found = find_group(week, group_id)
    form = GroupForm(
        request.POST or None, instance=found.group, edition=edition,
        members=[member.participation for member in found.members],
    )  # fmt: skip
    return common.edit(
        request, form,
        lambda: hand.change_group(
            found.group, form.values(), expected_version=form.expected_version,
            everywhere=form.cleaned_data["everywhere"], actor=request.who,
        ),
        said=_("It is saved."), back=back_to(edition),
        title=_("Group %(number)s") % {"number": found.group.number},
        submit=_("Save the group"), edition=edition,
        lead=str(row.round.session.wording("title")),
    )  # fmt: skip


# --- Who is away ---------------------------------------------------------------------------------
def _away(edition: Edition) -> str:
    return reverse("groups:absences", args=[edition.slug])


@require_safe
@common.of_edition()
def away(request: Request, edition: Edition) -> HttpResponseBase:
    """Who is not there when."""
    found = list(
        Absence.objects.filter(participation__edition=edition).select_related(
            "participation__person__subject", "participation__country"
        )
    )
    texts.prefetch_referred([one.participation for one in found], "country")
    return page(request, "absences", edition, absences=found)


@form_page
@common.of_edition(changes=True)
def absence_add(request: Request, edition: Edition) -> HttpResponseBase:
    form = NewAbsenceForm(request.POST or None, edition=edition)
    return common.edit(
        request, form,
        lambda: absences.add(
            form.cleaned_data["participation"], form.values(), actor=request.who
        ),
        said=_("It is noted. The groups can be repaired now."), back=_away(edition),
        title=_("Somebody is away"), submit=_("Note it"), edition=edition,
        lead=_("Whoever leaves early took part all the same: their participation stays. "
               "No reason is kept."),
    )  # fmt: skip


def _absence(edition: Edition, absence_id: UUID) -> Absence:
    found = Absence.objects.filter(participation__edition=edition)
    return common.found(found.select_related("participation__person__subject"), absence_id)


@form_page
@common.of_edition(changes=True)
def absence_edit(request: Request, edition: Edition, absence_id: UUID) -> HttpResponseBase:
    absence = _absence(edition, absence_id)
    form = AbsenceForm(request.POST or None, instance=absence)
    return common.edit(
        request, form,
        lambda: absences.change(
            absence, form.values(), expected_version=form.expected_version, actor=request.who,
            edition=edition,
        ),
        said=_("It is noted. The groups can be repaired now."), back=_away(edition),
        title=_("When %(name)s is away") % {"name": absence.participation.person},
        submit=_("Save it"), edition=edition,
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def absence_remove(request: Request, edition: Edition, absence_id: UUID) -> HttpResponseBase:
    absence = _absence(edition, absence_id)
    return common.remove(
        request,
        lambda: absences.remove(absence, actor=request.who, edition=edition),
        said=_("They are expected again. The groups can be repaired now."),
        back=_away(edition), title=_("Are they there after all?"), submit=_("They are there"),
    )  # fmt: skip


# --- What the groups concluded -------------------------------------------------------------------
@require_safe
@common.of_edition()
def conclusions(request: Request, edition: Edition) -> HttpResponseBase:
    """All conclusions side by side, whatever their state."""
    plan = weeks.of_edition(edition)
    if plan is None:
        return page(request, "empty", edition)
    week = weeks.read(plan)
    written = showing.written(week)
    if tables.wanted(request):
        return tables.respond(
            request, exports.conclusions(week), f"{edition.slug}-conclusions",
            title=_("What the groups concluded"), subtitle=str(edition.wording("title")),
        )  # fmt: skip
    return page(request, "conclusions", edition, rounds=written)
