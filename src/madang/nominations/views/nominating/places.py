"""Where a page of nominating is reached: below a link's token, or below one's own account.

Both have the same pages. A link identifies and does not empower: what was entered before is shown
after a code that was mailed (`people.access_links`), except for drafts that the same browser has
entered just now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from madang.core import clock
from madang.core.requests import Request
from madang.nominations import deadlines, rules
from madang.nominations.actions.invitations import PURPOSE
from madang.nominations.models import Call, Invitation, Nomination
from madang.nominations.nominating import Delegation
from madang.nominations.queries.nominations import whole
from madang.people import access_links
from madang.people.models import AccessLink, Country

View = Callable[..., HttpResponseBase]

_SESSION_KEY = "entered"
_SHOWN_STATES = (Call.State.OPEN, Call.State.CLOSED)


@dataclass
class Place:
    """A country's part in a call, as it is reached by whoever asks."""

    request: Request
    delegation: Delegation
    link: AccessLink | None
    arguments: tuple[str, ...]

    def url(self, name: str, *arguments: Any) -> str:
        """The address of one of the pages below this place."""
        prefix = "" if self.link is not None else "own_"
        return reverse(f"nominating:{prefix}{name}", args=[*self.arguments, *arguments])

    @property
    def is_admitted(self) -> bool:
        """Whether everything of this country may be shown now."""
        return self.link is None or access_links.is_admitted(self.request, self.link)

    def admits(self, nomination: Nomination) -> bool:
        """Whether one nomination may be shown: all may, or it is a draft entered here just now."""
        if self.is_admitted:
            return True
        until = self._entered().get(str(nomination.pk))
        return (
            nomination.state == Nomination.State.DRAFT
            and until is not None
            and datetime.fromisoformat(until) > clock.now()
        )

    def remember(self, nomination: Nomination) -> None:
        """This browser entered the nomination: it may go on writing it for a while."""
        until = (clock.now() + access_links.ADMITTED_FOR).isoformat()
        self.request.session[_SESSION_KEY] = self._entered() | {str(nomination.pk): until}

    def forget(self, nomination: Nomination) -> None:
        """What was sent is shown again only after a code."""
        entered = self._entered()
        if entered.pop(str(nomination.pk), None) is not None:
            self.request.session[_SESSION_KEY] = entered

    def note_use(self) -> None:
        if self.link is not None:
            access_links.note_use(self.link)

    def nomination(self, nomination_id: UUID) -> Nomination:
        """One of the country's nominations, or a 404."""
        found = whole(self.delegation.nominations).filter(pk=nomination_id).first()
        if found is None:
            raise Http404
        return found

    def page(self, name: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of this place; it is nobody else's to keep."""
        context |= {
            "place": self,
            "delegation": self.delegation,
            "edition": self.delegation.edition,
            "call": self.delegation.call,
            "desk_url": self.url("desk"),
        }
        response = render(
            self.request, f"nominations/nominating/{name}.html", context, status=status
        )
        response["Cache-Control"] = "private, no-store"
        return response

    def ask_code(self) -> HttpResponse:
        """On to the page that asks for a code, and from there back to where one wanted to go."""
        query = urlencode({"next": self.request.path})
        return HttpResponseRedirect(f"{self.url('code')}?{query}")

    def _entered(self) -> dict[str, str]:
        return dict(self.request.session.get(_SESSION_KEY, {}))


def of_country(view: View) -> View:
    """Give a view the place of its address, with the edition's time zone active.

    A link that does not hold answers with a page that says so, as a 404.
    """

    @wraps(view)
    def wrapped(
        request: Request, *, token: str = "", slug: str = "", alpha2: str = "", **arguments: Any
    ) -> HttpResponseBase:
        if token:
            place = _by_link(request, token)
            if place is None:
                return gone(request)
        else:
            place = _by_account(request, slug, alpha2)
        with timezone.override(place.delegation.edition.zone):
            return view(request, place, **arguments)

    return wrapped


def of_nomination(*, changes: bool = False) -> Callable[[View], View]:
    """Give a view one nomination of the place, to whoever may see it now.

    Where the view `changes` something and the call is closed, a page says so.
    """

    def decorate(view: View) -> View:
        @of_country
        @wraps(view)
        def wrapped(
            request: Request, place: Place, nomination_id: UUID, **arguments: Any
        ) -> HttpResponseBase:
            nomination = place.nomination(nomination_id)
            if not place.admits(nomination):
                return place.ask_code()
            if changes and place.delegation.closed_because is not None:
                return closed(place)
            return view(request, place, nomination, **arguments)

        return wrapped

    return decorate


def closed(place: Place) -> HttpResponse:
    """Why nothing can be entered or changed any more, and whom to write to."""
    return place.page("closed", status=403)


def gone(request: Request) -> HttpResponse:
    """What to do where a link opens nothing: whether it is wrong, over or revoked is not said."""
    return render(request, "nominations/nominating/gone.html", status=404)


def _by_link(request: Request, token: str) -> Place | None:
    invitations = Invitation.objects.filter(call__state__in=_SHOWN_STATES).select_related(
        "country", "call__edition__series"
    )
    try:
        link, invitation = access_links.find(PURPOSE, token, invitations)
    except Http404:
        return None
    delegation = Delegation(
        invitation.call, invitation.country, invitation, link, link.person, invitation.language
    )
    return Place(request, delegation, link, (token,))


def _by_account(request: Request, slug: str, alpha2: str) -> Place:
    country = rules.speak_for.get_or_404(request.who, Country.objects.all(), alpha2=alpha2)
    calls = Call.objects.filter(state__in=_SHOWN_STATES).select_related("edition__series")
    call = rules.see_call.visible(request.who, calls).filter(edition__slug=slug).first()
    if call is None:
        raise Http404
    invitation = deadlines.invitation_of(call, country)
    person = request.who.person
    delegation = Delegation(call, country, invitation, request.who, person, person.language)
    return Place(request, delegation, None, (slug, alpha2))
