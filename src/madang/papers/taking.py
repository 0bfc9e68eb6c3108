"""Files of papers and templates: of the kinds that are read and shown in a room, and named anew."""

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _

from madang.core import audit, files, media_types
from madang.core.media_types import UnwantedFileError
from madang.core.models import StoredFile

KINDS = (
    media_types.PDF,
    media_types.DOCX,
    media_types.PPTX,
    media_types.ODT,
    media_types.ODP,
)
ACCEPTED = ",".join(f".{kind.extensions[0]}" for kind in KINDS)


def take(
    upload: "UploadedFile[bytes]", *, owner: models.Model, name: str, actor: audit.Actor | None
) -> StoredFile:
    """Store a document or slides under a `name` of ours, without extension.

    What people call their files tells who wrote on whose machine; it is not kept. Raises
    `UnwantedFileError`.
    """
    stored = files.store(upload, owner=owner, actor=actor, name=name)
    if stored.media_type not in {kind.media_type for kind in KINDS}:
        raise UnwantedFileError(
            _("Send a PDF, a document (DOCX, ODT) or slides (PPTX, ODP); this is another file.")
        )
    return stored
