"""A release as the public reads it: the approved content, in the best language there is."""

from dataclasses import dataclass
from typing import Any

from madang.core import approvals, texts
from madang.core.texts import Words
from madang.newsroom.models import Release


def content(release: Release) -> dict[str, Any]:
    """What goes out, whole: every text in every language. This is what a director approves."""
    texts.prefetch([release])
    return {
        "kind": release.kind,
        "number": release.number,
        "source": release.language,
        **{field: release.all_wordings(field) for field in Release.TRANSLATED},
    }


@dataclass(frozen=True)
class ReleaseText:
    """A release in words."""

    release: Release
    title: Words
    lead: Words
    body: Words
    number: str

    @property
    def kind(self) -> str:
        return str(self.release.get_kind_display())


def published(release: Release) -> ReleaseText:
    """The words of a published release, as they were approved."""
    return read(release, approvals.parse(release.published.content))


def read(release: Release, stated: Any) -> ReleaseText:
    """The words of a content that `content` made."""
    words = {field: Words(stated[field], stated["source"]) for field in Release.TRANSLATED}
    return ReleaseText(release=release, number=stated["number"], **words)
