"""What a delegation does with its papers: describe, upload, send."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from madang.core import audit, clock, texts
from madang.core.models import StaleRecordError
from madang.papers import taking
from madang.papers.actions import agreements
from madang.papers.models import Paper, PaperRequest, PaperVersion
from madang.people.actions.refusal import RefusedError

ENGLISH = "en"


def held(paper: Paper, expected_version: int) -> Paper:
    """The paper as it is stored, under a lock. Raises `StaleRecordError` where it changed."""
    stored = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("kind__request", "edition", "country")
        .get(pk=paper.pk)
    )
    if stored.version != expected_version:
        raise StaleRecordError(f"Paper {paper.pk} was saved by somebody else.")
    return stored


@transaction.atomic
def save(
    paper: Paper,
    values: Mapping[str, Any],
    *,
    english: Mapping[str, str],
    upload: "UploadedFile[bytes] | None",
    agreed: Collection[str],
    send: bool,
    expected_version: int,
    on_behalf: bool = False,
    actor: audit.Actor,
) -> Paper:
    """Write what a delegation tells of its paper, take its file, and `send` it if so wanted.

    `english` is title and abstract in English, `agreed` what the country agrees to. All of it or
    nothing: raises `StaleRecordError`, `UnwantedFileError`, `RefusedError` where nothing may be
    changed now, and `TransitionRefusedError` where it can't be sent.
    """
    stored = held(paper, expected_version)
    if not stored.is_owed:
        raise RefusedError(_("It was sent already: the secretariat can send it back."))
    if stored.kind.request.state == PaperRequest.State.CLOSED and not on_behalf:
        raise RefusedError(_("The request is closed: write to the secretariat."))
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, values[name])
    # Saved even where only a file is new, so that two who work at once notice each other.
    stored.save()
    for field, text in english.items():
        if stored.language != ENGLISH:
            texts.translate(stored, field, {ENGLISH: text})
    if changed:
        audit.record(actor, "paper.described", stored, fields=changed)
    if upload is not None:
        _add_version(stored, upload, on_behalf=on_behalf, actor=actor)
    agreements.settle(stored, agreed, actor=actor)
    stored.refresh_from_db(fields=["version", "in_room", "in_library"])
    if send:
        stored.submit(actor=actor, fields={"submitted_at": clock.now()})
    return stored


def _add_version(
    paper: Paper, upload: "UploadedFile[bytes]", *, on_behalf: bool, actor: audit.Actor
) -> PaperVersion:
    last = paper.versions.aggregate(last=Max("number"))["last"] or 0
    version = PaperVersion(paper=paper, number=last + 1, is_on_behalf=on_behalf)
    name = f"{paper.country.alpha2}-{paper.kind.code}-{version.number}"
    version.file = taking.take(upload, owner=version, name=name, actor=actor)
    version.save(force_insert=True)
    audit.record(actor, "paper.versioned", paper, number=version.number)
    return version
