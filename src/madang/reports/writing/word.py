"""A report as a Word document: real headings, lists and tables, a text for each picture.

Word shows SVG only where a picture stands in for it, and LibreOffice of today still draws text in
SVG by fonts of its own: so charts are pictures, drawn by the typesetter from the same layout as in
the PDF. What is to be seen stands beside as text, and every figure in the table below.

All of this runs in a short-lived process, so it knows neither settings nor the database.
"""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import docx
import typst
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from madang.core import languages
from madang.core.xml_text import writable
from madang.documents import rich_text
from madang.documents.typesetting import PACKAGE

_PINE = RGBColor(0x0C, 0x5A, 0x4D)
_SOFT = RGBColor(0x55, 0x60, 0x6B)
_WIDE = Mm(150)
_DOTS = 192


def document(said: dict[str, Any], language: str, stamp: dict[str, str], moment: datetime) -> bytes:
    """The file; the same for the same report but for the time stamps of its parts."""
    writer = _Writer(language, _pictures(said, language))
    writer.cover(said, stamp)
    for part in said["parts"]:
        writer.heading(part["title"], 1)
        for block in part["blocks"]:
            writer.block(block, part["title"])
    about = writer.file.core_properties
    about.title, about.subject = writable(said["title"]), writable(said["subtitle"])
    about.author, about.language = "Madang", language
    about.created = about.modified = moment.replace(tzinfo=None)
    content = io.BytesIO()
    writer.file.save(content)
    return content.getvalue()


def _pictures(said: dict[str, Any], language: str) -> Iterator[bytes]:
    """The charts of a report one after the other as PNG; fonts are read once for all of them."""
    compiler = typst.Compiler(PACKAGE / "reports/templates/reports/picture.typ", root=PACKAGE)
    for part in said["parts"]:
        for block in part["blocks"]:
            if block["kind"] == "chart" and block["drawing"]["svg"]:
                data = json.dumps({**block["drawing"], "language": language}, ensure_ascii=False)
                yield compiler.compile(format="png", ppi=_DOTS, sys_inputs={"data": data})


class _Writer:
    """Writes blocks one after the other into a document."""

    def __init__(self, language: str, pictures: Iterator[bytes]) -> None:
        self.pictures = pictures
        self.language = language
        self.is_mirrored = languages.direction(language) == "rtl"
        self.file = docx.Document()
        self._styles()

    def _styles(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(28)
        for name, size in (("Normal", 10.5), ("Title", 26), ("Heading 1", 17), ("Heading 2", 13)):
            style = self.file.styles[name]
            style.font.name, style.font.size = "Noto Serif", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            # Headings of the template name a theme's fonts, which would win.
            for key in list(fonts.attrib):
                if key.endswith("Theme"):
                    del fonts.attrib[key]
            for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(script), "Noto Serif")
            if name != "Normal":
                style.font.color.rgb = _PINE if name == "Heading 1" else RGBColor(0x17, 0x21, 0x2B)

    # --- The frame ------------------------------------------------------------------------------
    def cover(self, said: dict[str, Any], stamp: dict[str, str]) -> None:
        self._set(self.file.add_paragraph(style="Title"), said["title"])
        self._paragraph(said["subtitle"])
        self._paragraph(f"{said['dates']} · {said['place']}", colour=_SOFT)
        if stamp["reference"]:
            words = (stamp["reference"], stamp["made"], stamp["address"])
            self._paragraph(" · ".join(words), colour=_SOFT)

    def heading(self, text: str, level: int) -> None:
        self._set(self.file.add_paragraph(style=f"Heading {level}"), text)

    def block(self, block: dict[str, Any], title: str) -> None:
        kind = block["kind"]
        if kind == "prose":
            self._rich(rich_text.tree(block["text"]))
        elif kind == "sentence":
            self._paragraph(block["text"])
        elif kind == "subheading":
            self.heading(block["text"], 2)
        elif kind == "facts":
            self._table([], block["rows"], ())
        elif kind == "list":
            for item in block["items"]:
                self._set(self.file.add_paragraph(style="List Bullet"), item)
        elif kind == "table":
            if block["caption"] != title:
                self.heading(block["caption"], 2)
            self._table(block["headings"], block["rows"], block["numeric"])
        elif kind == "chart":
            self._chart(block)

    # --- Blocks ---------------------------------------------------------------------------------
    def _chart(self, block: dict[str, Any]) -> None:
        self.heading(block["title"], 2)
        if block["drawing"]["svg"]:
            shape = self.file.add_picture(io.BytesIO(next(self.pictures)), width=_WIDE)
            about = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to it
            about.set("descr", writable(block["summary"]))
            about.set("title", writable(block["title"]))
        self._paragraph(block["summary"])
        if block["note"]:
            self._paragraph(block["note"], colour=_SOFT)
        self._table(block["headings"], block["rows"], range(1, len(block["headings"])))

    def _table(self, headings: list[str], rows: list[list[str]], numeric: Iterable[int]) -> None:
        width = len(headings) or (len(rows[0]) if rows else 0)
        if not width or not rows:
            return
        # Cells one by one cost a search each in python-docx; whole rows do not.
        table = self.file.add_table(rows=len(rows) + bool(headings), cols=width)
        table.style = "Light List" if headings else "Normal Table"
        if self.is_mirrored:
            table._tblPr.append(OxmlElement("w:bidiVisual"))  # noqa: SLF001
        lines = ([headings] if headings else []) + rows
        figures = frozenset(numeric)
        for row, texts in zip(table.rows, lines, strict=True):
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                paragraph = cell.paragraphs[0]
                self._set(paragraph, text)
                if place in figures:
                    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
        if headings:
            # Screen readers and the next page know the head by this.
            properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
            properties.append(OxmlElement("w:tblHeader"))
        self.file.add_paragraph()

    def _rich(self, nodes: Iterable[dict[str, Any]], style: str | None = None) -> None:
        for node in nodes:
            kind = node["kind"]
            if kind == "list":
                listed = "List Number" if node["ordered"] else "List Bullet"
                for item in node["items"]:
                    self._rich(item, listed)
            elif kind == "quote":
                self._rich(node["body"], "Quote")
            else:
                paragraph = self.file.add_paragraph(style=style)
                self._direct(paragraph)
                if kind == "code":
                    self._run(paragraph, node["text"])
                else:
                    self._inline(paragraph, node["body"], bold=kind == "heading")

    def _inline(
        self, paragraph: Any, nodes: Iterable[dict[str, Any]], *, bold: bool = False,
        italic: bool = False,
    ) -> None:  # fmt: skip
        for node in nodes:
            kind = node["kind"]
            if kind in {"text", "code"}:
                self._run(paragraph, node["text"], bold=bold, italic=italic)
            elif kind == "break":
                paragraph.add_run().add_break()
            else:
                self._inline(
                    paragraph,
                    node["body"],
                    bold=bold or kind == "strong",
                    italic=italic or kind == "emphasis",
                )
                if kind == "link":
                    self._run(paragraph, f" ({node['url']})")

    # --- Texts ----------------------------------------------------------------------------------
    def _paragraph(self, text: str, *, colour: RGBColor | None = None) -> None:
        paragraph = self.file.add_paragraph()
        run = self._set(paragraph, text)
        if colour is not None:
            run.font.color.rgb = colour

    def _set(self, paragraph: Any, text: str) -> Any:
        self._direct(paragraph)
        return self._run(paragraph, text)

    def _direct(self, paragraph: Any) -> None:
        if self.is_mirrored:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001

    def _run(self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> Any:
        run = paragraph.add_run(writable(text))
        run.bold, run.italic = bold or None, italic or None
        if self.is_mirrored:
            properties = run._r.get_or_add_rPr()  # noqa: SLF001
            properties.append(OxmlElement("w:rtl"))
        return run
