"""Badges: who has one, printing them, replacing one that was lost."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from madang.attendance import badge_files, papers
from madang.attendance.actions import badges as actions
from madang.attendance.actions import printing
from madang.attendance.forms.attendance import BadgeFilters
from madang.attendance.queries import badges as queries
from madang.attendance.views.pages import find_person, page
from madang.core import limits
from madang.core.models import Job
from madang.core.requests import Request, form_page, page_of
from madang.documents import tables
from madang.workshops.models import Edition, Participation
from madang.workshops.views.manage import common


def _back(edition: Edition) -> str:
    return reverse("attendance:badges", args=[edition.slug])


def _paper(asked: str) -> str:
    """One of the papers; an unknown one is a 404."""
    if asked not in papers.PAPERS:
        raise Http404
    return asked


@require_safe
@common.of_edition(changes=True)
def badges(request: Request, edition: Edition) -> HttpResponseBase:
    """Everybody expected, with their badge."""
    form = BadgeFilters(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in ("kind", "q")}
    found = queries.holders(edition, **asked)
    return page(
        request, "badges", edition,
        form=form,
        rows=page_of(request, found),
        missing=sum(holder.badge is None for holder in found),
        kinds=Participation.Kind.choices,
    )  # fmt: skip


@require_POST
@common.of_edition(changes=True)
def print_all(request: Request, edition: Edition) -> HttpResponseBase:
    """Let the worker set everybody's badge; its page shows how far it is."""
    paper, kind = _paper(request.POST.get("paper", "")), request.POST.get("kind", "")
    if kind and kind not in Participation.Kind:
        raise Http404
    started: list[Job] = []
    if common.tried(
        request,
        lambda: started.append(printing.ask(edition, paper=paper, kind=kind, actor=request.who)),
    ):
        return HttpResponseRedirect(started[0].get_absolute_url())
    return HttpResponseRedirect(_back(edition))


@require_safe
@common.of_edition(changes=True)
def printed(request: Request, edition: Edition, print_id: UUID) -> HttpResponseBase:
    """Badges that were set; where one has changed since, the way to set them anew."""
    content = badge_files.find(edition.pk, print_id)
    if content is None:
        messages.info(request, _("A badge or a name has changed since: print them once more."))
        return HttpResponseRedirect(_back(edition))
    return tables.download(content, f"{edition.slug}-badges.pdf")


@require_POST
@common.of_edition(changes=True)
def print_one(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """The badge of one person."""
    one = find_person(edition, participation_id)
    if one.state != Participation.State.EXPECTED:
        raise Http404
    paper = _paper(request.POST.get("paper", "card"))
    try:
        content = papers.pdf(edition, printing.one(one, paper=paper, actor=request.who), paper)
    except limits.LimitExceededError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_back(edition))
    return tables.download(content, f"{edition.slug}-badge.pdf")


@form_page
@common.of_edition(changes=True)
def replace(request: Request, edition: Edition, participation_id: UUID) -> HttpResponseBase:
    """Ask, then make another badge in place of one that was lost."""
    one = find_person(edition, participation_id)
    if one.state != Participation.State.EXPECTED:
        raise Http404
    return common.remove(
        request,
        lambda: actions.replace(one, actor=request.who),
        said=_("The badge is replaced: print the new one."),
        back=_back(edition),
        title=_("Replace the badge of %(name)s?") % {"name": one.person},
        submit=_("Replace the badge"),
        consequences=[
            _("The old badge opens no door any more; what was scanned with it before counts."),
            _("Badges that were printed of them have to be printed again."),
        ],
    )
