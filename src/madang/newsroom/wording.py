"""A release as the public reads it: the approved content, in the best language there is."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from madang.core import approvals, texts
from madang.core.models import Approval
from madang.core.texts import Words
from madang.newsroom import queries
from madang.newsroom.models import Release


def content(release: Release) -> dict[str, Any]:
    """What goes out, whole: every text in every language, and the files that go with it.

    This is what a director approves; a file is known by the fingerprint of its content.
    """
    texts.prefetch([release])
    return {
        "kind": release.kind,
        "number": release.number,
        "source": release.language,
        "attachments": [
            {"id": str(file.pk), "name": file.name, "size": file.size, "digest": file.digest}
            for file in queries.files_of(release)
        ],
        **{field: release.all_wordings(field) for field in Release.TRANSLATED},
    }


def attachment_ids(approved: Approval) -> frozenset[str]:
    """The files that were approved."""
    stated: Any = approvals.parse(approved.content)
    return frozenset(file["id"] for file in stated["attachments"])


def differs_from_published(release: Release) -> bool:
    """Whether what is written now is something else than what the public reads."""
    if release.published is None:
        return False
    return release.published.digest != _digest(release)


def approval_refusal(release: Release) -> str | None:
    """Why a director has nothing to approve in it now; None where there is something."""
    approved = approvals.approved(release)
    if approved is None or release.state == Release.State.WITHDRAWN:
        return None
    if approved.digest != _digest(release):
        return None
    return _("A director has approved it already, word for word.")


def _digest(release: Release) -> str:
    return approvals.digest(approvals.canonical(content(release)))


@dataclass(frozen=True)
class ReleaseText:
    """A release in words."""

    release: Release
    title: Words
    lead: Words
    body: Words
    number: str
    kind: str


def published(release: Release) -> ReleaseText:
    """The words of a published release, as they were approved."""
    return read(release, approvals.parse(release.published.content))


def read(release: Release, stated: Any) -> ReleaseText:
    """The words of a content that `content` made."""
    words = {field: Words(stated[field], stated["source"]) for field in Release.TRANSLATED}
    kind = str(Release.Kind(stated["kind"]).label)
    return ReleaseText(release=release, number=stated["number"], kind=kind, **words)
