"""What the secretariat's pages of this app share."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madang.core import texts
from madang.core.requests import Request
from madang.papers.models import Paper
from madang.workshops.models import Edition
from madang.workshops.views.manage import common


def page(request: Request, name: str, edition: Edition, **context: Any) -> HttpResponse:
    """A page of an edition: `may_change` tells the template whether to offer what changes it."""
    context |= {"edition": edition, "may_change": common.may_change(request, edition)}
    response = render(request, f"papers/manage/{name}.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def find_paper(edition: Edition, paper_id: UUID) -> Paper:
    """A paper of the edition with its kind, country and texts, or a 404."""
    papers = Paper.objects.filter(edition=edition).select_related(
        "kind__request", "country", "edition", "lead__person__subject", "material"
    )
    paper = common.found(papers, paper_id)
    with_texts(paper)
    return paper


def with_texts(paper: Paper) -> None:
    """Read the texts of a paper, its kind and its country (three queries)."""
    texts.prefetch([paper])
    texts.prefetch_referred([paper], "kind", "country")


def title_of(paper: Paper) -> str:
    """“Country paper of Fiji”, for headings."""
    return _("%(kind)s of %(country)s") % {
        "kind": paper.kind.wording("title"),
        "country": paper.country.wording("name"),
    }
