"""Publishing the programme: what changes, whom that touches, and the button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from madang.core import locales, texts
from madang.core.requests import Request, form_page, page_of
from madang.workshops import notices
from madang.workshops.actions import publication
from madang.workshops.forms.publication import PublicationForm
from madang.workshops.models import Edition, ProgrammeVersion
from madang.workshops.programme import sentences
from madang.workshops.programme.preview import Preview, preview, told_concerns, touched_people
from madang.workshops.rules import plan_edition
from madang.workshops.views.manage.common import done, of_edition, page, performed, remove


@form_page
@of_edition()
def publish(request: Request, edition: Edition) -> HttpResponseBase:
    """Show what the draft would change; publish it when asked to."""
    if request.method == "POST" and not plan_edition.can(request.who, edition):
        raise Http404
    seen = preview(edition)
    form = PublicationForm(request.POST or None, edition=edition, preview=seen)
    touched = touched_people(edition, seen)
    told = sum(person.has_address for person in touched)
    if form.is_valid() and performed(
        form,
        lambda: publication.publish(
            edition, notes=form.notes(), seen=form.cleaned_data["seen"], actor=request.who
        ),
    ):
        return done(request, _said(told), reverse("manage:publish", args=[edition.slug]))
    context = _context(edition, seen, form) | {"touched": touched, "told": told}
    return page(request, "publish", edition, **context)


def _said(how_many: int) -> str:
    if not how_many:
        return _("The programme is published. Nobody has to be told.")
    return ngettext(
        "The programme is published. %(count)s person is told by mail.",
        "The programme is published. %(count)s people are told by mail.",
        how_many,
    ) % {"count": locales.number(how_many)}


def _context(edition: Edition, seen: Preview, form: PublicationForm) -> dict[str, Any]:
    versions = list(edition.versions.defer("content").order_by("-number"))
    texts.prefetch(versions)
    concerns = told_concerns(edition, seen.after, seen.concerns)
    return {
        "form": form,
        "seen": seen,
        "sentences": []
        if seen.is_first
        else sentences.told(seen.changes, seen.before, seen.after, seen.names),
        "concerns": concerns,
        "more_concerns": len(seen.concerns) - len(concerns),
        "versions": versions,
    }


@form_page
@of_edition(changes=True)
def reset(request: Request, edition: Edition, number: int) -> HttpResponseBase:
    """Ask, then set the draft back to a published version."""
    version = _numbered(edition, number)

    def act() -> None:
        for sentence in publication.reset_draft(version, actor=request.who):
            messages.warning(request, sentence)

    return remove(
        request,
        act,
        said=_("The draft is again as version %(number)s.") % {"number": locales.number(number)},
        back=reverse("manage:publish", args=[edition.slug]),
        title=_("Set the draft back to version %(number)s?") % {"number": locales.number(number)},
        submit=_("Set the draft back"),
        consequences=[
            _("Times, rooms, people and texts of its sessions become what they were."),
            _("Sessions added since are kept, but wait to be placed again."),
            _("Visitors see no difference until you publish."),
        ],
    )


@require_safe
@of_edition()
def told(request: Request, edition: Edition, number: int) -> HttpResponse:
    """To whom a version was announced, and whether the messages have left."""
    version = _numbered(edition, number)
    rows = page_of(request, notices.told(version))
    return page(request, "told", edition, version=version, rows=rows)


def _numbered(edition: Edition, number: int) -> ProgrammeVersion:
    version = edition.versions.filter(number=number).defer("content").first()
    if version is None:
        raise Http404
    return version
