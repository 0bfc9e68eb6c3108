"""What this app tells the rest of the house at the start."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from madang.core import approvals, audit, files, links
from madang.newsroom import queries, rules, wording
from madang.newsroom.models import Attachment, Release
from madang.people.holders import holders
from madang.people.visitors import VISITOR
from madang.workshops import latest


def register() -> None:
    audit.register_verbs(
        {
            "release.added": _("wrote %(thing)s"),
            "release.changed": _("changed %(fields)s of %(thing)s"),
            "release.published": _("published %(thing)s"),
            "release.withdrawn": _("withdrew %(thing)s"),
            "release.attached": _("attached a file to %(thing)s"),
            "release.detached": _("took a file away from %(thing)s"),
        }
    )
    approvals.register(
        Release,
        kind="release",
        label=_("release"),
        content=wording.content,
        render=_as_it_will_read,
        author_rule=rules.write,
        director_rule=rules.approve,
        directors=lambda release: holders("director", release.edition_id),
    )
    files.register_owner(
        Attachment,
        rules.read_attachment,
        queryset=lambda: Attachment.objects.select_related("release"),
    )
    latest.register(_news)
    links.register(
        Release,
        kind=_("release"),
        title=lambda release: release.wording("title"),
        url=lambda release: reverse("newsroom_manage:release", args=[release.id]),
        rule=rules.oversee,
    )


def _news(edition_id: UUID) -> Iterator[latest.News]:
    """The releases of an edition that are out, for its page."""
    for release in queries.readable(VISITOR).filter(edition=edition_id):
        yield latest.News(
            wording.published(release).title.wording(),
            reverse("newsroom:release", args=[release.id]),
            release.published_at,
        )


def _as_it_will_read(release: Release, stated: Any) -> SafeString:
    """Every language, as it will stand on the public page, and what goes with it."""
    text = wording.read(release, stated)
    versions = [
        (text.title.wording(code), text.lead.wording(code), text.body.wording(code))
        for code in stated["title"]
    ]
    context = {"versions": versions, "attachments": stated["attachments"]}
    return render_to_string("newsroom/_approval.html", context)
