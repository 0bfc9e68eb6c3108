"""Publishing the programme: what changes, whom that touches, and the button."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from madang.core import locales, texts
from madang.core.requests import Request
from madang.workshops import notices
from madang.workshops.actions import publication
from madang.workshops.forms.publication import PublicationForm
from madang.workshops.models import Edition, ProgrammeVersion
from madang.workshops.programme import concern_sentences, sentences
from madang.workshops.programme.preview import Preview, names, preview
from madang.workshops.rules import plan_edition
from madang.workshops.views.manage.common import done, of_edition, page, performed, remove

GET_AND_POST = ("GET", "HEAD", "POST")


@require_http_methods(GET_AND_POST)
@of_edition()
def publish(request: Request, edition: Edition) -> HttpResponseBase:
    """Show what the draft would change; publish it when asked to."""
    seen = preview(edition)
    form = PublicationForm(request.POST or None, edition=edition, is_first=seen.is_first)
    if request.method == "POST":
        if not plan_edition.can(request.who, edition):
            raise Http404
        if form.is_valid() and performed(
            form,
            lambda: publication.publish(edition, notes=form.notes(), actor=request.user),
        ):
            return done(request, _said(seen), reverse("manage:publish", args=[edition.slug]))
    return page(request, "publish", edition, **_context(edition, seen, form))


def _said(seen: Preview) -> str:
    how_many = len(seen.touched)
    return ngettext(
        "The programme is published. %(count)s person is told.",
        "The programme is published. %(count)s people are told.",
        how_many,
    ) % {"count": locales.number(how_many)}


def _context(edition: Edition, seen: Preview, form: PublicationForm) -> dict[str, Any]:
    known = names(edition)
    versions = list(
        ProgrammeVersion.objects.filter(edition=edition).defer("content").order_by("-number")
    )
    texts.prefetch(versions)
    touched = sorted(
        ((known[who], changes) for who, changes in seen.touched.items() if who in known),
        key=lambda row: row[0].casefold(),
    )
    return {
        "form": form,
        "seen": seen,
        "sentences": []
        if seen.is_first
        else [
            sentences.sentence(change, seen.before, seen.after, known) for change in seen.changes
        ],
        "concerns": [
            concern_sentences.sentence(concern, seen.after, known) for concern in seen.concerns
        ],
        "touched": [
            (name, len({change.session.id for change in changes})) for name, changes in touched
        ],
        "versions": versions,
    }


@require_http_methods(GET_AND_POST)
@of_edition(changes=True)
def reset(request: Request, edition: Edition, number: int) -> HttpResponseBase:
    """Ask, then set the draft back to a published version."""
    version = ProgrammeVersion.objects.filter(edition=edition, number=number).first()
    if version is None:
        raise Http404
    return remove(
        request,
        lambda: publication.reset_draft(version, actor=request.user),
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


@of_edition()
def told(request: Request, edition: Edition, number: int) -> HttpResponse:
    """To whom a version was announced, and whether the messages have left."""
    version = (
        ProgrammeVersion.objects.filter(edition=edition, number=number).defer("content").first()
    )
    if version is None:
        raise Http404
    return page(
        request, "told", edition, version=version, messages_sent=list(notices.told(version))
    )
