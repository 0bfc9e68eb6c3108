"""Signing up for a session and withdrawing: forms that only act."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.core.transitions import TransitionRefusedError
from madang.workshops import rules
from madang.workshops.actions import sign_ups as actions
from madang.workshops.models import Participation, Session, SignUp
from madang.workshops.queries import public, public_people, sign_ups


@require_POST
def sign_up(request: HttpRequest, slug: str, session_id: UUID) -> HttpResponse:
    def ask(session: Session, participation: Participation) -> str:
        asked = actions.sign_up(session, participation, actor=request.who)
        if asked.state == SignUp.State.CONFIRMED:
            return _("You have a place.")
        return _(
            "All places are taken. You are in the queue, and we write to you when one is free."
        )

    return _act(request, slug, session_id, ask)


@require_POST
def withdraw(request: HttpRequest, slug: str, session_id: UUID) -> HttpResponse:
    def take_back(session: Session, participation: Participation) -> str:
        asked = sign_ups.own(session.id, participation)
        if asked is not None:
            actions.withdraw(asked, actor=request.who)
        return _("Your sign-up is withdrawn.")

    return _act(request, slug, session_id, take_back)


def _act(
    request: HttpRequest,
    slug: str,
    session_id: UUID,
    act: Callable[[Session, Participation], str],
) -> HttpResponse:
    """Find whom and what it is about, act, say what came of it, and show the session again."""
    row = public.edition_row(request.who, slug)
    session = rules.sign_up.get_or_404(
        request.who, Session.objects.filter(edition=row.id), pk=session_id
    )
    participation = public_people.own_participation(row, request.who)
    if participation is None or not (row.programme and session.id in row.programme.session_by_id):
        raise Http404
    try:
        messages.success(request, act(session, participation))
    except (actions.SignUpRefusedError, TransitionRefusedError) as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("workshops:session", args=[slug, session_id]))
