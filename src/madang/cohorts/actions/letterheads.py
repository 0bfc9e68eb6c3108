"""The letterhead of an edition's letters, and their wordings."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from madang.cohorts import letter_papers, letter_wordings
from madang.cohorts.models import Letterhead, LetterTemplate
from madang.core import audit, files, limits, media_types, texts
from madang.core.media_types import UnwantedFileError
from madang.core.models import StoredFile, SubjectKey
from madang.documents.typesetting import TypesettingError, typeset_apart
from madang.people.actions.refusal import RefusedError
from madang.workshops.actions import records
from madang.workshops.models import Edition

Upload = UploadedFile  # type: ignore[type-arg]

LARGEST_PICTURE = 400 * 1024  # bytes; every letter carries it
PICTURES = (letter_papers.LOGO, letter_papers.SIGNATURE)


def letterhead(edition: Edition) -> Letterhead | None:
    """The letterhead of an edition, if it has one."""
    return Letterhead.objects.filter(edition=edition).first()


@transaction.atomic
def set_letterhead(
    edition: Edition,
    values: Mapping[str, Any],
    *,
    uploads: Mapping[str, Upload | None],
    without: tuple[str, ...] = (),
    expected_version: int | None,
    actor: audit.Actor,
) -> Letterhead:
    """Set the head and the foot of an edition's letters.

    `uploads` are pictures by name ("logo", "signature"), each in place of the one before; those in
    `without` are taken away. Raises `RefusedError` for a picture that can't be printed.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = letterhead(edition)
    if known is None:
        known = Letterhead(edition=edition, **values)
        records.add(known, "letterhead.changed", actor=actor, fields=sorted(values))
    else:
        records.change(
            known, values, "letterhead.changed",
            expected_version=expected_version or 0, actor=actor,
        )  # fmt: skip
    for name in PICTURES:
        upload = uploads.get(name)
        if upload is not None or name in without:
            for file in pictures(known)[name]:
                _remove_picture(file, actor)
        if upload is not None:
            _add_picture(known, name, upload, actor)
    return known


def pictures(known: Letterhead) -> dict[str, list[StoredFile]]:
    """The pictures of a letterhead by name: one of each, or none."""
    found: dict[str, list[StoredFile]] = {name: [] for name in PICTURES}
    for file in files.of(known):
        found.setdefault(file.name.rpartition(".")[0], []).append(file)
    return found


def _remove_picture(file: StoredFile, actor: audit.Actor) -> None:
    key = file.subject
    files.remove(file, actor=actor)
    if key is not None:
        key.destroy()


def _add_picture(known: Letterhead, name: str, upload: Upload, actor: audit.Actor) -> None:
    content: bytes = upload.read()
    if len(content) > LARGEST_PICTURE:
        raise RefusedError(_("Make the picture smaller: at most 400 kilobytes."), name)
    try:
        kind = media_types.identify(content, upload.name or "")
    except UnwantedFileError as unwanted:
        raise RefusedError(str(unwanted), name) from unwanted
    if kind not in {media_types.PNG, media_types.JPEG}:
        raise RefusedError(_("Only PNG and JPEG can be printed."), name)
    try:
        typeset_apart("cohorts/picture.typ", {"picture": list(content)})
    except (TypesettingError, limits.LimitExceededError, limits.ProcessFailedError) as damaged:
        raise RefusedError(_("This picture is damaged: it can't be printed."), name) from damaged
    # Whoever has the picture of a signature could sign: it is under a key of its own.
    subject = SubjectKey.create() if name == letter_papers.SIGNATURE else None
    files.store(content, owner=known, actor=actor, name=name, subject=subject)


# --- Wordings -------------------------------------------------------------------------------------
@transaction.atomic
def set_wording(
    edition: Edition,
    kind: str,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: audit.Actor,
) -> None:
    """Set the text of a kind of letter. Raises `RefusedError` for a placeholder nobody fills."""
    letter_wordings.check(kind, {name: values[name] for name in LetterTemplate.TRANSLATED})
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = LetterTemplate.objects.filter(edition=edition, kind=kind).first()
    if known is None:
        records.add(
            LetterTemplate(edition=edition, kind=kind, **values),
            "letter_template.added", actor=actor, letter=kind,
        )  # fmt: skip
    else:
        records.change(
            known, values, "letter_template.changed",
            expected_version=expected_version or 0, actor=actor,
        )  # fmt: skip


@transaction.atomic
def begin_with_ours(edition: Edition, kind: str, *, actor: audit.Actor) -> LetterTemplate:
    """Begin with our own wording in every language that we have it in.

    Raises `RefusedError` where there is a wording already.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    if LetterTemplate.objects.filter(edition=edition, kind=kind).exists():
        raise RefusedError(_("There is a wording already: change it."))
    source, *others = letter_wordings.OURS
    made = LetterTemplate(
        edition=edition, kind=kind, language=source, **letter_wordings.ours(kind, source)
    )
    records.add(made, "letter_template.added", actor=actor, letter=kind)
    for field in LetterTemplate.TRANSLATED:
        texts.translate(
            made, field, {code: letter_wordings.ours(kind, code)[field] for code in others}
        )
    return made
