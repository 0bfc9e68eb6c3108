"""Who signed up for a session, seen and helped from the secretariat's side."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.core import exports
from madang.core.requests import Request, form_page, page_of
from madang.workshops.actions import places_given
from madang.workshops.actions import sign_ups as actions
from madang.workshops.forms.sessions import GivePlaceForm, SignUpFilters
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
    filters = SignUpFilters(request.GET)
    if exports.wanted(request):
        return exports.respond(request, _table(asked, filters.words), f"{edition.slug}-sign-ups")
    may_change = common.may_change(request, edition)
    if request.method == "POST" and not may_change:
        raise Http404
    form = None
    if may_change:
        form = GivePlaceForm(request.POST or None, candidates=_without(edition, session))
        if form.is_valid() and common.performed(
            form,
            lambda: places_given.give_place(
                session, form.cleaned_data["person"], actor=request.who
            ),
        ):
            return common.done(request, _("They have a place now."), _back(edition, session))
    rows = page_of(request, _named(asked, filters.words) if filters.words else asked)
    people.with_wordings([one.participation for one in rows.object_list])
    counted = queries.sign_ups_by_state(session)
    return common.page(
        request, "sign_ups", edition,
        session=session, form=form, filters=filters, rows=rows,
        given=counted.get(SignUp.State.CONFIRMED, 0), waiting=counted.get(SignUp.State.WAITING, 0),
    )  # fmt: skip


def _named(asked: Iterable[SignUp], words: str) -> list[SignUp]:
    return [one for one in asked if people.has_words(one.participation.person, words)]


def _without(edition: Edition, session: Session) -> QuerySet[Participation]:
    """Those who are expected and have not signed up."""
    expected = people.in_edition(edition).filter(state=Participation.State.EXPECTED)
    return expected.exclude(pk__in=session.sign_ups.standing().values("participation"))


def _table(asked: Iterable[SignUp], words: str) -> exports.Table:
    """Each with its place among all, also where only some are asked for."""
    numbers = {one.pk: number for number, one in enumerate(asked, start=1)}

    def rows() -> Iterator[tuple[exports.Value, ...]]:
        shown = _named(asked, words)
        people.with_wordings([one.participation for one in shown])
        for one in shown:
            participation = one.participation
            yield (
                numbers[one.pk],
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


def _asked(session: Session, sign_up_id: UUID) -> SignUp:
    standing = session.sign_ups.select_related("participation__person__subject", "session")
    return common.found(standing, sign_up_id)


@require_POST
@common.of_edition(changes=True)
def sign_up_give(
    request: Request, edition: Edition, session_id: UUID, sign_up_id: UUID
) -> HttpResponseBase:
    """Give somebody who waits a place."""
    session = _session(edition, session_id)
    participation = _asked(session, sign_up_id).participation
    back = _back(edition, session)
    if common.tried(
        request, lambda: places_given.give_place(session, participation, actor=request.who)
    ):
        return common.done(request, _("They have a place now."), back)
    return HttpResponseRedirect(back)


@form_page
@common.of_edition(changes=True)
def sign_up_withdraw(
    request: Request, edition: Edition, session_id: UUID, sign_up_id: UUID
) -> HttpResponseBase:
    """Ask, then withdraw a sign-up for somebody."""
    session = _session(edition, session_id)
    asked = _asked(session, sign_up_id)
    facts = {"name": asked.participation.person, "title": session.wording("title")}
    return common.remove(
        request,
        lambda: actions.withdraw(asked, actor=request.who),
        said=_("The sign-up is withdrawn; a free place goes to whoever waited longest."),
        back=_back(edition, session),
        title=_("Withdraw the sign-up of %(name)s for “%(title)s”?") % facts,
        submit=_("Withdraw the sign-up"),
        consequences=[
            _("A free place goes to whoever has waited longest, who is written to."),
            _("They are not written to themselves: tell them."),
        ],
    )
