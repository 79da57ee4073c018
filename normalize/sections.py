"""The report's text split at its headings; what the forms do not know stays `unclassified`.

Which lines are headings is decided by all of them together: a table of contents, numbering nested
within a section and headings with their text run on look alike line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extract.document import Document, Table, Text
from normalize.headings import UNCLASSIFIED as UNCLASSIFIED
from normalize.headings import Heading, line_to_heading, number_in_brackets
from normalize.headings import heading_to_section as heading_to_section
from normalize.report import Section

_FEWEST_CONTENTS = 3
_HEADING_LAST = re.compile(
    r"(?P<text>.*\S[。；;)）\s]\s*)(?P<heading>[一二三四五六七八九十]{1,2}、[^。，,；;：:\s]{2,30})\s*"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line of text, or a table of a form: then `text` is empty.

    `is_cell` marks a line from within such a table, which is no text of a section.
    """

    text: str
    heading: Heading | None = None
    is_cell: bool = False


def split_sections(document: Document, used: Iterable[int]) -> tuple[Section, ...]:
    """Sections in order, what stands before the first heading first, under an empty heading.

    `used` are the blocks that are tables of a form: their cells are no text of a section.
    """
    pieces = list(_document_to_pieces(document, frozenset(used)))
    for without in (_without_contents, _without_nested, _without_points, _without_unsure):
        pieces = without(pieces)
    return _pieces_to_sections(pieces)


def _pieces_to_sections(pieces: Sequence[_Piece]) -> tuple[Section, ...]:
    sections: list[Section] = []
    name, heading, lines = UNCLASSIFIED, "", list[str]()
    for piece in pieces:
        if piece.heading is None:
            lines += [piece.text] if piece.text else []
            continue
        if heading or lines:
            sections.append(Section(name, heading, "\n".join(lines)))
        name, heading = piece.heading.section, piece.heading.printed
        lines = [piece.heading.text] if piece.heading.text else []
    if heading or lines:
        sections.append(Section(name, heading, "\n".join(lines)))
    return tuple(sections)


def _as_text(piece: _Piece) -> _Piece:
    return _Piece("" if piece.is_cell else piece.text)


def _without_contents(pieces: Sequence[_Piece]) -> list[_Piece]:
    """A table of contents as text: headings in a row, all of which come again further down."""
    kept, at = list(pieces), 0
    last = {piece.heading.section: at for at, piece in enumerate(pieces) if piece.heading}
    while at < len(kept):
        stop = at
        while stop < len(kept) and kept[stop].heading is not None:
            stop += 1
        # The last of the row may be the first section itself, with its text behind it.
        for end in (stop, max(at, stop - 1)):
            row = [heading.section for piece in kept[at:end] if (heading := piece.heading)]
            if len(row) >= _FEWEST_CONTENTS and all(last[section] >= end for section in row):
                kept[at:end] = [_as_text(piece) for piece in kept[at:end]]
                break
        at = stop + 1
    return kept


def _without_nested(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Numbering that starts again at 一 within a section, as text.

    After heading m a run 1, 2, … k is nested when the forms' heading m + 1 comes behind it and
    does not continue it. Its first numbers may be missing, where they look like rows of a form,
    when the others are no sections of the forms.
    """
    kept = list(pieces)
    numbered = [(at, p.heading) for at, p in enumerate(pieces) if p.heading and p.heading.is_sure]
    for position, (_, outer) in enumerate(numbered):
        run = _nested_run(numbered, position + 1)
        behind = numbered[position + 1 + len(run) : position + 2 + len(run)]
        if not run or not behind or outer.number is None or behind[0][1].section == UNCLASSIFIED:
            continue
        if behind[0][1].number == outer.number + 1:
            for at, _ in run:
                kept[at] = _as_text(pieces[at])
    return kept


def _nested_run(numbered: Sequence[tuple[int, Heading]], start: int) -> list[tuple[int, Heading]]:
    """The headings from `start` on that count 1, 2, …, or on from a later number."""
    run: list[tuple[int, Heading]] = []
    for at, heading in islice(numbered, start, None):
        first = run[0][1].number if run else heading.number
        if first is None or heading.number != first + len(run):
            break
        if first != 1 and heading.section != UNCLASSIFIED:
            break
        run.append((at, heading))
    return run


def _without_points(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Headings in brackets that count on within a section of the forms, as text.

    Under 一、总体情况 the points （一）主动公开情况 and （二）依申请公开情况 are no sections.
    """
    kept: list[_Piece] = []
    section, counted = UNCLASSIFIED, 0
    for piece in pieces:
        number = number_in_brackets(piece.text)
        if piece.heading and piece.heading.is_sure:
            section, counted = piece.heading.section, 0
        elif number and number == counted + 1:
            if counted and piece.heading and section != UNCLASSIFIED:
                piece = _as_text(piece)
            counted = number
        kept.append(piece)
    return kept


def _without_unsure(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Headings that are not sure, as text where a sure one has their section or their place."""
    sure = [(at, p.heading) for at, p in enumerate(pieces) if p.heading and p.heading.is_sure]
    claimed = {heading.section for _, heading in sure}
    kept: list[_Piece] = []
    for at, piece in enumerate(pieces):
        unsure = piece.heading is not None and not piece.heading.is_sure
        if unsure and piece.heading and not _has_place(at, piece.heading, sure, claimed):
            piece = _as_text(piece)
        kept.append(piece)
    return kept


def _has_place(
    at: int, heading: Heading, sure: Sequence[tuple[int, Heading]], claimed: set[str]
) -> bool:
    """True when no sure heading is of this section and the numbers around it leave room."""
    if heading.section in claimed:
        return False
    if heading.number is None:
        return True
    return not any(
        other.number is not None
        and (other.number >= heading.number if place < at else other.number <= heading.number)
        for place, other in sure
    )


def _document_to_pieces(document: Document, in_tables: frozenset[int]) -> Iterator[_Piece]:
    for at, block in enumerate(document.blocks):
        if isinstance(block, Text):
            for line in block.text.split("\n"):
                for part in _parts_at_heading(line):
                    yield _Piece(part, line_to_heading(part))
        elif at in in_tables:
            yield _Piece("")
            yield from _headings_inside(block)
        else:
            yield from _table_to_pieces(block)


def _parts_at_heading(line: str) -> Iterator[str]:
    """A line, or two where a heading of the forms has run on to the end of a paragraph."""
    match = _HEADING_LAST.fullmatch(line)
    heading = line_to_heading(match["heading"]) if match else None
    if match and heading and heading.is_sure and heading.section != UNCLASSIFIED:
        yield match["text"]
        yield match["heading"]
    elif line.strip():
        yield line


def _headings_inside(table: Table) -> Iterator[_Piece]:
    """Headings that a layout has swept into a table, each alone in its row; none is sure."""
    for texts in _rows(table):
        filled = [text for text in texts if text.strip()]
        if len(filled) != 1 or (heading := line_to_heading(filled[0])) is None:
            continue
        if heading.section != UNCLASSIFIED and not heading.text:
            yield _Piece(filled[0], replace(heading, is_sure=False), is_cell=True)


def _table_to_pieces(table: Table) -> Iterator[_Piece]:
    for texts in _rows(table):
        filled = [text for text in texts if text.strip()]
        if len(filled) == 1:
            yield _Piece(filled[0], line_to_heading(filled[0]))
        elif filled:
            yield _Piece("\t".join(texts))


def _rows(table: Table) -> Iterator[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    yield from rows.values()
