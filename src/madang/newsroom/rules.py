"""Who may read and write releases."""

from typing import Any

from django.db.models import Q

from madang.core import clock
from madang.core.policies import Rule, role
from madang.newsroom.models import Attachment, Release

# Written by the secretariat of its edition; one without an edition by that of the installation.
write = role("secretariat", at="edition_id")
approve = role("director", at="edition_id")
oversee = role("secretariat", "director", at="edition_id")


def _is_out(release: Release) -> bool:
    return (
        release.state == Release.State.PUBLISHED
        and release.published_at is not None
        and release.published_at <= clock.now()
    )


# The moment counts in the demo, where the clock can be before it.
read: Rule[Any] = Rule(
    lambda _who, release: _is_out(release),
    lambda _who: Q(state=Release.State.PUBLISHED, published_at__lte=clock.now()),
)


def _is_out_with_its_release(attachment: Attachment) -> bool:
    return attachment.is_public and _is_out(attachment.release)


_read_with_its_release: Rule[Any] = Rule(
    lambda _who, attachment: _is_out_with_its_release(attachment),
    lambda _who: Q(
        is_public=True,
        release__state=Release.State.PUBLISHED,
        release__published_at__lte=clock.now(),
    ),
)
read_attachment = _read_with_its_release | role("secretariat", "director", at="release__edition_id")
