"""What papers tell somebody who takes part: on the To do page, and beside their session."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from madang.core import clock, locales, texts
from madang.core.models import Translation
from madang.papers.models import Paper, Presentation
from madang.workshops.asked import Asked
from madang.workshops.models import Participation


def source(participation: Participation) -> Iterable[Asked]:
    """The papers of somebody's delegation: “Country paper of Fiji”, how it stands, until when."""
    if participation.country_id is None or participation.kind != Participation.Kind.PARTICIPANT:
        return []
    papers = list(
        Paper.objects.filter(edition=participation.edition_id, country=participation.country_id)
        .exclude(state=Paper.State.EXCUSED)
        .select_related("kind__request", "country")
        .order_by("kind__order", "pk")
    )
    names = _names(papers)
    slug = participation.edition.slug
    return [
        Asked(
            label=_("%(kind)s of %(country)s")
            % {"kind": names[paper.kind_id], "country": names[paper.country_id]},
            url=reverse("own_papers:paper", args=[slug, paper.pk]),
            note=paper.get_state_display() if paper.state != Paper.State.ASKED else "",
            until=_until(paper),
            is_done=not paper.is_owed,
        )
        for paper in papers
    ]


def _until(paper: Paper) -> datetime | None:
    """The deadline that a delegation still has to keep; what comes back has perhaps none left."""
    due = paper.deadline if paper.is_owed else None
    came_once = paper.state == Paper.State.SENT_BACK
    return None if due is not None and came_once and due < clock.now() else due


def _names(papers: Iterable[Paper]) -> Mapping[UUID, str]:
    """Names of kinds and countries by their ids, in the reader's language (one query for both)."""
    named: dict[UUID, tuple[Any, str]] = {}
    for paper in papers:
        named[paper.kind_id] = (paper.kind, "title")
        named[paper.country_id] = (paper.country, "name")
    found: dict[UUID, dict[str, str]] = {
        key: {thing.language: getattr(thing, name)} for key, (thing, name) in named.items()
    }
    rows = Translation.objects.filter(object_id__in=named) if named else Translation.objects.none()
    for key, field, language, text in rows.values_list("object_id", "field", "language", "text"):
        if field == named[key][1]:
            found[key].setdefault(language, text)
    return {key: texts.choose(found[key], thing.language) for key, (thing, _name) in named.items()}


def lines(participation: Participation) -> Mapping[UUID, SafeString]:
    """Beside the session in which somebody's delegation presents: its place in the order."""
    if participation.country_id is None or participation.kind != Participation.Kind.PARTICIPANT:
        return {}
    mine = Presentation.objects.filter(
        edition=participation.edition_id, country=participation.country_id
    )
    return {
        each.session_id: format_html(
            '<a href="{}">{}</a>',
            reverse("own_papers:presenting", args=[participation.edition.slug, each.session_id]),
            _line(each),
        )
        for each in mine
    }


def _line(presentation: Presentation) -> str:
    said = ngettext(
        "your delegation presents: place %(place)s, %(minutes)s minute",
        "your delegation presents: place %(place)s, %(minutes)s minutes",
        presentation.minutes,
    )
    return said % {
        "place": locales.number(presentation.order),
        "minutes": locales.number(presentation.minutes),
    }
