"""Signing up for a session, and withdrawing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.core.requests import form_page
from madang.core.transitions import TransitionRefusedError
from madang.workshops import rules
from madang.workshops.actions import sign_ups as actions
from madang.workshops.models import Participation, Session, SignUp
from madang.workshops.queries import public, public_people, sign_ups
from madang.workshops.queries.public import EditionRow


@require_POST
def sign_up(request: HttpRequest, slug: str, session_id: UUID) -> HttpResponse:
    """Give whoever asks a place, or a place in the queue."""
    row, session, participation = _own(request, slug, session_id)

    def ask() -> str:
        asked = actions.sign_up(session, participation, actor=request.who)
        if asked.state == SignUp.State.CONFIRMED:
            return _("You have a place.")
        return _(
            "All places are taken. You are in the queue, and we write to you when one is free."
        )

    return _acted(request, row, session, ask)


@form_page
def withdraw(request: HttpRequest, slug: str, session_id: UUID) -> HttpResponse:
    """Ask, then take a sign-up back."""
    row, session, participation = _own(request, slug, session_id)
    asked = sign_ups.own(session.id, participation)
    back = reverse("workshops:session", args=[slug, session_id])
    if asked is None:
        return HttpResponseRedirect(back)

    def take_back() -> str:
        actions.withdraw(asked, actor=request.who)
        return _("Your sign-up is withdrawn.")

    if request.method == "POST":
        return _acted(request, row, session, take_back)
    title = row.programme.session_by_id[session.id].title.wording()
    context = {
        "title": _("Withdraw your sign-up for “%(title)s”?") % {"title": title},
        "consequences": [
            _("Your place goes to whoever has waited longest."),
            _("If you sign up again, you are the last in the queue."),
        ],
        "submit": _("Withdraw my sign-up"),
        "cancel_url": back,
    }
    return render(request, "components/confirm.html", context)


def _own(
    request: HttpRequest, slug: str, session_id: UUID
) -> tuple[EditionRow, Session, Participation]:
    """The edition, a session of its programme, and how the reader takes part; or a 404."""
    row = public.edition_row(request.who, slug)
    session = rules.sign_up.get_or_404(
        request.who, Session.objects.filter(edition=row.id), pk=session_id
    )
    participation = public_people.own_participation(row, request.who)
    if participation is None or not (row.programme and session.id in row.programme.session_by_id):
        raise Http404
    return row, session, participation


def _acted(
    request: HttpRequest, row: EditionRow, session: Session, act: Callable[[], str]
) -> HttpResponse:
    """Act, say what came of it, and show the session again."""
    try:
        messages.success(request, act())
    except (actions.SignUpRefusedError, TransitionRefusedError) as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("workshops:session", args=[row.slug, session.pk]))
