"""Accepted papers become materials of the session in which their delegation presents them.

Whether a paper is a material follows from its state, from what its country agreed to, and from the
place of its delegation; `settle` makes it so, and is called after each change of one of these.
"""

from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from madang.core import audit, files, texts
from madang.papers.models import Paper, PaperVersion, Presentation
from madang.workshops.actions import materials, stamps
from madang.workshops.models import Material

TITLE_LENGTH = 200


@transaction.atomic
def settle(edition_id: UUID, country_id: UUID, *, actor: audit.Actor | None) -> None:
    """Offer, change or withdraw the materials of one delegation's papers, as things stand now."""
    place = Presentation.objects.filter(edition=edition_id, country=country_id).first()
    papers = Paper.objects.filter(edition=edition_id, country=country_id).select_related(
        "kind", "country", "edition", "material"
    )
    for paper in papers.order_by("kind__order", "pk"):
        shown = place is not None and paper.in_room and paper.state == Paper.State.ACCEPTED
        if shown and place is not None:
            _offer(paper, place, actor)
        elif paper.material is not None:
            materials.withdraw_material(paper.material, actor=actor)
    stamps.touch(edition_id)


def _offer(paper: Paper, place: Presentation, actor: audit.Actor | None) -> None:
    accepted = paper.versions.select_related("file").get(is_accepted=True)
    titles = _titles(paper)
    values = {
        "title": titles[paper.language],
        "language": paper.language,
        "session_id": place.session_id,
        "audience": (
            Material.Audience.PUBLIC if paper.in_library else Material.Audience.PARTICIPANTS
        ),
        # Beside each other in the order of the session, the paper before the slides.
        "order": place.order * 10 + paper.kind.order,
    }
    if paper.material is None:
        paper.material = materials.add_material(
            paper.edition, values, _upload(accepted), actor=actor
        )
        paper.save(update_fields=["material"])
    else:
        _change(paper.material, values, accepted, actor)
    for field_language, title in titles.items():
        texts.translate(paper.material, "title", {field_language: title})


def _change(
    material: Material,
    values: dict[str, object],
    accepted: PaperVersion,
    actor: audit.Actor | None,
) -> None:
    materials.change_material(
        material,
        values | {"is_withdrawn": False},
        expected_version=material.version,
        actor=actor,
    )
    given = material.versions.select_related("file").order_by("-number").first()
    if given is None or given.file.digest != accepted.file.digest:
        materials.add_version(material, _upload(accepted), note="", actor=actor)


def _titles(paper: Paper) -> dict[str, str]:
    """“Fiji: one counter for all islands” in each language of the interface and the paper's own."""
    texts.prefetch([paper.country])
    texts.prefetch([paper])
    codes = {paper.language, *(code for code, _name in settings.LANGUAGES)}
    return {
        code: f"{paper.country.wording('name', code)}: {paper.wording('title', code)}"[
            :TITLE_LENGTH
        ]
        for code in codes
    }


def _upload(version: PaperVersion) -> SimpleUploadedFile:
    return SimpleUploadedFile(version.file.name, files.content(version.file))
