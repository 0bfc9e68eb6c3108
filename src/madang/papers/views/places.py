"""Which delegation presents in which session, in which order, for how long."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from madang.core import locales
from madang.core.requests import Request, form_page
from madang.papers import queries
from madang.papers.actions import presenting as actions
from madang.papers.forms.places import PlaceForm, PresentationForm
from madang.papers.models import Presentation
from madang.papers.views.pages import page
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def _back(edition: Edition) -> str:
    return reverse("papers:places", args=[edition.slug])


@require_safe
@common.of_edition()
def places(request: Request, edition: Edition) -> HttpResponseBase:
    """Sessions with their presentations, and who has something accepted but no place."""
    found = queries.places(edition)
    placed = {each.country_id for place in found for each in place.presentations}
    accepted = [row for row in queries.board(edition).rows if row.has_accepted]
    return page(
        request, "places", edition,
        places=found, without=[row for row in accepted if row.country.pk not in placed],
    )  # fmt: skip


@form_page
@common.of_edition(changes=True)
def give(request: Request, edition: Edition) -> HttpResponseBase:
    """Give several delegations places in a session at once."""
    rows = [row for row in queries.board(edition).rows if row.has_accepted]
    session_id = request.GET.get("session", "")
    form = PlaceForm(request.POST or None, edition=edition, rows=rows, session_id=session_id)
    number = [0]

    def act() -> None:
        number[0] = actions.place(
            edition,
            form.cleaned_data["session"],
            form.chosen(),
            form.cleaned_data["minutes"],
            actor=request.who,
        )

    if form.is_valid() and common.performed(form, act):
        said = ngettext(
            "%(number)s delegation has a place.", "%(number)s delegations have a place.", number[0]
        )
        return common.done(request, said % {"number": locales.number(number[0])}, _back(edition))
    return page(request, "place_give", edition, form=form, back=_back(edition))


def _presentation(edition: Edition, presentation_id: UUID) -> Presentation:
    rows = Presentation.objects.filter(edition=edition).select_related("country", "session")
    return common.found(rows, presentation_id)


@form_page
@common.of_edition(changes=True)
def edit(request: Request, edition: Edition, presentation_id: UUID) -> HttpResponseBase:
    presentation = _presentation(edition, presentation_id)
    form = PresentationForm(request.POST or None, instance=presentation, edition=edition)
    return common.edit(
        request,
        form,
        lambda: actions.change(
            presentation,
            form.cleaned_data["session"],
            form.cleaned_data["order"],
            form.cleaned_data["minutes"],
            expected_version=form.expected_version,
            actor=request.who,
        ),
        said=_("The place is saved."),
        back=_back(edition),
        title=presentation.country.wording("name"),
        submit=_("Save the place"),
        edition=edition,
    )


@form_page
@common.of_edition(changes=True)
def remove(request: Request, edition: Edition, presentation_id: UUID) -> HttpResponseBase:
    presentation = _presentation(edition, presentation_id)
    return common.remove(
        request,
        lambda: actions.remove(presentation, actor=request.who),
        said=_("The place is free."),
        back=_back(edition),
        title=_("Take %(country)s out of the session?")
        % {"country": presentation.country.wording("name")},
        submit=_("Take it out"),
        consequences=[_("Its papers open in the room no more; they stay accepted.")],
    )
