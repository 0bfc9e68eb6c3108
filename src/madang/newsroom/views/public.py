"""What the public reads: releases, one release, and a feed of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from madang.core import feeds
from madang.core.requests import Request, page_of
from madang.newsroom import queries, rules, wording
from madang.newsroom.models import Release
from madang.workshops.rules import see_edition

FEED_SIZE = 30


@require_safe
def index(request: Request) -> HttpResponse:
    """The releases, the newest first."""
    rows = page_of(request, queries.readable(request.who))
    context = {"rows": rows, "releases": [wording.published(release) for release in rows]}
    return render(request, "newsroom/index.html", context)


@require_safe
def release(request: Request, release_id: UUID) -> HttpResponse:
    """One release with its attachments."""
    releases = Release.objects.select_related("published", "edition")
    found = rules.read.get_or_404(request.who, releases, pk=release_id)
    about = found.edition
    if about is not None and not see_edition.can(request.who, about):
        about = None
    context = {
        "release": found,
        "text": wording.published(found),
        "about": about,
        "attachments": list(queries.public_files_of(found)),
    }
    return render(request, "newsroom/release.html", context)


@require_safe
def feed(request: Request) -> HttpResponse:
    """The newest releases as an Atom feed."""
    entries = [
        feeds.Entry(
            id=release.id.urn,
            title=text.title.wording(),
            url=reverse("newsroom:release", args=[release.id]),
            published=release.published_at,
            updated=max(release.published_at, release.published.approved_at),
            summary=text.lead.wording(),
        )
        for release in queries.readable(request.who)[:FEED_SIZE]
        for text in [wording.published(release)]
    ]
    return feeds.respond(
        _("News of the workshops"), reverse("newsroom:feed"), reverse("newsroom:index"), entries
    )
