"""Materials of an edition and their versions."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max

from madang.core import audit, files
from madang.workshops.actions import records, stamps
from madang.workshops.models import Edition, Material, MaterialVersion


@transaction.atomic
def add_material(
    edition: Edition,
    values: Mapping[str, Any],
    upload: UploadedFile | bytes,
    *,
    note: str = "",
    actor: audit.Actor | None,
) -> Material:
    """Add a material with its first version. Raises `core.files.UnwantedFileError`."""
    material = Material(edition=edition, **values)
    records.add(material, "material.added", actor=actor)
    _store(material, upload, number=1, note=note, actor=actor)
    stamps.touch(edition)
    return material


@transaction.atomic
def change_material(
    material: Material,
    values: Mapping[str, Any],
    *,
    expected_version: int,
    actor: audit.Actor | None,
) -> None:
    """Change title, session, audience or order; offering a withdrawn one again is a change too."""
    if records.change(
        material, values, "material.changed", expected_version=expected_version, actor=actor
    ):
        stamps.touch(material.edition_id)


@transaction.atomic
def add_version(
    material: Material, upload: UploadedFile | bytes, *, note: str, actor: audit.Actor | None
) -> MaterialVersion:
    """Replace what people are given by a new version; the earlier ones are kept.

    Raises `core.files.UnwantedFileError`.
    """
    Material.objects.select_for_update().get(pk=material.pk)
    last = material.versions.aggregate(last=Max("number"))["last"] or 0
    version = _store(material, upload, number=last + 1, note=note, actor=actor)
    audit.record(actor, "material.versioned", material, number=version.number)
    stamps.touch(material.edition_id)
    return version


def _store(
    material: Material,
    upload: UploadedFile | bytes,
    *,
    number: int,
    note: str,
    actor: audit.Actor | None,
) -> MaterialVersion:
    stored = files.store(upload, owner=material, actor=actor)
    version = MaterialVersion(material=material, number=number, file=stored, note=note)
    version.save(force_insert=True)
    return version


@transaction.atomic
def withdraw_material(material: Material, *, actor: audit.Actor | None) -> None:
    """Offer it to nobody any more; the secretariat keeps it and can offer it again."""
    stored = Material.objects.select_for_update().get(pk=material.pk)
    if stored.is_withdrawn:
        return
    stored.is_withdrawn = True
    stored.save(update_fields=["is_withdrawn"])
    audit.record(actor, "material.withdrawn", stored)
    stamps.touch(stored.edition_id)
