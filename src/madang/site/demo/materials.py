"""The demo's handouts: typeset when the demo is loaded, each given out at its own moment."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.documents.typesetting import typeset
from madang.site.demo.company import Company
from madang.site.demo.content import content, given
from madang.site.demo.story import Step
from madang.workshops.actions import materials


def steps() -> Iterator[Step]:
    """Every handout, with its later versions."""
    for order, entry in enumerate(content("materials")["materials"]):
        yield Step(entry["at"], partial(_add, entry=entry, order=order))
        points = list(entry["points"])
        for version in entry.get("versions", ()):
            points = points + version["points"]
            yield Step(
                version["at"],
                partial(_add_version, entry=entry, points=points, note=version["note"]),
            )


def _add(company: Company, *, entry: Mapping[str, Any], order: int) -> None:
    values = {
        "title": entry["title"]["en"],
        "session": company.sessions[entry["session"]] if "session" in entry else None,
        "audience": entry["audience"],
        "order": order,
    }
    material = materials.add_material(
        company.incheon, values, _handout(entry, entry["points"]), actor=company.officer
    )
    given(material, entry)


def _add_version(
    company: Company, *, entry: Mapping[str, Any], points: list[list[str]], note: str
) -> None:
    material = company.incheon.materials.get(title=entry["title"]["en"])
    materials.add_version(material, _handout(entry, points), note=note, actor=company.officer)


def _handout(entry: Mapping[str, Any], points: list[list[str]]) -> SimpleUploadedFile:
    return handout(entry["file"], entry["title"]["en"], entry["lead"], points)


def handout(
    file: str, title: str, lead: str, points: Sequence[Sequence[str]]
) -> SimpleUploadedFile:
    """A page or two, typeset and marked as invented; each point is a heading and a text."""
    pdf = typeset("site/handout.typ", {"title": title, "lead": lead, "points": list(points)})
    return SimpleUploadedFile(file, pdf, content_type="application/pdf")
