"""Tables without upright rules: columns from figures that stand under one another.

Only what is clear becomes a table; everything else is left as lines. Two figures are never
joined into one: each keeps a column of its own, or there is no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.document import BBox
from extract.pdf.cells import is_figure
from extract.pdf.lines import Line, chars_to_line_text
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.stitch import NUMBERED

_COLUMN_GAP = 0.9
"""A gap of this many line heights parts two columns."""
_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_FILLED = 0.6
"""So much of the figure columns must be filled."""
_MOST_HEADS = 4
_NEAR = 2.6
"""A head stands above the figures by no more than this many line heights."""
_LONGEST_PLAIN = 2
"""So many lines without a figure may follow one another within a table."""


@dataclass(frozen=True, slots=True)
class Token:
    """Characters of one line that belong to one column."""

    text: str
    bbox: BBox

    @property
    def figure(self) -> bool:
        return is_figure(self.text)


@dataclass(frozen=True, slots=True)
class TokenLine:
    line: Line
    tokens: tuple[Token, ...]

    @property
    def has_values(self) -> bool:
        return len(self.tokens) >= 2 and self.tokens[-1].figure


def lines_to_aligned(
    lines: Sequence[Line], rules: Iterable[Rule], page: int
) -> tuple[list[Piece], list[Line]]:
    """The tables that the lines' alignment makes clear, and the lines that are in none.

    Level rules tell which lines make one row.
    """
    rows = [TokenLine(line, _tokens(line)) for line in lines]
    rules_at = sorted({rule.top for rule in rules if rule.horizontal})
    pieces: list[Piece] = []
    left: list[Line] = []
    index = 0
    while index < len(rows):
        stop = _end_of_run(rows, index)
        piece = _run_to_piece(rows, index, stop, rules_at, page) if stop > index else None
        if piece is None:
            left.append(rows[index].line)
            index += 1
            continue
        heads = _heads(rows[:index], len(left), piece)
        if heads:
            left = left[: len(left) - len(heads)]
            piece = _with_heads(piece, heads, page)
        pieces.append(piece)
        index = stop
    return pieces, left


def _tokens(line: Line) -> tuple[Token, ...]:
    """The line cut at wide gaps, and at any gap or space between two figures."""
    runs: list[list[Char]] = []
    spaced = False
    for char in line.chars:
        if char.text.isspace():
            spaced = True
            continue
        if runs and not _parts(runs[-1][-1], char, spaced, line.size):
            runs[-1].append(char)
        else:
            runs.append([char])
        spaced = False
    if len(runs) == 1:
        return (Token(line.text, line.bbox),)
    return tuple(
        Token(
            chars_to_line_text(run),
            (
                run[0].x0,
                min(c.top for c in run),
                max(c.x1 for c in run),
                max(c.bottom for c in run),
            ),
        )
        for run in runs
    )


def _parts(left: Char, right: Char, spaced: bool, size: float) -> bool:
    if right.x0 - left.x1 > _COLUMN_GAP * size:
        return True
    return spaced and left.text.isdigit() and right.text.isdigit()


def _end_of_run(rows: Sequence[TokenLine], start: int) -> int:
    """Where the lines of figures that begin at `start` end; `start` when too few follow."""
    if not rows[start].has_values and not (
        start + 1 < len(rows) and len(rows[start].tokens) == 1 and _is_figures(rows[start + 1])
    ):
        return start
    stop, values, plain = start, 0, 0
    for index in range(start, len(rows)):
        row = rows[index]
        if index > start:
            before = rows[index - 1].line
            if row.line.top - before.bottom > _NEAR * max(row.line.size, before.size):
                break
        if row.has_values:
            values += 1
            plain = 0
            stop = index + 1
        else:
            plain += 1
            if len(row.tokens) != 1 or plain > _LONGEST_PLAIN:
                break
    if stop < len(rows) and _is_figures(rows[stop - 1]) and _is_label_tail(rows, stop):
        stop += 1
    return stop if values >= _LEAST_ROWS else start


def _is_figures(row: TokenLine) -> bool:
    return row.has_values and all(token.figure for token in row.tokens)


def _is_label_tail(rows: Sequence[TokenLine], index: int) -> bool:
    """Whether this line ends the label whose figures stand on the line before, set midway."""
    row, before = rows[index], rows[index - 1]
    return (
        len(row.tokens) == 1
        and not row.tokens[0].figure
        and not NUMBERED.match(row.tokens[0].text)
        and row.line.top - before.line.bottom < 0.6 * row.line.size
        and row.tokens[0].bbox[2] < before.tokens[0].bbox[0]
    )


def _run_to_piece(
    rows: Sequence[TokenLine], start: int, stop: int, rules_at: Sequence[float], page: int
) -> Piece | None:
    """The lines as a table, None where columns run into each other or figures are too sparse."""
    run = rows[start:stop]
    columns = _columns([row for row in run if row.has_values])
    if columns is None:
        return None
    grouped = _group_rows(run, columns, rules_at)
    if grouped is None:
        return None
    xs = _between(columns, run)
    cells: list[PieceCell] = []
    for number, row in enumerate(grouped):
        top = min(token.bbox[1] for tokens in row for token in tokens)
        bottom = max(token.bbox[3] for tokens in row for token in tokens)
        filled = [column for column, tokens in enumerate(row) if tokens]
        if filled == [0]:
            cells.append(_cell(number, 0, len(columns), row[0], xs, top, bottom, page))
            continue
        for column, tokens in enumerate(row):
            cells.append(_cell(number, column, 1, tokens, xs, top, bottom, page))
    box = (
        xs[0],
        min(c.bbox[1] for c in cells),
        xs[-1],
        max(c.bbox[3] for c in cells),
    )
    return Piece(page, box, tuple(xs), len(grouped), tuple(cells), page, box)


def _columns(rows: Sequence[TokenLine]) -> list[tuple[float, float]] | None:
    """The extents of the columns, None unless each is parted from the next in every line.

    There must be three, each line at most one token in each, and figures in most places of
    those that hold figures.
    """
    spans = sorted((token.bbox[0], token.bbox[2]) for row in rows for token in row.tokens)
    columns = [spans[0]]
    for x0, x1 in spans[1:]:
        if x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    if len(columns) < _LEAST_COLUMNS:
        return None
    size = median(row.line.size for row in rows)
    if any(b[0] - a[1] < 0.3 * size for a, b in pairwise(columns)):
        return None
    figures = [0] * len(columns)
    texts = [0] * len(columns)
    for row in rows:
        held = [_column_of(token, columns) for token in row.tokens]
        if len(set(held)) < len(held):
            return None
        for token, column in zip(row.tokens, held, strict=True):
            if token.figure:
                figures[column] += 1
            else:
                texts[column] += 1
    values = [c for c in range(len(columns)) if figures[c] and not texts[c]]
    if not values or sum(figures[c] for c in values) < _FILLED * len(values) * len(rows):
        return None
    return columns


def _column_of(token: Token, columns: Sequence[tuple[float, float]]) -> int:
    middle = (token.bbox[0] + token.bbox[2]) / 2
    return min(
        range(len(columns)),
        key=lambda c: max(columns[c][0] - middle, middle - columns[c][1]),
    )


Row = list[list[Token]]
"""For each column its tokens from the top down."""


def _group_rows(
    run: Sequence[TokenLine], columns: Sequence[tuple[float, float]], rules_at: Sequence[float]
) -> list[Row] | None:
    """The lines put together to rows; None when one row would hold two figures in a column."""
    pitch = median(
        [b.line.bottom - a.line.bottom for a, b in pairwise([r for r in run if r.has_values])]
    )
    rows: list[Row] = []
    for index, line in enumerate(run):
        row: Row = [[] for _ in columns]
        for token in line.tokens:
            row[_column_of(token, columns)].append(token)
        if rows and _same_row(run, index, rows[-1], rules_at, pitch):
            for column, tokens in enumerate(row):
                rows[-1][column].extend(tokens)
        else:
            rows.append(row)
    for row in rows:
        if any(len(tokens) > 1 and any(t.figure for t in tokens) for tokens in row):
            return None
    return rows


def _same_row(
    run: Sequence[TokenLine],
    index: int,
    row: Row,
    rules_at: Sequence[float],
    pitch: float,
) -> bool:
    """Whether the line belongs to the row of the line before."""
    line, before = run[index], run[index - 1]
    if any(before.line.bottom - 1 <= y <= line.line.top + 1 for y in rules_at):
        return False
    if line.has_values and any(tokens for tokens in row[1:]):
        return False
    close = line.line.bottom - before.line.bottom < 0.75 * pitch
    if _is_figures(line) and not any(tokens for tokens in row[1:]):
        return close
    if line.has_values or NUMBERED.match(line.tokens[0].text):
        return False
    return close and any(tokens for tokens in row[1:])


def _between(columns: Sequence[tuple[float, float]], run: Sequence[TokenLine]) -> list[float]:
    """Lines between the columns, halfway, and at the outer ends of the text."""
    left = min(min(row.line.x0 for row in run), columns[0][0])
    right = max(max(row.line.x1 for row in run), columns[-1][1])
    return [left, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), right]


def _cell(
    row: int,
    column: int,
    colspan: int,
    tokens: Sequence[Token],
    xs: Sequence[float],
    top: float,
    bottom: float,
    page: int,
) -> PieceCell:
    return PieceCell(
        row=row,
        column=column,
        rowspan=1,
        colspan=colspan,
        text="\n".join(token.text for token in tokens),
        page=page,
        bbox=(xs[column], top, xs[column + colspan], bottom),
    )


def _heads(above: Sequence[TokenLine], free: int, piece: Piece) -> list[TokenLine]:
    """The lines right above the figures that head their columns, from the top down.

    A head has several tokens, or one that stands above the figures alone.
    """
    heads: list[TokenLine] = []
    top = piece.bbox[1]
    for row in reversed(above[len(above) - min(free, _MOST_HEADS, len(above)) :]):
        if top - row.line.bottom > _NEAR * row.line.size or not row.tokens:
            break
        if any(token.figure for token in row.tokens):
            break
        spans = [_lines_over(token, piece.xs) for token in row.tokens]
        if any(a[1] > b[0] for a, b in pairwise(spans)):
            break
        if len(spans) == 1 and spans[0][0] == 0:
            break
        heads.append(row)
        top = row.line.top
    if len(heads) == 1 and len(heads[0].tokens) == 1:
        return []
    return heads[::-1]


def _lines_over(token: Token, xs: Sequence[float]) -> tuple[int, int]:
    """The lines between columns left and right of what the token stands above."""
    left = max((i for i in range(len(xs) - 1) if xs[i] <= token.bbox[0]), default=0)
    right = min((i for i in range(1, len(xs)) if xs[i] >= token.bbox[2]), default=len(xs) - 1)
    return left, max(right, left + 1)


def _head_places(head: TokenLine, piece: Piece, upper: bool) -> list[tuple[Token, tuple[int, int]]]:
    """Each head with the lines left and right of its columns.

    An upper head stands above all columns that are nearer to it than to its neighbours.
    """
    places = [(token, _lines_over(token, piece.xs)) for token in head.tokens]
    if not upper or places[0][1][0] == 0:
        return places
    middles = [(a + b) / 2 for a, b in pairwise(piece.xs)]
    nearest = [
        min(
            range(len(places)),
            key=lambda i: abs(sum(head.tokens[i].bbox[::2]) / 2 - middle),
        )
        for middle in middles[1:]
    ]
    return [
        (token, (1 + nearest.index(i), len(middles) - nearest[::-1].index(i)))
        for i, (token, _) in enumerate(places)
        if i in nearest
    ]


def _with_heads(piece: Piece, heads: Sequence[TokenLine], page: int) -> Piece:
    """The piece with its heads as first rows."""
    cells: list[PieceCell] = []
    for number, head in enumerate(heads):
        for token, (left, right) in _head_places(head, piece, upper=number < len(heads) - 1):
            cells.append(PieceCell(number, left, 1, right - left, token.text, page, token.bbox))
    moved = [
        PieceCell(c.row + len(heads), c.column, 1, c.colspan, c.text, page, c.bbox)
        for c in piece.cells
    ]
    box = (piece.bbox[0], heads[0].line.top, piece.bbox[2], piece.bbox[3])
    return Piece(page, box, piece.xs, piece.rows + len(heads), (*cells, *moved), page, box)
