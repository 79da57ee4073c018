"""A run of lines -> a piece of a table, or nothing where it is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import BBox
from extract.pdf.page import Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.tables.chunks import Chunk, TextLine, cut_chunk, is_year
from extract.pdf.tables.gutters import (
    Column,
    Span,
    gutters_to_columns,
    lines_to_gutters,
    shared_columns,
)
from extract.pdf.tables.heads import Head, lines_to_heads
from extract.pdf.tables.rows import (
    BodyLine,
    lines_to_rows,
    place_line,
    value_columns,
)
from extract.pdf.tables.stretches import rule_between

_MOST_HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns, heads and rows of a table."""

    columns: tuple[Column, ...]
    heads: tuple[Head, ...]
    head_rows: int
    rows: tuple[tuple[BodyLine, ...], ...]


def lines_to_layout(lines: Sequence[TextLine], level: Sequence[Rule]) -> Layout | None:
    """The columns and rows of the lines, None when there is but one column."""
    gutters = lines_to_gutters(lines)
    if not gutters:
        return None
    cut = [_cut_line(line, gutters) for line in lines]
    columns = shared_columns(cut, gutters_to_columns(lines, gutters))
    if len(columns) < 2:
        return None
    body = _first_body_line(cut, columns, level)
    heads, head_rows = lines_to_heads(cut[:body], columns, level)
    placed = [place_line(line, columns) for line in cut[body:]]
    columns = _widened(placed, columns)
    rows = lines_to_rows(placed, columns, level)
    return Layout(tuple(columns), tuple(heads), head_rows, tuple(map(tuple, rows)))


def _widened(lines: Sequence[BodyLine], columns: Sequence[Column]) -> list[Column]:
    """The columns with the ink of lines that alone stand in them, such as long labels."""
    x1 = [column.x1 for column in columns]
    for line in lines:
        for p in line.placed:
            if p.last - p.first == 1:
                x1[p.first] = max(x1[p.first], min(p.chunk.x1, columns[p.first].right))
    return [replace(column, x1=x) for column, x in zip(columns, x1, strict=True)]


def _cut_line(line: TextLine, gutters: Sequence[Span]) -> TextLine:
    chunks: list[Chunk] = []
    for chunk in line.chunks:
        chunks += cut_chunk(chunk, gutters, line.em, line.values > 1)
    if len(chunks) == len(line.chunks):
        return line
    return replace(line, chunks=tuple(chunks))


def _first_body_line(
    lines: Sequence[TextLine], columns: Sequence[Column], level: Sequence[Rule]
) -> int:
    """Where the body begins: at the first line of figures, or under the rule below the heads."""
    placed = [place_line(line, columns) for line in lines]
    figures = value_columns(placed, len(columns))
    first = next(
        (
            i
            for i, line in enumerate(placed)
            if _is_row(line, figures)
            and (
                line.at(0) is not None or (i + 1 < len(placed) and _is_row(placed[i + 1], figures))
            )
        ),
        None,
    )
    if first is None:
        first = min(len(lines) - 1, _MOST_HEAD_LINES)
        for i in range(first, 0, -1):
            if not rule_between(lines[i - 1], lines[i], level):
                continue
            first = i
        return (
            first
            if any(rule_between(lines[i - 1], lines[i], level) for i in range(1, len(lines)))
            else 0
        )
    ruled = [i for i in range(1, first + 1) if rule_between(lines[i - 1], lines[i], level)]
    if ruled:
        return ruled[-1]
    # Labels without figures above the first figures are heads of rows unless words stand
    # beside them over the other columns.
    while first > 0 and all(p.first == 0 and p.last == 1 for p in placed[first - 1].placed):
        first -= 1
    return first


def _is_row(line: BodyLine, figures: set[int]) -> bool:
    """Whether most of what stands beside the label is figures, and not just years."""
    beside = [p for p in line.placed if p.first > 0]
    values = [p for p in beside if p.chunk.value and p.first in figures]
    return len(values) >= 0.5 * len(beside) and any(not is_year(p.chunk.text) for p in values)


def layout_to_piece(layout: Layout, page: int) -> Piece:
    """The cells with their texts; fields without ink are empty cells."""
    columns = layout.columns
    cells: list[PieceCell] = []
    taken: set[tuple[int, int]] = set()
    for head in layout.heads:
        columns_over = head.last - head.first
        cells.append(_cell(head.row, head.first, head.rows, columns_over, head.chunks, page))
        taken |= {
            (r, c)
            for r in range(head.row, head.row + head.rows)
            for c in range(head.first, head.last)
        }
    extents: list[tuple[float, float]] = []
    for number, row in enumerate(layout.rows, layout.head_rows):
        extents.append((min(r.line.top for r in row), max(r.line.bottom for r in row)))
        for first, last, chunks in _row_cells(row):
            cells.append(_cell(number, first, 1, last - first, chunks, page))
            taken |= {(number, c) for c in range(first, last)}
    rows = layout.head_rows + len(layout.rows)
    top = min(c.bbox[1] for c in cells)
    head_bottom = max([h.bottom for h in layout.heads], default=top)
    for r in range(rows):
        y0, y1 = (top, head_bottom) if r < layout.head_rows else extents[r - layout.head_rows]
        for c, column in enumerate(columns):
            if (r, c) not in taken:
                box = (column.left, y0, column.right, y1)
                cells.append(PieceCell(r, c, 1, 1, "", page, box))
    box = (
        min(c.bbox[0] for c in cells),
        top,
        max(c.bbox[2] for c in cells),
        max(c.bbox[3] for c in cells),
    )
    xs = (columns[0].left, *(column.right for column in columns))
    ordered = tuple(sorted(cells, key=lambda c: (c.row, c.column)))
    return Piece(page, box, xs, rows, ordered, page, box, unruled=True)


def _row_cells(row: Sequence[BodyLine]) -> list[tuple[int, int, list[Chunk]]]:
    """Chunks of a row's lines by the columns that they take, overlapping ones together."""
    cells: list[tuple[int, int, list[Chunk]]] = []
    for line in row:
        for p in line.placed:
            first, last, chunks = p.first, p.last, [p.chunk]
            apart = []
            for cell in cells:
                if cell[0] < last and first < cell[1]:
                    first, last = min(first, cell[0]), max(last, cell[1])
                    chunks = cell[2] + chunks
                else:
                    apart.append(cell)
            cells = [*apart, (first, last, chunks)]
    return sorted(cells, key=lambda cell: cell[0])


def _cell(
    row: int, column: int, rowspan: int, colspan: int, chunks: Sequence[Chunk], page: int
) -> PieceCell:
    box: BBox = (
        min(c.bbox[0] for c in chunks),
        min(c.bbox[1] for c in chunks),
        max(c.bbox[2] for c in chunks),
        max(c.bbox[3] for c in chunks),
    )
    return PieceCell(row, column, rowspan, colspan, _chunks_to_text(chunks), page, box)


def _chunks_to_text(chunks: Sequence[Chunk]) -> str:
    """The chunks as lines, those at one height side by side."""
    if len(chunks) == 1:
        return chunks[0].text
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: c.bbox[1] + c.bbox[3]):
        middle = (chunk.bbox[1] + chunk.bbox[3]) / 2
        if lines and lines[-1][0].bbox[1] < middle < lines[-1][0].bbox[3]:
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return "\n".join(
        " ".join(chunk.text for chunk in sorted(line, key=lambda c: c.x0)) for line in lines
    )
