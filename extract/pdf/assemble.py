"""Pages -> Reading: tables stitched, running lines left out, everything in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.document import Block, Reading
from extract.pdf.aligned import lines_to_aligned
from extract.pdf.cells import Framed, page_to_ruled
from extract.pdf.columns import lines_to_columns
from extract.pdf.flow import (
    Paragraph,
    goes_on,
    join_paragraphs,
    lines_to_margins,
    lines_to_paragraphs,
)
from extract.pdf.limits import no_text
from extract.pdf.lines import Line, chars_to_lines
from extract.pdf.page import Page, PdfFile
from extract.pdf.piece import Piece, piece_to_table
from extract.pdf.running import PageLines, Running, pages_to_running
from extract.pdf.stitch import are_one_table, stitch

_CONTINUED = frozenset({"续表", "(续表)", "(续)", "续上表", "接上表", "(续上表)", "(接上表)"})
"""Lines that may stand between two pieces of one table."""
_LONGEST_FRAMED = 150
"""A box with a longer text than this is no row of a table."""
_MANY_LINES = 6
"""A page with fewer lines than this takes its margins from the whole document."""
_LARGE_PICTURE = 0.1
"""Share of the page from which a picture may hide a table or text."""


@dataclass(frozen=True, slots=True)
class PageParts:
    """What one page holds before its neighbours are looked at."""

    number: int
    height: float
    pieces: tuple[Piece, ...]
    framed: tuple[Framed, ...]
    lines: tuple[Line, ...]
    picture: float
    unmapped: int
    doubts: tuple[str, ...]


@dataclass(slots=True)
class _Chain:
    """A table as it grows from page to page; `framed` until it proves to be one."""

    piece: Piece
    framed: Framed | None = None


@dataclass(slots=True)
class _Item:
    """Something on a page at its place: a table, or a stretch of lines."""

    page: int
    top: float
    left: float
    table: Piece | None = None
    lines: list[Line] = field(default_factory=list)
    boxed: bool = False


def file_to_reading(file: PdfFile) -> Reading:
    """The whole file read. Raises NoTextLayer when its pages hold no text."""
    return parts_to_reading([page_to_parts(page) for page in file.pages], file.title)


def parts_to_reading(parts: Sequence[PageParts], title: str) -> Reading:
    """The pages put together. Raises NoTextLayer when they hold no text."""
    running = pages_to_running([_page_lines(part) for part in parts])
    if not any(_has_text(part, running) for part in parts):
        raise no_text(any(part.picture for part in parts))
    blocks = _blocks(parts, _chains(parts, running), running)
    metadata = (("title", title),) if title else ()
    return Reading(tuple(blocks), len(parts), metadata, tuple(_notes(parts, running)))


def page_to_parts(page: Page) -> PageParts:
    """The page's tables, boxes and lines; running lines are still among the latter."""
    ruled = page_to_ruled(page)
    aligned, lines = lines_to_aligned(chars_to_lines(ruled.rest), page.rules, page.number)
    return PageParts(
        number=page.number,
        height=page.height,
        pieces=tuple(sorted((*ruled.pieces, *aligned), key=lambda p: (p.bbox[1], p.bbox[0]))),
        framed=ruled.framed,
        lines=tuple(lines),
        picture=page.picture,
        unmapped=page.unmapped,
        doubts=ruled.doubts,
    )


def _page_lines(part: PageParts) -> PageLines:
    boxes = [line.bbox for line in part.lines]
    boxes += [piece.bbox for piece in part.pieces]
    boxes += [frame.piece.bbox for frame in part.framed]
    return PageLines(
        number=part.number,
        height=part.height,
        lines=part.lines,
        content_top=min((box[1] for box in boxes), default=0.0),
        content_bottom=max((box[3] for box in boxes), default=0.0),
    )


def _has_text(part: PageParts, running: Running) -> bool:
    left_out = (*running.numbers.get(part.number, ()), *running.repeated.get(part.number, ()))
    if part.pieces or part.framed:
        return True
    return any(line not in left_out for line in part.lines) or (
        bool(part.lines) and not part.picture
    )


def _chains(parts: Sequence[PageParts], running: Running) -> list[_Chain]:
    """The tables, each stitched over all its pages, and the frames that proved to be none."""
    chains: list[_Chain] = []
    for part, before in zip(parts, (None, *parts), strict=False):
        candidates: list[tuple[Piece, Framed | None]] = [(piece, None) for piece in part.pieces]
        candidates += [(frame.piece, frame) for frame in part.framed]
        for piece, frame in sorted(candidates, key=lambda c: (c[0].bbox[1], c[0].bbox[0])):
            chain = None
            if before is not None and _is_at_head(piece, part, running):
                chain = _chain_to_go_on(chains, piece, frame, before, running)
            if chain is None:
                chains.append(_Chain(piece, frame))
            else:
                chain.piece = stitch(chain.piece, piece)
                chain.framed = None
    return chains


def _chain_to_go_on(
    chains: Iterable[_Chain],
    piece: Piece,
    frame: Framed | None,
    before: PageParts,
    running: Running,
) -> _Chain | None:
    for chain in chains:
        if (
            chain.piece.last_page == before.number
            and (chain.framed is None or frame is None)
            and all(_may_be_row(f) for f in (chain.framed, frame) if f is not None)
            and are_one_table(chain.piece, piece)
            and _is_at_foot(chain.piece, before, running)
        ):
            return chain
    return None


def _may_be_row(framed: Framed) -> bool:
    length = sum(len(cell.text) for cell in framed.piece.cells)
    return not framed.around_table and length <= _LONGEST_FRAMED


def _is_at_head(piece: Piece, part: PageParts, running: Running) -> bool:
    """Whether nothing but running lines stands above the piece, or above it to its sides."""
    x0, top, x1, _ = piece.bbox
    others = [p.bbox for p in part.pieces] + [f.piece.bbox for f in part.framed]
    others += [line.bbox for line in _lines_that_part(part, running)]
    return not any(box[3] <= top + 1 and box[0] < x1 and box[2] > x0 for box in others)


def _is_at_foot(piece: Piece, part: PageParts, running: Running) -> bool:
    x0, _, x1, bottom = piece.last_bbox
    others = [p.bbox for p in part.pieces] + [f.piece.bbox for f in part.framed]
    others += [line.bbox for line in _lines_that_part(part, running)]
    return not any(box[1] >= bottom - 1 and box[0] < x1 and box[2] > x0 for box in others)


def _lines_that_part(part: PageParts, running: Running) -> list[Line]:
    """The lines that would part two pieces of a table: not running ones, not 续表."""
    left_out = (*running.numbers.get(part.number, ()), *running.repeated.get(part.number, ()))
    return [
        line
        for line in part.lines
        if line not in left_out
        and line.text.replace("（", "(").replace("）", ")").strip() not in _CONTINUED
    ]


def _blocks(parts: Sequence[PageParts], chains: Sequence[_Chain], running: Running) -> list[Block]:
    """Tables and texts by page and top; a paragraph goes on over a page break."""
    all_lines = [line for part in parts for line in part.lines]
    general = lines_to_margins(all_lines)
    shown: set[str] = set()
    blocks: list[Block] = []
    open_paragraph: Paragraph | None = None
    for part in parts:
        lines = _lines_to_show(part, running, shown)
        margins = lines_to_margins(lines) if len(lines) >= _MANY_LINES else general
        for item in _items(part, lines, chains):
            if item.table is not None:
                if open_paragraph is not None:
                    blocks.append(open_paragraph.text)
                    open_paragraph = None
                blocks.append(piece_to_table(item.table))
                continue
            own = lines_to_margins(item.lines) if item.boxed else margins
            own = replace(own, pitch=margins.pitch) if len(item.lines) < 3 else own
            for paragraph in lines_to_paragraphs(item.lines, part.number, own, general.size):
                if (
                    open_paragraph is not None
                    and open_paragraph.text.page != part.number
                    and goes_on(open_paragraph, paragraph)
                ):
                    open_paragraph = join_paragraphs(open_paragraph, paragraph)
                    continue
                if open_paragraph is not None:
                    blocks.append(open_paragraph.text)
                open_paragraph = paragraph
    if open_paragraph is not None:
        blocks.append(open_paragraph.text)
    return blocks


def _lines_to_show(part: PageParts, running: Running, shown: set[str]) -> list[Line]:
    """The page's lines without its number and without running lines already shown."""
    numbers = running.numbers.get(part.number, ())
    repeated = running.repeated.get(part.number, ())
    kept = []
    for line in part.lines:
        if line in numbers:
            continue
        if line in repeated:
            if line.text in shown:
                continue
            shown.add(line.text)
        kept.append(line)
    return kept


def _items(part: PageParts, lines: Sequence[Line], chains: Sequence[_Chain]) -> list[_Item]:
    """The page's tables, boxes and stretches of lines between them, from the top down."""
    fixed: list[_Item] = []
    for chain in chains:
        if chain.piece.page != part.number:
            continue
        x0, top, _, _ = chain.piece.bbox
        if chain.framed is None:
            fixed.append(_Item(part.number, top, x0, table=chain.piece))
        else:
            boxed = chars_to_lines(chain.framed.chars)
            fixed.append(_Item(part.number, top, x0, lines=boxed, boxed=True))
    fixed.sort(key=lambda item: (item.top, item.left))
    items: list[_Item] = []
    waiting = list(fixed)
    for line in lines:
        while waiting and waiting[0].top < (line.top + line.bottom) / 2:
            items.append(waiting.pop(0))
        if not items or items[-1].table is not None or items[-1].boxed:
            items.append(_Item(part.number, line.top, line.x0))
        items[-1].lines.append(line)
    return [part for item in items + waiting for part in _in_columns(item)]


def _in_columns(item: _Item) -> list[_Item]:
    """The item, or where its lines stand in two columns, one for each stretch of them."""
    if item.table is not None or item.boxed:
        return [item]
    return [
        _Item(item.page, lines[0].top, lines[0].x0, lines=lines, boxed=column)
        for column, lines in lines_to_columns(item.lines)
    ]


def _notes(parts: Sequence[PageParts], running: Running) -> list[str]:
    """Doubts in plain words, page by page."""
    notes = []
    for part in parts:
        if not _has_text(part, running) and part.picture:
            notes.append(f"page {part.number} is a picture without text")
        elif part.picture >= _LARGE_PICTURE:
            notes.append(f"page {part.number} holds a picture over {part.picture:.0%} of its area")
        if part.unmapped:
            notes.append(
                f"page {part.number}: the file does not give the meaning of "
                f"{part.unmapped} of its characters"
            )
        notes.extend(part.doubts)
    return notes
