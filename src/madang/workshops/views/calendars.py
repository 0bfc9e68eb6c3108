"""The page that leads a programme into people's calendars, and the secret address of one's own."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.core.requests import form_page
from madang.workshops import rules
from madang.workshops.actions import calendar_links as actions
from madang.workshops.calendars import tokens
from madang.workshops.models import CalendarLink, Participation
from madang.workshops.pages import answers, serving
from madang.workshops.queries import public, public_people
from madang.workshops.queries.public import EditionRow

_ANCHOR = "#mine"


@dataclass(frozen=True)
class Subscription:
    """The address of a calendar, and the ways by which calendar programs take it."""

    address: str

    @property
    def webcal(self) -> str:
        """Opens whatever calendar the device has (Apple, Outlook, Thunderbird)."""
        return f"webcal:{self.address.removeprefix(urlsplit(self.address).scheme + ':')}"

    @property
    def google(self) -> str:
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """The Outlook of private accounts; `office` is that of ministries and companies."""
        return f"https://outlook.live.com/calendar/0/addfromweb?url={quote(self.address, safe='')}"

    @property
    def office(self) -> str:
        return (
            f"https://outlook.office.com/calendar/0/addfromweb?url={quote(self.address, safe='')}"
        )


def subscription(name: str, *args: object) -> Subscription:
    """How to subscribe to one of the calendars, in the reader's language."""
    language = get_language() or settings.LANGUAGE_CODE
    return Subscription(answers.address(name, *args, code=language))


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """How to get the programme, or one's own part of it, into a calendar."""
    row = public.edition_row(request.who, slug)

    def context() -> dict[str, Any]:
        return {
            "edition": public.editions([row.id])[row.id],
            "whole": subscription("calendar_feed", slug),
        }

    def box() -> SafeString:
        return _own_box(request, row)

    takes_part = rules.belongs.can(request.who, row)
    view = serving.View("workshops/calendar.html", None, context, box if takes_part else None)
    return serving.canonical(request) or serving.serve(request, row, view)


@require_POST
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the reader's own address, or another one in its place."""
    row, participation = _own(request, slug)
    had_one = CalendarLink.objects.filter(participation=participation).exists()
    actions.renew(participation, actor=request.who)
    if had_one:
        messages.success(
            request,
            _("You have a new address. Subscribe to it again: the old one answers no more."),
        )
    else:
        messages.success(request, _("You have an address. Subscribe to it in your calendar."))
    return _back(row)


@form_page
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the address back, once the reader has said that they mean it."""
    row, participation = _own(request, slug)
    if not CalendarLink.objects.filter(participation=participation).exists():
        raise Http404
    if request.method == "POST":
        actions.stop(participation, actor=request.who)
        messages.success(request, _("The address answers no more."))
        return _back(row)
    context = {
        "title": _("Stop your calendar's address?"),
        "message": _("Calendars that follow it will no longer learn of changes."),
        "submit": _("Stop the address"),
        "cancel_url": reverse("workshops:calendar", args=[slug]) + _ANCHOR,
    }
    return render(request, "components/confirm.html", context)


def _own(request: HttpRequest, slug: str) -> tuple[EditionRow, Participation]:
    """The edition and how the reader takes part in it; a 404 for everybody else."""
    row = public.edition_row(request.who, slug)
    participation = public_people.own_participation(row, request.who)
    if participation is None:
        raise Http404
    return row, participation


def _back(row: EditionRow) -> HttpResponse:
    return HttpResponseRedirect(reverse("workshops:calendar", args=[row.slug]) + _ANCHOR)


def _own_box(request: HttpRequest, row: EditionRow) -> SafeString:
    """The reader's own address, or the offer of one; nothing for who takes no part."""
    participation = public_people.own_participation(row, request.who)
    if participation is None:
        return SafeString()
    link = CalendarLink.objects.filter(participation=participation).first()
    token = tokens.shown(link) if link else ""
    shown = {
        "row": row,
        "mine": subscription("my_calendar", row.slug, token) if token else None,
        "until": row.ends_on + tokens.LASTS,
    }
    return render_to_string("workshops/my_calendar.html", shown, request)
