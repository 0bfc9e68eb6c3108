"""An edition as a whole: its overview, its details, its states, running it again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from madang.core import locales, texts, transitions
from madang.core.models import as_uuid
from madang.core.requests import Request, form_page
from madang.workshops import rules
from madang.workshops.actions import editions
from madang.workshops.actions.repeat import PARTS, repeat_edition
from madang.workshops.forms.editions import EditionForm, RepeatForm
from madang.workshops.models import Edition, Series
from madang.workshops.queries import overview, sessions
from madang.workshops.views.manage import common

# What a new edition of a series usually has in common with the one before.
_KEPT = (
    "title",
    "lead",
    "description",
    "country",
    "city",
    "venue",
    "time_zone",
    "seats",
    "language",
)


@require_safe
@common.of_edition()
def edition_overview(request: Request, edition: Edition) -> HttpResponseBase:
    """Where an edition stands, what is missing, and what can be done now."""
    counted = overview.editions_of(request.who).get(pk=edition.pk)
    standing = overview.Overview(edition)
    checks = standing.checks()
    return common.page(
        request,
        "edition",
        edition,
        overview=standing,
        next=overview.next_step(counted),
        missing=[check for check in checks if not check.done],
        present=[check for check in checks if check.done],
        steps=_steps_from(edition),
    )


def _steps_from(edition: Edition) -> list[dict[str, Any]]:
    """Transitions that lead on from the present state, those that are refused now included.

    Given as words, since a template would call a transition itself.
    """
    return [
        {
            "name": declared.name,
            "label": declared.label,
            "refusal": getattr(edition, declared.name).refusal(),
        }
        for declared in transitions.declared(Edition)
        if edition.state in declared.sources
    ]


@require_POST
@common.of_edition(changes=True)
def edition_state(request: Request, edition: Edition, name: str) -> HttpResponseBase:
    """Perform one of the edition's transitions."""
    if name not in {declared.name for declared in transitions.declared(Edition)}:
        raise Http404
    if common.tried(request, lambda: editions.move_edition(edition, name, actor=request.who)):
        messages.success(
            request, _("The edition is now: %(state)s.") % {"state": edition.get_state_display()}
        )
    return HttpResponseRedirect(reverse("manage:edition", args=[edition.slug]))


@form_page
def edition_add(request: Request) -> HttpResponseBase:
    """Plan an edition of the series that the address names, or choose the series first."""
    if not rules.plan_series.can(request.who, None):
        raise Http404
    if not request.GET.get("series"):
        all_series = list(Series.objects.all())
        texts.prefetch(all_series)
        return render(request, "workshops/manage/series_choice.html", {"all_series": all_series})
    series = get_object_or_404(Series, pk=as_uuid(request.GET["series"]))
    form = EditionForm(request.POST or None, series=series, initial=_initial(series))
    if form.is_valid():
        made: list[Edition] = []
        if common.performed(
            form,
            lambda: made.append(editions.add_edition(series, form.values(), actor=request.who)),
        ):
            return common.done(
                request,
                _("The edition is planned. Only the secretariat and directors see it yet."),
                reverse("manage:edition", args=[made[0].slug]),
            )
    return _edition_form(
        request, form, title=_("Plan an edition"), submit=_("Plan the edition"),
        lead=series.wording("title"), cancel=reverse("manage:desk"),
    )  # fmt: skip


def _initial(series: Series) -> dict[str, Any]:
    last = series.editions.order_by("-number").first()
    if last is None:
        return {"number": 1, "title": series.title, "language": series.language}
    return {name: getattr(last, name) for name in _KEPT} | {"number": last.number + 1}


def _edition_form(request: Request, form: EditionForm, **context: Any) -> HttpResponseBase:
    return render(request, "workshops/manage/form.html", {"form": form} | context)


@form_page
@common.of_edition(changes=True)
def edition_edit(request: Request, edition: Edition) -> HttpResponseBase:
    form = EditionForm(request.POST or None, instance=edition, series=edition.series)
    address = Edition.objects.values_list("slug", flat=True).get(pk=edition.pk)
    if form.is_valid() and common.performed(
        form,
        lambda: editions.change_edition(
            edition, form.values(), expected_version=form.expected_version, actor=request.who
        ),
    ):
        saved = Edition.objects.get(pk=edition.pk)
        _warn_of_sessions_outside(request, saved)
        return common.done(
            request,
            _("The details are saved."),
            reverse("manage:settings", args=[saved.slug]),
        )
    # What was typed stands in the form only: the page around it is that of the stored edition.
    stored = Edition.objects.get(pk=edition.pk)
    return _edition_form(
        request, form, title=_("Details of the edition"), submit=_("Save the details"),
        cancel=reverse("manage:settings", args=[address]), edition=stored,
    )  # fmt: skip


def _warn_of_sessions_outside(request: Request, edition: Edition) -> None:
    outside = sessions.outside_the_week(edition).count()
    if outside:
        said = ngettext(
            "One session is now outside the days of the edition.",
            "%(number)s sessions are now outside the days of the edition.",
            outside,
        )
        messages.warning(request, said % {"number": locales.number(outside)})


@form_page
@common.of_edition(changes=True)
def edition_repeat(request: Request, edition: Edition) -> HttpResponseBase:
    """Run this edition again, with the parts that are chosen."""
    series = edition.series
    initial = {name: getattr(edition, name) for name in _KEPT} | {
        "number": (series.editions.order_by("-number").values_list("number", flat=True)[0]) + 1,
        "parts": [part.name for part in PARTS],
    }
    form = RepeatForm(request.POST or None, series=series, initial=initial)
    if form.is_valid():
        made: list[Edition] = []
        chosen = form.cleaned_data["parts"]
        if common.performed(
            form,
            lambda: made.append(repeat_edition(edition, form.values(), chosen, actor=request.who)),
        ):
            return common.done(
                request,
                _("The edition is planned, with what you chose. Look through it now."),
                reverse("manage:edition", args=[made[0].slug]),
            )
    return _edition_form(
        request, form, title=_("Run this edition again"), submit=_("Plan the new edition"),
        cancel=reverse("manage:settings", args=[edition.slug]), edition=edition,
        lead=_("What you choose is copied; this edition stays as it is."),
    )  # fmt: skip
