"""Pages -> Reading: tables over all their pages, text around them, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.document import Block, Reading
from extract.pdf.blank_ends import with_blank_ends
from extract.pdf.chain import Chain, parts_to_chains
from extract.pdf.columns import lines_to_columns
from extract.pdf.flow import (
    Margins,
    Paragraph,
    goes_on,
    join_paragraphs,
    lines_to_margins,
    lines_to_paragraphs,
)
from extract.pdf.limits import no_text
from extract.pdf.lines import Line, chars_to_lines
from extract.pdf.notes import (
    has_text,
    parts_to_doubtful_pages,
    parts_to_notes,
    parts_to_pictured_pages,
)
from extract.pdf.page import PdfFile
from extract.pdf.parts import PageParts, page_to_parts
from extract.pdf.piece import Piece, in_reading_order, piece_to_table
from extract.pdf.running import Running, parts_to_running
from extract.pdf.turning import block_as_seen

_MANY_LINES = 6
"""A page with fewer lines than this takes its margins from the whole document."""
_FEW_LINES = 3
"""A column with fewer lines than this takes the distance of lines from its page."""


@dataclass(slots=True)
class _Item:
    """Something at its place on a page: a table, or a stretch of lines.

    `apart` lines stand in a box or a column and have margins of their own.
    """

    top: float
    left: float
    table: Piece | None = None
    lines: list[Line] = field(default_factory=list)
    apart: bool = False


def file_to_reading(file: PdfFile) -> Reading:
    """The whole file read. Raises NoTextLayer when its pages hold no text."""
    return parts_to_reading([page_to_parts(page) for page in file.pages], file.title)


def parts_to_reading(parts: Sequence[PageParts], title: str) -> Reading:
    """The pages put together. Raises NoTextLayer when they hold no text."""
    running = parts_to_running(parts)
    if not any(has_text(part, running) for part in parts):
        raise no_text(any(part.picture for part in parts))
    chains = parts_to_chains(parts, running)
    parts = with_blank_ends(parts, chains, running)
    blocks = _blocks(parts, chains, running)
    back = {part.number: part.back for part in parts if part.back is not None}
    if back:
        blocks = [block_as_seen(block, back) for block in blocks]
    metadata = (("title", title),) if title else ()
    notes = tuple(parts_to_notes(parts, running))
    return Reading(
        tuple(blocks),
        len(parts),
        metadata,
        notes,
        parts_to_doubtful_pages(parts),
        parts_to_pictured_pages(parts),
    )


def _blocks(parts: Sequence[PageParts], chains: Sequence[Chain], running: Running) -> list[Block]:
    """Tables and texts by page and top; a paragraph goes on over a page break."""
    general = lines_to_margins([line for part in parts for line in part.lines])
    shown: set[str] = set()
    flow: list[Paragraph | Piece] = []
    for part in parts:
        lines = _lines_to_show(part, running, shown)
        margins = lines_to_margins(lines) if len(lines) >= _MANY_LINES else general
        for item in _items(part, lines, chains):
            if item.table is not None:
                flow.append(item.table)
                continue
            for paragraph in _item_to_paragraphs(item, part.number, margins, general.size):
                last = flow[-1] if flow else None
                if isinstance(last, Paragraph) and _runs_on(last, paragraph, part.number):
                    flow[-1] = join_paragraphs(last, paragraph)
                else:
                    flow.append(paragraph)
    return [piece_to_table(found) if isinstance(found, Piece) else found.text for found in flow]


def _runs_on(last: Paragraph, paragraph: Paragraph, page: int) -> bool:
    return last.page == page - 1 and goes_on(last, paragraph)


def _item_to_paragraphs(
    item: _Item, page: int, margins: Margins, body_size: float
) -> list[Paragraph]:
    if item.apart:
        own = lines_to_margins(item.lines)
        margins = own if len(item.lines) >= _FEW_LINES else replace(own, pitch=margins.pitch)
    return lines_to_paragraphs(item.lines, page, margins, body_size)


def _lines_to_show(part: PageParts, running: Running, shown: set[str]) -> list[Line]:
    """The page's lines without its number and without running lines already shown."""
    numbers = running.numbers.get(part.number, ())
    repeated = running.repeated.get(part.number, ())
    kept = []
    for line in part.lines:
        if line in numbers or (line in repeated and line.text in shown):
            continue
        if line in repeated:
            shown.add(line.text)
        kept.append(line)
    return kept


def _items(part: PageParts, lines: Sequence[Line], chains: Sequence[Chain]) -> list[_Item]:
    """The page's tables, boxes and stretches of lines between them, from the top down."""
    fixed: list[_Item] = []
    own = [chain for chain in chains if chain.piece.page == part.number]
    for chain in in_reading_order(own, lambda chain: chain.piece.bbox):
        x0, top, _, _ = chain.piece.bbox
        if chain.framed is None:
            fixed.append(_Item(top, x0, table=chain.piece))
        else:
            fixed.append(_Item(top, x0, lines=chars_to_lines(chain.framed.chars), apart=True))
    items: list[_Item] = []
    for line in lines:
        while fixed and fixed[0].top < (line.top + line.bottom) / 2:
            items.append(fixed.pop(0))
        if not items or items[-1].table is not None or items[-1].apart:
            items.append(_Item(line.top, line.x0))
        items[-1].lines.append(line)
    return [column for item in items + fixed for column in _in_columns(item)]


def _in_columns(item: _Item) -> list[_Item]:
    """The item, or where its lines stand in two columns, one for each stretch of them."""
    if item.table is not None or item.apart:
        return [item]
    return [
        _Item(lines[0].top, lines[0].x0, lines=lines, apart=column)
        for column, lines in lines_to_columns(item.lines)
    ]
