"""Writing releases, putting them up for approval, publishing and withdrawing them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from madang.core import approvals, audit, clock, files
from madang.core.audit import Actor
from madang.core.models import Approval, StaleRecordError, StoredFile
from madang.core.transitions import TransitionRefusedError
from madang.newsroom.models import Release
from madang.people.models import Account
from madang.workshops.actions import stamps


@transaction.atomic
def add(values: Mapping[str, Any], *, actor: Actor | None) -> Release:
    """A new release, as a draft."""
    release = Release(**values)
    release.save(force_insert=True)
    audit.record(actor, "release.added", release)
    return release


@transaction.atomic
def change(
    release: Release, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a draft, or prepare a correction of what is published.

    Raises `StaleRecordError` where somebody else saved since `expected_version`.
    """
    stored = Release.objects.select_for_update().get(pk=release.pk)
    if stored.version != expected_version:
        raise StaleRecordError(f"Release {release.pk} was saved by somebody else.")
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(stored, name, values[name])
    stored.save(update_fields=changed)
    audit.record(actor, "release.changed", stored, fields=changed)


@transaction.atomic
def put_up(release: Release, *, director: Account, actor: Account) -> Approval:
    """Hand it to a director, with its content fixed as it is now."""
    approval = approvals.start(release, actor=actor, director=director)
    approvals.clear(approval, actor=actor)
    return approval


@transaction.atomic
def publish(release: Release, *, actor: Actor | None) -> None:
    """Let the public read what was approved last. Raises `TransitionRefusedError` without that.

    A correction keeps the moment of the first publication.
    """
    stored = Release.objects.select_for_update().get(pk=release.pk)
    approved = approvals.approved(stored)
    if approved is not None:
        if stored.state == Release.State.PUBLISHED and stored.published_id == approved.pk:
            raise TransitionRefusedError(_("What the director approved is published already."))
        # First what the database holds against the state.
        stored.published = approved
        stored.published_at = stored.published_at or clock.now()
        stored.save(update_fields=["published", "published_at"])
    stored.publish(actor=actor)
    _show(stored)
    release.refresh_from_db()


@transaction.atomic
def withdraw(release: Release, *, actor: Actor | None) -> None:
    """Let nobody read it any more; it is kept, and can be published again after a new approval."""
    release.withdraw(actor=actor)
    _show(release)


def _show(release: Release) -> None:
    """Let the page of its edition be made anew, where the news stand."""
    if release.edition_id is not None:
        stamps.touch(release.edition_id)


@transaction.atomic
def attach(release: Release, upload: UploadedFile, *, actor: Actor | None) -> StoredFile:
    """Attach a file. Raises `core.media_types.UnwantedFileError`."""
    return files.store(upload, owner=release, actor=actor)
