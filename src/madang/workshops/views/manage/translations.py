"""The texts of anything in an edition, given in one more language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.core import texts
from madang.core.models import Translation
from madang.core.requests import Request, form_page
from madang.workshops import rules
from madang.workshops.actions import translations
from madang.workshops.forms import fields
from madang.workshops.forms.translations import TranslationForm
from madang.workshops.models import (
    Edition,
    EditionPartner,
    Material,
    Module,
    Recommendation,
    RecommendationAnswer,
    Room,
    Series,
    Session,
    Site,
)
from madang.workshops.views.manage import common


@dataclass(frozen=True)
class Translatable:
    """Things of an edition whose texts can be given in several languages."""

    things: Callable[[Edition], QuerySet[Any]]
    verb: str
    page: str
    # Whether published pages show the texts beside the frozen programme.
    shown_at_once: bool = False


KINDS = {
    "edition": Translatable(
        lambda edition: Edition.objects.filter(pk=edition.pk),
        "edition.changed",
        "settings",
        shown_at_once=True,
    ),
    "module": Translatable(
        lambda edition: Module.objects.filter(edition=edition), "module.changed", "settings"
    ),
    "partner": Translatable(
        lambda edition: EditionPartner.objects.filter(edition=edition),
        "partner.changed",
        "settings",
        shown_at_once=True,
    ),
    "site": Translatable(
        lambda edition: Site.objects.filter(edition=edition), "place.changed", "places"
    ),
    "room": Translatable(
        lambda edition: Room.objects.filter(site__edition=edition), "place.changed", "places"
    ),
    "session": Translatable(
        lambda edition: Session.objects.filter(edition=edition), "session.changed", "sessions"
    ),
    "material": Translatable(
        lambda edition: Material.objects.filter(edition=edition),
        "material.changed",
        "materials",
        shown_at_once=True,
    ),
    "recommendation": Translatable(
        lambda edition: Recommendation.objects.filter(edition=edition),
        "recommendation.changed",
        "recommendations",
        shown_at_once=True,
    ),
    "answer": Translatable(
        lambda edition: RecommendationAnswer.objects.filter(edition=edition),
        "recommendation.changed",
        "recommendations",
        shown_at_once=True,
    ),
}


@form_page
@common.of_edition(changes=True)
def translation(request: Request, edition: Edition, kind: str, thing_id: UUID) -> HttpResponseBase:
    """Source and translation side by side; the language stands in the address."""
    if kind not in KINDS:
        raise Http404
    described = KINDS[kind]
    thing = common.found(described.things(edition), thing_id)
    back = reverse(f"manage:{described.page}", args=[edition.slug])

    def act(form: TranslationForm) -> None:
        translations.translate(
            thing,
            form.target,
            form.wordings(),
            described.verb,
            expected=form.cleaned_data["expected"],
            actor=request.who,
            scope=edition.pk,
            shown_in=edition if described.shown_at_once else None,
        )

    return translate_page(request, thing, act, back=back, edition=edition)


@form_page
def series_translation(request: Request, series_slug: str) -> HttpResponseBase:
    """The same for a series."""
    if not rules.plan_series.can(request.who, None):
        raise Http404
    series = get_object_or_404(Series, slug=series_slug)

    def act(form: TranslationForm) -> None:
        translations.translate(
            series,
            form.target,
            form.wordings(),
            "series.changed",
            expected=form.cleaned_data["expected"],
            actor=request.who,
        )

    return translate_page(request, series, act, back=reverse("manage:series_list"))


def translate_page(
    request: Request,
    thing: Any,
    act: Callable[[TranslationForm], None],
    *,
    back: str,
    edition: Edition | None = None,
) -> HttpResponseBase:
    """The page that gives one thing's texts in another language; apps above have theirs, too."""
    texts.prefetch([thing])
    target = _target(request, thing)
    form = TranslationForm(request.POST or None, thing=thing, target=target)
    if form.is_valid() and common.performed(form, lambda: act(form)):
        said = _("The texts in %(language)s are saved.")
        return common.done(
            request, said % {"language": fields.language_name(target)}, f"?language={target}"
        )
    context = {
        "form": form,
        "thing": thing,
        "edition": edition,
        "source": fields.language_name(thing.language),
        "target": target,
        "target_name": fields.language_name(target),
        "languages": _languages(thing, target),
        "others": [pair for pair in fields.language_choices() if pair[0] != thing.language],
        "back": back,
    }
    return render(request, "workshops/manage/translation.html", context)


def _target(request: Request, thing: Any) -> str:
    """The language in the address; else the first of the interface's that is not the source."""
    asked = request.GET.get("language")
    if asked is None:
        asked = next(code for code, _name in settings.LANGUAGES if code != thing.language)
    if asked == thing.language or asked not in fields.CONTENT_LANGUAGES:
        raise Http404
    return asked


def _languages(thing: Any, target: str) -> list[dict[str, Any]]:
    """Languages to go to: the interface's, and those that some text is given in already."""
    given = Translation.objects.filter(model=thing._meta.label_lower, object_id=thing.pk)
    codes = [code for code, _name in settings.LANGUAGES]
    codes += sorted(set(given.values_list("language", flat=True)) - set(codes))
    if target not in codes:
        codes.append(target)
    return [
        {
            "url": f"?language={code}",
            "label": fields.language_name(code),
            "current": code == target,
        }
        for code in codes
        if code != thing.language
    ]
