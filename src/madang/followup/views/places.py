"""Where somebody reaches their own follow-up: with their account, or by the link in a mail.

Both have the same pages. A link identifies and does not empower: what somebody wrote before is
shown after a code that was mailed (`people.access_links`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from madang.core import texts
from madang.core.requests import Request
from madang.followup import rules
from madang.followup.actions.asking import PURPOSE
from madang.followup.models import ActionPlan, Progress
from madang.people import access_links
from madang.people.models import AccessLink
from madang.workshops.models import Edition, Participation
from madang.workshops.pages import navigation
from madang.workshops.queries import public

View = Callable[..., HttpResponseBase]

_WHOLE = ("participation__person__subject", "participation__edition__series")


@dataclass
class Place:
    """A plan and the newest question about it, as its author reaches them."""

    request: Request
    plan: ActionPlan
    progress: Progress | None
    link: AccessLink | None
    token: str

    @property
    def participation(self) -> Participation:
        return self.plan.participation

    @property
    def edition(self) -> Edition:
        return self.participation.edition

    @property
    def actor(self) -> Any:
        """Who acts, for the audit trail: the account, or the link's person."""
        return self.link if self.link is not None else self.request.who

    def url(self, name: str, *arguments: Any) -> str:
        """The address of one of these pages, at this place."""
        if self.link is not None:
            return reverse(f"following:{name}", args=[self.token, *arguments])
        return reverse(f"own_followup:{name}", args=[self.edition.slug, *arguments])

    def note_use(self) -> None:
        if self.link is not None:
            access_links.note_use(self.link)

    def page(self, name: str, **context: Any) -> HttpResponse:
        """A page of this place; no device and no cache keeps it."""
        context |= {"place": self, "plan": self.plan, "progress": self.progress}
        return own_page(self.request, self.edition, name, with_tabs=self.link is None, **context)


def own_page(
    request: Request, edition: Edition, name: str, *, with_tabs: bool = True, **context: Any
) -> HttpResponse:
    """A page that is one person's alone, in the frame of the edition's pages."""
    texts.prefetch([edition])
    tabs = []
    if with_tabs:
        row = public.edition_row(request.who, edition.slug)
        tabs = navigation.tabs(row, request.who, request.path)
    context |= {"edition": edition, "tabs": tabs}
    response = render(request, f"followup/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def own(request: Request, slug: str) -> Participation:
    """One's own part in the edition of an address, or a 404."""
    row = public.edition_row(request.who, slug)
    mine = Participation.objects.filter(edition=row.id)
    return rules.own_plan.get_or_404(
        request.who, mine.select_related("edition__series", "person__subject")
    )


def of_plan(view: View) -> View:
    """Give a view the place of its address, with the edition's time zone active.

    Whoever comes by a link and gave no code yet is led to the page that asks for one.
    """

    @wraps(view)
    def wrapped(
        request: Request, *, token: str = "", slug: str = "", **arguments: Any
    ) -> HttpResponseBase:
        if token:
            try:
                link, progress = access_links.find(PURPOSE, token, _progress())
            except Http404:
                return gone(request)
            if not access_links.is_admitted(request, link):
                return HttpResponseRedirect(
                    f"{reverse('following:code', args=[token])}?next={request.path}"
                )
            place = Place(request, progress.plan, progress, link, token)
        else:
            place = _by_account(request, slug)
        with timezone.override(place.edition.zone):
            return view(request, place, **arguments)

    return wrapped


def _by_account(request: Request, slug: str) -> Place:
    mine = own(request, slug)
    plan = ActionPlan.objects.filter(participation=mine).select_related(*_WHOLE).first()
    if plan is None:
        raise Http404
    newest = _progress().filter(plan=plan).order_by("-round__months").first()
    return Place(request, plan, newest, None, "")


def _progress() -> Any:
    return Progress.objects.select_related("round", "plan", *(f"plan__{path}" for path in _WHOLE))


def gone(request: Request) -> HttpResponse:
    """What to do where a link opens nothing: whether it is wrong, over or revoked is not said."""
    return render(request, "followup/gone.html", status=404)
