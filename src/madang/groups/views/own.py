"""Groups on a phone: my groups, one group, what it concludes, what all concluded."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core import clock, locales, texts
from madang.core.models import StaleRecordError
from madang.core.policies import Rule
from madang.core.requests import Request, form_page
from madang.groups import rules
from madang.groups.actions import conclusions as actions
from madang.groups.forms import ConclusionForm, SendBackForm
from madang.groups.models import Conclusion, Group
from madang.groups.queries import own, showing, weeks
from madang.people.actions.refusal import RefusedError
from madang.workshops.pages import serving
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow
from madang.workshops.views.manage import common


def _serve(request: Request, row: EditionRow, name: str, **context: Any) -> HttpResponse:
    """A page of names for one reader: no device keeps it."""
    context["edition"] = public.editions([row.id])[row.id]
    response = serving.serve_fresh(request, row, f"groups/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def groups(request: Request, slug: str) -> HttpResponseBase:
    """My groups: where I am next, with whom, all rounds, whom I have met."""
    row = public.edition_row(request.who, slug)
    if not rules.belongs.can(request.who, row):
        raise Http404
    edition = public.editions([row.id])[row.id]
    plan = own.published(edition)
    if plan is None:
        return _serve(request, row, "groups", card=None, week=None)
    week = weeks.read(plan)
    mine = public_people.own_participation(row, request.who)
    card = own.card(week, mine) if mine is not None and mine.pk in week.people else None
    return _serve(request, row, "groups", card=card, week=week)


def _group(
    request: Request, slug: str, group_id: UUID, rule: Rule[Group] = rules.see_group
) -> tuple[EditionRow, Group]:
    """The edition of the address and a group of it, or a 404."""
    row = public.edition_row(request.who, slug)
    found = Group.objects.filter(round__plan__edition=row.id).select_related(
        "round__plan", "round__session", "room", "rapporteur__person__subject", "conclusion"
    )
    return row, rule.get_or_404(request.who, found, pk=group_id)


def _address(row: EditionRow, group: Group) -> str:
    return reverse("own_groups:group", args=[row.slug, group.pk])


@require_safe
def group(request: Request, slug: str, group_id: UUID) -> HttpResponseBase:
    """Who is in a group, where it sits, and what it concluded as far as the reader may see."""
    row, found = _group(request, slug, group_id, rules.see_group | rules.oversee_group)
    texts.prefetch([found.round.session])
    texts.prefetch_referred([found], "room", "conclusion")
    conclusion = found.conclusion
    accepted = conclusion.state == Conclusion.State.ACCEPTED
    return _serve(
        request, row, "group",
        group=found,
        members=own.members_of(found),
        conclusion=conclusion,
        reads=accepted or rules.read_notes.can(request.who, found),
        writes=rules.write_notes.can(request.who, found),
        judges=rules.judge_notes.can(request.who, found),
    )  # fmt: skip


@form_page
def write(request: Request, slug: str, group_id: UUID) -> HttpResponseBase:
    """Write what the group concluded; saved while it is typed."""
    row, found = _group(request, slug, group_id, rules.write_notes)
    texts.prefetch([found.round.session])
    conclusion = found.conclusion
    if conclusion.state != Conclusion.State.OPEN and not _is_typing(request):
        return HttpResponseRedirect(_address(row, found))
    form = ConclusionForm(request.POST or None, instance=conclusion)

    def save() -> Conclusion:
        return actions.write(
            conclusion, form.values()["text"], expected_version=form.expected_version,
            actor=request.who, scope=row.id,
        )  # fmt: skip

    if _is_typing(request):
        return _saved(form, save)
    if form.is_valid() and common.performed(form, save):
        if "hand_in" in request.POST and common.tried(
            request, lambda: actions.hand_in(conclusion, actor=request.who, scope=row.id)
        ):
            return common.done(request, _("It is handed in. Thank you."), _address(row, found))
        return common.done(request, _("It is saved."), _address(row, found))
    return _serve(request, row, "write", group=found, form=form, conclusion=conclusion)


def _is_typing(request: Request) -> bool:
    """Whether the script sent the text as it stands, and not a person with a button."""
    return request.method == "POST" and request.headers.get("X-Draft") == "1"


def _saved(form: ConclusionForm, save: Any) -> HttpResponse:
    status, answer = 409, {}
    if not form.is_valid():
        answer = {"said": " ".join(str(each) for errors in form.errors.values() for each in errors)}
    else:
        try:
            conclusion = save()
        except StaleRecordError:
            answer = {
                "said": _(
                    "Somebody else changed this in the meantime. Save with the button to see what."
                )
            }
        except RefusedError as refused:
            answer = {"said": str(refused.why)}
        else:
            said = _("Saved at %(time)s.") % {"time": locales.clock_time(clock.now())}
            status, answer = 200, {"said": said, "version": conclusion.version}
    response = JsonResponse(answer, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def judge(request: Request, slug: str, group_id: UUID) -> HttpResponseBase:
    """Accept what a group handed in."""
    row, found = _group(request, slug, group_id, rules.judge_notes)
    if common.tried(
        request, lambda: actions.accept(found.conclusion, actor=request.who, scope=row.id)
    ):
        return common.done(request, _("It is accepted."), _address(row, found))
    return HttpResponseRedirect(_address(row, found))


@form_page
def send_back(request: Request, slug: str, group_id: UUID) -> HttpResponseBase:
    """Ask the group to mend it."""
    row, found = _group(request, slug, group_id, rules.judge_notes)
    texts.prefetch([found.round.session])
    form = SendBackForm(request.POST or None)
    if form.is_valid() and common.performed(
        form,
        lambda: actions.send_back(
            found.conclusion, form.cleaned_data["note"], actor=request.who, scope=row.id
        ),
    ):
        return common.done(request, _("The group is asked to mend it."), _address(row, found))
    return _serve(request, row, "send_back", group=found, form=form, back=_address(row, found))


@require_safe
def conclusions(request: Request, slug: str) -> HttpResponseBase:
    """What all groups concluded, as far as it is accepted."""
    row = public.edition_row(request.who, slug)
    if not rules.belongs.can(request.who, row):
        raise Http404
    edition = public.editions([row.id])[row.id]
    plan = own.published(edition)
    rounds = showing.accepted(weeks.read(plan)) if plan is not None else []
    return _serve(request, row, "conclusions", rounds=rounds)
