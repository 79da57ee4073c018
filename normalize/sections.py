"""The report's text split at its headings; what the forms do not know stays `unclassified`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.document import Document, Table, Text
from normalize.labels import fold, section_headings, similarity
from normalize.lexicon import is_group, is_row
from normalize.report import Section

UNCLASSIFIED = "unclassified"

_NUMBERED = re.compile(
    r"\s*(?:#{1,6}\s*)?(?:第?[一二三四五六七八九十]{1,3}\s*[、.．部章]|[（(]?[一二三四五六七八九十][)）]\s)"
)
_PLAIN_NUMBER = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*、")
_LONGEST_HEADING = 45
_SAME_HEADING = 0.8


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    heading: str | None


def split_sections(document: Document, used: Iterable[int]) -> tuple[Section, ...]:
    """Sections in order, what stands before the first heading first, under an empty heading.

    `used` are the blocks that are tables of a form: their cells are no text of a section.
    """
    in_tables = frozenset(used)
    sections: list[Section] = []
    name, heading, lines = UNCLASSIFIED, "", list[str]()
    for piece in _document_to_pieces(document, in_tables):
        if piece.heading is None:
            lines.append(piece.text)
            continue
        if heading or lines:
            sections.append(Section(name, heading, "\n".join(lines)))
        name, heading, lines = piece.heading, piece.text.strip(), []
    if heading or lines:
        sections.append(Section(name, heading, "\n".join(lines)))
    return tuple(sections)


def heading_to_section(text: str) -> str | None:
    """The section that a line is the heading of, None when it is no heading."""
    line = text.strip()
    if not line or len(line) > _LONGEST_HEADING or line.endswith(("。", "；", ";", "，", ",")):
        return None
    core = fold(line).core
    if core in _official_cores():
        return _known_section(core)
    if _NUMBERED.match(line) is None or is_row(line) or is_group(line):
        return None
    known = _known_section(core)
    if known is not None:
        return known
    plain_numbered = _PLAIN_NUMBER.match(line) is not None
    return UNCLASSIFIED if plain_numbered and "。" not in line and len(line) <= 30 else None


def _known_section(core: str) -> str | None:
    best = max(
        (
            (similarity(core, known), name)
            for name, cores in section_headings().items()
            for known in cores
        ),
        default=(0.0, UNCLASSIFIED),
    )
    return best[1] if best[0] >= _SAME_HEADING else None


def _official_cores() -> frozenset[str]:
    """Headings that stand even without their number, as the forms print them."""
    return frozenset(cores[0] for cores in section_headings().values())


def _document_to_pieces(document: Document, in_tables: frozenset[int]) -> Iterator[_Piece]:
    for at, block in enumerate(document.blocks):
        if isinstance(block, Text):
            for line in block.text.split("\n"):
                if line.strip():
                    yield _Piece(line, heading_to_section(line))
        elif at in in_tables:
            yield from _headings_inside(block)
        else:
            yield from _table_to_pieces(block)


def _headings_inside(table: Table) -> Iterator[_Piece]:
    """Headings that a layout with one cell a line has swept into a table."""
    if table.columns != 1:
        return
    for cell in table.cells:
        if fold(cell.text).core in _official_cores():
            yield _Piece(cell.text, heading_to_section(cell.text))


def _table_to_pieces(table: Table) -> Iterator[_Piece]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    for texts in rows.values():
        filled = [text for text in texts if text.strip()]
        if len(filled) == 1:
            yield _Piece(filled[0], heading_to_section(filled[0]))
        elif filled:
            yield _Piece("\t".join(texts), None)
