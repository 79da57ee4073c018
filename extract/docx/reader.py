"""Word documents (DOCX) to blocks, read from the XML itself; Word keeps no pages, so none here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from extract.archive import open_archive, read_member
from extract.document import Block, Reading, Table, Text
from extract.docx.table import TableFound, table_to_grid
from extract.docx.text import Paragraph, paragraph_to_text, styles_to_levels
from extract.docx.tree import bytes_to_xml, child_of, children_of, name_of
from extract.errors import BrokenFile, EmptyFile, NoTextLayer
from extract.headings import is_heading_text
from extract.kinds import DOCX_MAIN_PART, is_ole, ole_refusal

PROSE_CHARACTERS = 400
"""A table with one cell a row and more characters than this frames prose and is no grid."""

_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_QUOTED = 40


def read(data: bytes) -> Reading:
    """The body of a Word document as if all tracked changes were accepted.

    Headers, footers, notes and comments are no part of it. Raises BrokenFile, EmptyFile,
    EncryptedFile, NoTextLayer, TooLarge and, for legacy .doc files, UnknownKind.
    """
    if is_ole(data):
        raise ole_refusal(data)
    archive = open_archive(data)
    part = _main_part(archive)
    root = bytes_to_xml(read_member(archive, part), part)
    body = child_of(root, "body")
    if body is None:
        raise BrokenFile(f"the part {part} has no body", "save the document again")
    flow = _Flow(_heading_styles(archive))
    flow.read(body)
    if not flow.blocks:
        raise _nothing_read(flow)
    return Reading(blocks=tuple(flow.blocks), metadata=_core_title(archive), notes=_notes_on(flow))


@dataclass(slots=True)
class _Flow:
    """Collects blocks while the body is read; `levels` says which styles make headings."""

    levels: Mapping[str, bool]
    blocks: list[Block] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    symbols: int = 0
    pictures: int = 0

    def read(self, container: etree._Element) -> None:
        """Adds the paragraphs and tables of a body or a text box."""
        for element in children_of(container):
            name = name_of(element)
            if name == "p":
                paragraph = paragraph_to_text(element, self.levels)
                self._count(paragraph)
                self._add_text(paragraph)
                for box in paragraph.boxes:
                    self.read(box)
            elif name == "tbl":
                self._read_table(element)

    def _read_table(self, element: etree._Element) -> None:
        found = table_to_grid(element, self.levels)
        for paragraph in found.paragraphs:
            self._count(paragraph)
        if _frames_prose(found.table):
            for paragraph in found.paragraphs:
                self._add_text(paragraph)
        elif any(cell.text.strip() for cell in found.table.cells):
            self.blocks.append(found.table)
        self._read_inner(found)

    def _read_inner(self, found: TableFound) -> None:
        for inner in found.inner:
            if name_of(inner) == "tbl":
                self._read_table(inner)
            else:
                self.read(inner)

    def _add_text(self, paragraph: Paragraph) -> None:
        """A paragraph becomes a block a line; lines of white space alone become none."""
        lines = [line for line in paragraph.text.split("\n") if line.strip()]
        for line in lines:
            heading = paragraph.heading if len(lines) == 1 else is_heading_text(line, False)
            self.blocks.append(Text("heading" if heading else "paragraph", line))

    def _count(self, paragraph: Paragraph) -> None:
        self.symbols += paragraph.symbols
        self.pictures += paragraph.pictures
        if paragraph.struck:
            self.struck.append(paragraph.struck)


def _frames_prose(table: Table) -> bool:
    rows = {cell.row for cell in table.cells}
    characters = sum(len(cell.text) for cell in table.cells)
    return len(rows) == len(table.cells) and characters > PROSE_CHARACTERS


def _main_part(archive: zipfile.ZipFile) -> str:
    names = sorted(name for name in archive.namelist() if DOCX_MAIN_PART.fullmatch(name))
    if not names:
        raise BrokenFile("the archive holds no Word document", "save the document again")
    return names[0]


def _heading_styles(archive: zipfile.ZipFile) -> dict[str, bool]:
    if _STYLES not in archive.namelist():
        return {}
    return styles_to_levels(bytes_to_xml(read_member(archive, _STYLES), _STYLES))


def _core_title(archive: zipfile.ZipFile) -> tuple[tuple[str, str], ...]:
    """The title among the document's properties, when there is one."""
    if _CORE not in archive.namelist():
        return ()
    root = bytes_to_xml(read_member(archive, _CORE), _CORE)
    titles = (re.sub(r"\s+", " ", element.text or "").strip() for element in root.iter(_TITLE))
    return tuple(("title", title) for title in titles if title)


def _notes_on(flow: _Flow) -> tuple[str, ...]:
    struck = dict.fromkeys(text[:_QUOTED] for text in flow.struck)
    notes = [f"crossed-out text was left out: {text}" for text in struck]
    if flow.symbols:
        notes.append(f"characters of a symbol font that were not read: {flow.symbols}")
    if flow.pictures and not any(isinstance(block, Table) for block in flow.blocks):
        notes.append(f"there is no table, and pictures were not read: {flow.pictures}")
    return tuple(notes)


def _nothing_read(flow: _Flow) -> EmptyFile | NoTextLayer:
    if flow.pictures:
        return NoTextLayer(
            "the document holds pictures and no text",
            "their characters would have to be recognised; supply a PDF with text",
        )
    return EmptyFile("the document has no text", "fetch it again")
