"""Word documents (DOCX) to blocks, read from the XML itself; Word keeps no pages, so none here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from extract.archive import open_archive, read_member
from extract.document import Block, Reading, Table, Text
from extract.docx.chunks import chunk_to_bytes, relations_of
from extract.docx.numbering import parts_to_numbering
from extract.docx.symbols import UNKNOWN
from extract.docx.table import TableFound, table_to_grid
from extract.docx.text import Paragraph, Sheet, paragraph_to_text, styles_to_levels
from extract.docx.tree import bytes_to_xml, child_of, children_of, name_of
from extract.encodings import decode
from extract.errors import BrokenFile, EmptyFile, NoTextLayer
from extract.headings import is_heading_text
from extract.html import reader as html_reader
from extract.kinds import DOCX, DOCX_MAIN_PART, HTML, MHTML, PLAIN, kind_of
from extract.text.reader import read as read_text

PROSE_CHARACTERS = 400
"""A table with one cell a row and more characters than this frames prose and is no grid."""

_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_QUOTED = 40


def read(data: bytes) -> Reading:
    """The body of a Word document as if all tracked changes were accepted.

    Headers, footers, notes and comments are no part of it. Raises BrokenFile, EmptyFile,
    EncryptedFile, NoTextLayer and TooLarge.
    """
    return _read(data, within=False)


def _read(data: bytes, within: bool) -> Reading:
    """A document, or one that stands `within` another, which may hold no third."""
    archive = open_archive(data)
    part = _main_part(archive)
    root = bytes_to_xml(read_member(archive, part), part)
    body = child_of(root, "body")
    if body is None:
        raise BrokenFile(f"the part {part} has no body", "save the document again")
    relations = relations_of(archive, part)

    def chunk_to_reading(chunk: etree._Element) -> Reading | None:
        kept = chunk_to_bytes(archive, relations, chunk)
        return None if kept is None else _chunk_to_reading(kept, within)

    flow = _Flow(_sheet_of(archive), chunk_to_reading)
    flow.read(body)
    if not flow.blocks:
        raise _nothing_read(flow)
    return Reading(blocks=tuple(flow.blocks), metadata=_core_title(archive), notes=_notes_on(flow))


@dataclass(slots=True)
class _Flow:
    """Collects blocks while the body is read; `chunk` reads a document within the document."""

    sheet: Sheet
    chunk: Callable[[etree._Element], Reading | None]
    blocks: list[Block] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    symbols: int = 0
    pictures: int = 0
    _begun: Paragraph | None = None

    def read(self, container: etree._Element) -> None:
        """Adds the paragraphs and tables of a body or a text box."""
        for element in children_of(container):
            name = name_of(element)
            if name == "p":
                paragraph = paragraph_to_text(element, self.sheet)
                self._count(paragraph)
                self._join(paragraph)
                for box in paragraph.boxes:
                    self.read(box)
            elif name == "tbl":
                self._read_table(element)
            elif name == "altChunk":
                self._take_in(self.chunk(element))
        self._end()

    def _join(self, paragraph: Paragraph) -> None:
        """Adds a paragraph, when the mark that ends it is not deleted, with what goes on in it."""
        if self._begun is not None:
            paragraph = replace(paragraph, text=self._begun.text + paragraph.text)
        self._begun = paragraph if paragraph.joins else None
        if not paragraph.joins:
            self._add_text(paragraph)

    def _end(self) -> None:
        if self._begun is not None:
            self._add_text(self._begun)
            self._begun = None

    def _take_in(self, reading: Reading | None) -> None:
        if reading is None:
            self.notes.append("a document kept within the document was not read")
        else:
            self.blocks.extend(reading.blocks)
            self.notes.extend(reading.notes)

    def _read_table(self, element: etree._Element) -> None:
        found = table_to_grid(element, self.sheet)
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
        text = paragraph.text.replace(UNKNOWN, "")
        lines = [line for line in text.split("\n") if line.strip()]
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


def _sheet_of(archive: zipfile.ZipFile) -> Sheet:
    styles, numbering = (
        bytes_to_xml(read_member(archive, part), part) if part in archive.namelist() else None
        for part in (_STYLES, _NUMBERING)
    )
    headings = {} if styles is None else styles_to_levels(styles)
    return Sheet(headings, parts_to_numbering(numbering, styles))


def _chunk_to_reading(data: bytes, within: bool) -> Reading | None:
    """A document within a document; None for one of a kind that Word does not take in."""
    kind = kind_of(data)
    if kind in (HTML, MHTML):
        return html_reader.read(data)
    if kind == DOCX and not within:
        return _read(data, within=True)
    if kind == PLAIN:
        return read_text(decode(data).text)
    return None


def _core_title(archive: zipfile.ZipFile) -> tuple[tuple[str, str], ...]:
    """The title among the document's properties, when there is one."""
    if _CORE not in archive.namelist():
        return ()
    root = bytes_to_xml(read_member(archive, _CORE), _CORE)
    titles = (re.sub(r"\s+", " ", element.text or "").strip() for element in root.iter(_TITLE))
    return tuple(("title", title) for title in titles if title)


def _notes_on(flow: _Flow) -> tuple[str, ...]:
    struck = dict.fromkeys(text[:_QUOTED] for text in flow.struck)
    notes = [*flow.notes]
    notes += [f"crossed-out text was left out: {text}" for text in struck]
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
