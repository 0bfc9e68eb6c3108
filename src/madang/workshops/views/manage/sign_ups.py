"""Who signed up for a session, seen and helped from the secretariat's side."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.core import exports
from madang.core.requests import Request, form_page
from madang.workshops.actions import places_given
from madang.workshops.actions import sign_ups as actions
from madang.workshops.forms.sessions import GivePlaceForm
from madang.workshops.models import Edition, Participation, Session, SignUp
from madang.workshops.queries import people
from madang.workshops.queries import sessions as queries
from madang.workshops.views.manage import common


def _back(edition: Edition, session: Session) -> str:
    return reverse("manage:sign_ups", args=[edition.slug, session.pk])


def _session(edition: Edition, session_id: UUID) -> Session:
    with_sign_up = edition.sessions.filter(audience=Session.Audience.SIGN_UP)
    return common.found(with_sign_up, session_id)


@form_page
@common.of_edition()
def sign_ups(request: Request, edition: Edition, session_id: UUID) -> HttpResponseBase:
    """Who has a place and who waits; a POST gives somebody a place."""
    session = _session(edition, session_id)
    asked = queries.sign_ups(session)
    people.with_wordings([one.participation for one in asked])
    if exports.wanted(request):
        return exports.respond(request, _table(asked), f"{edition.slug}-sign-ups")
    may_change = common.may_change(request, edition)
    if request.method == "POST" and not may_change:
        raise Http404
    form = None
    if may_change:
        form = GivePlaceForm(request.POST or None, participations=_without(edition, asked))
        if form.is_valid() and common.performed(
            form,
            lambda: places_given.give_place(session, form.participation, actor=request.who),
        ):
            return common.done(request, _("They have a place now."), _back(edition, session))
    given = [one for one in asked if one.state == SignUp.State.CONFIRMED]
    return common.page(
        request, "sign_ups", edition,
        session=session, form=form, asked=asked, given=len(given),
        waiting=len(asked) - len(given),
    )  # fmt: skip


def _without(edition: Edition, asked: list[SignUp]) -> list[Participation]:
    """Those who are expected and have not signed up, by name."""
    present = {one.participation_id for one in asked}
    expected = people.in_edition(edition).filter(state=Participation.State.EXPECTED)
    return people.by_name(one for one in expected if one.pk not in present)


def _table(asked: list[SignUp]) -> exports.Table:
    def rows() -> Iterator[tuple[exports.Value, ...]]:
        for place, one in enumerate(asked, start=1):
            participation = one.participation
            yield (
                place,
                participation.person.name,
                people.country_name(participation),
                people.organisation_name(participation),
                one.get_state_display(),
                one.asked_at,
            )

    return exports.Table(
        columns=(
            exports.Column("place", _("Place")),
            exports.Column("name", _("Name")),
            exports.Column("country", _("Country")),
            exports.Column("organisation", _("Organisation")),
            exports.Column("state", _("State")),
            exports.Column("asked", _("Asked")),
        ),
        rows=rows(),
    )


@require_POST
@common.of_edition(changes=True)
def sign_up_change(
    request: Request, edition: Edition, session_id: UUID, sign_up_id: UUID, name: str
) -> HttpResponseBase:
    """Give somebody who waits a place, or withdraw a sign-up for them."""
    session = _session(edition, session_id)
    asked = common.found(session.sign_ups.select_related("participation", "session"), sign_up_id)
    acts = {
        "give": lambda: places_given.give_place(session, asked.participation, actor=request.who),
        "withdraw": lambda: actions.withdraw(asked, actor=request.who),
    }
    said = {
        "give": _("They have a place now."),
        "withdraw": _("The sign-up is withdrawn; a free place goes to whoever waited longest."),
    }
    if name not in acts:
        raise Http404
    if common.tried(request, acts[name]):
        messages.success(request, said[name])
    return HttpResponseRedirect(_back(edition, session))
