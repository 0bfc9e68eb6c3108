"""Writing releases, putting them up for approval, publishing and withdrawing them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from madang.core import approvals, audit, clock, files
from madang.core.audit import Actor
from madang.core.models import Approval, StoredFile
from madang.core.policies import Who
from madang.newsroom import queries, wording
from madang.newsroom.models import Attachment, Release
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records


@transaction.atomic
def add(values: Mapping[str, Any], *, actor: Actor | None) -> Release:
    """A new release, as a draft."""
    release = Release(**values)
    records.add(release, "release.added", actor=actor)
    return release


@transaction.atomic
def change(
    release: Release, values: Mapping[str, Any], *, expected_version: int, actor: Actor | None
) -> None:
    """Change a draft, or prepare a correction of what is published.

    Raises `StaleRecordError` where somebody else saved since `expected_version`.
    """
    records.change(
        release, values, "release.changed", expected_version=expected_version, actor=actor
    )


@transaction.atomic
def put_up(release: Release, *, director: Who, actor: Who) -> Approval:
    """Hand it to a director, with its content and attachments fixed as they are now.

    Raises `RefusedError` where a director has approved just that.
    """
    stored = Release.objects.select_for_update().get(pk=release.pk)
    if refusal := wording.approval_refusal(stored):
        raise RefusedError(refusal)
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
    # What the database holds against the state is written together with it.
    fields = {"published": approved, "published_at": stored.published_at or clock.now()}
    stored.publish(actor=actor, fields=fields)
    shown = wording.attachment_ids(approved)
    for file in queries.files_of(stored):
        attachment = stored.attachments.get(pk=file.owner_id)
        if attachment.is_public != (str(file.pk) in shown):
            attachment.is_public = not attachment.is_public
            attachment.save(update_fields=["is_public"])
    release.refresh_from_db()


@transaction.atomic
def withdraw(release: Release, *, actor: Actor | None) -> None:
    """Let nobody read it any more; it is kept, and can be published again after a new approval."""
    release.withdraw(actor=actor)


@transaction.atomic
def attach(release: Release, upload: "UploadedFile[bytes]", *, actor: Actor | None) -> StoredFile:
    """Attach a file; the public reads it once a director has approved it with the text.

    Raises `core.media_types.UnwantedFileError`, and stores nothing then.
    """
    attachment = Attachment(release=release)
    attachment.save(force_insert=True)
    stored = files.store(upload, owner=attachment, actor=actor)
    audit.record(actor, "release.attached", release)
    return stored


@transaction.atomic
def detach(release: Release, file: StoredFile, *, actor: Actor | None) -> None:
    """Take a file away, for the public too, at once: that needs nobody's approval."""
    files.remove(file, actor=actor)
    release.attachments.filter(pk=file.owner_id).delete()
    audit.record(actor, "release.detached", release)
