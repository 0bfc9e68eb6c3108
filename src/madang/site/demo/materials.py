"""The demo's handouts: typeset when the demo is loaded, each given out at its own moment."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from madang.core import clock
from madang.documents.typesetting import typeset
from madang.site.demo.content import content, given
from madang.workshops.actions import materials

if TYPE_CHECKING:
    from madang.site.demo.loading import Cast


def load(cast: "Cast") -> None:
    """Add every handout, with its later versions."""
    edition = cast.editions["incheon-2007"]
    sessions = {session.title: session for session in edition.sessions.all()}
    titles = {entry["key"]: entry["title"]["en"] for entry in content("sessions")["sessions"]}
    for order, entry in enumerate(content("materials")["materials"]):
        session = sessions[titles[entry["session"]]] if "session" in entry else None
        values = {
            "title": entry["title"]["en"],
            "session": session,
            "audience": entry["audience"],
            "order": order,
        }
        points = list(entry["points"])
        with clock.at(entry["at"]):
            material = materials.add_material(
                edition, values, _handout(entry, points), actor=cast.officer
            )
            given(material, entry)
        for version in entry.get("versions", ()):
            points += version["points"]
            with clock.at(version["at"]):
                materials.add_version(
                    material, _handout(entry, points), note=version["note"], actor=cast.officer
                )


def _handout(entry: Mapping[str, Any], points: list[list[str]]) -> SimpleUploadedFile:
    return handout(entry["file"], entry["title"]["en"], entry["lead"], points)


def handout(
    file: str, title: str, lead: str, points: Sequence[Sequence[str]]
) -> SimpleUploadedFile:
    """A page or two, typeset and marked as invented; each point is a heading and a text."""
    pdf = typeset("site/handout.typ", {"title": title, "lead": lead, "points": list(points)})
    return SimpleUploadedFile(file, pdf, content_type="application/pdf")
