"""The page of an edition, its materials, and what the edition before it recommended."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from madang.workshops import latest, rules
from madang.workshops.models import Edition, EditionPartner, RecommendationAnswer
from madang.workshops.pages import event_data, serving
from madang.workshops.queries import public
from madang.workshops.queries.public import EditionRow

LATEST = 3


@require_safe
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    row = public.edition_row(request.who, slug)
    view = serving.View("workshops/edition.html", None, lambda: edition_context(row))
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def materials(request: HttpRequest, slug: str) -> HttpResponse:
    row = public.edition_row(request.who, slug)
    belongs = rules.belongs.can(request.who, row)

    def context() -> dict[str, Any]:
        given = public.materials(row, request.who)
        return {
            "edition": public.editions([row.id])[row.id],
            "groups": public.by_session(given, row.programme),
            "all_materials": given,
            "belongs": belongs,
        }

    view = serving.View("workshops/materials.html", belongs, context)
    return serving.canonical(request) or serving.serve(request, row, view)


@require_safe
def recommendations(request: HttpRequest, slug: str) -> HttpResponse:
    row = public.edition_row(request.who, slug)

    def context() -> dict[str, Any]:
        found = public.editions([row.id])[row.id]
        previous = public.previous_edition(found)
        followed = public.followed(found, previous, row.programme) if previous else []
        return {"edition": found, "previous": previous, "followed": followed}

    view = serving.View("workshops/recommendations.html", None, context)
    return serving.canonical(request) or serving.serve(request, row, view)


def edition_context(row: EditionRow) -> dict[str, Any]:
    """What the page of an edition shows."""
    found = public.editions([row.id])[row.id]
    partners = public.partners(row.id)
    previous = public.previous_edition(found)
    return {
        "edition": found,
        "event": event_data.of_edition(found, partners),
        "attendance": public.attendance(row.id),
        "modules": public.modules(row.programme),
        "partners": _by_role(partners),
        "news": latest.news(row.id, LATEST),
        "versions": public.versions(row)[:LATEST],
        "previous": previous,
        "answers": _count_answers(found, previous),
    }


def _by_role(partners: Sequence[EditionPartner]) -> list[tuple[str, list[EditionPartner]]]:
    roles = EditionPartner.Role
    groups = [(role.label, [each for each in partners if each.role == role]) for role in roles]
    return [(str(label), group) for label, group in groups if group]


def _count_answers(found: Edition, previous: Edition | None) -> dict[str, int]:
    if previous is None:
        return {}
    states = RecommendationAnswer.State
    counted = Counter(public.answer_states(found, previous))
    return {
        "all": counted.total(),
        "answered": counted[states.ANSWERED],
        "declined": counted[states.DECLINED],
    }
