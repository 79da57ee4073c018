"""Tables flattened with pipes: `a | b |`, one cell a line, spans printed as `|||`.

A program that flattens a page writes one pipe a cell and pads each row to the same number of
pipes, because it forgets spans. That constant tells rows apart even when every cell stands on a
line of its own. A blank cell still shows as a space or a line between pipes; pipes that touch at
a row's end only fill it up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.text.lines import PIPES, is_cell_like, is_figure, is_numeral

_SEPARATOR_ROW = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*")
_WIDEST_ROW = 24
_WIDE_ROW = 8
"""Pipes in the narrowest row that may hold figures only, without a label."""

_LONGEST_PLAIN_CELL = 40
_FEWEST_FRAMED = 5
"""Parts of a line with a pipe at both its ends and two between: a row, however long its cells."""

Row = list[str | None]
"""The texts of a row's cells; None at its end for what only fills the row up."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """The text before one pipe; `ends_line` when nothing but space follows that pipe.

    `fills` when pipes touch there, so that it is no cell.
    """

    text: str
    ends_line: bool
    fills: bool = False


def is_piped(line: str) -> bool:
    """True for a line that holds cell borders, not a pipe dropped into prose."""
    if PIPES.search(line) is None:
        return False
    parts = [part.strip() for part in PIPES.split(line.strip())]
    framed = len(parts) >= _FEWEST_FRAMED and not parts[0] and not parts[-1]
    if framed and not any("。" in part for part in parts):
        return True
    return not any(_is_prose(part.strip()) for part in PIPES.split(line))


def _is_prose(part: str) -> bool:
    return not is_cell_like(part) and (len(part) > _LONGEST_PLAIN_CELL or part.endswith("。"))


def lines_to_rows(lines: list[str]) -> list[Row]:
    """Rows of cell texts from the lines of one piped region; a Markdown rule is no row."""
    kept = [PIPES.sub("|", line) for line in lines if _SEPARATOR_ROW.fullmatch(line) is None]
    kept = [line for line in kept if line.strip()]
    if is_row_per_line(kept):
        return _split_row_lines(kept)
    pieces = _lines_to_pieces(kept)
    padded = any(not piece.ends_line for piece in pieces)
    rows = _pieces_to_rows(pieces) if padded else []
    return rows or [[piece.text] for piece in pieces]


def is_row_per_line(lines: list[str]) -> bool:
    """True where a line is a row rather than a cell."""
    full = sum(1 for line in lines if len(texts_between_pipes(line)) > 1)
    single = sum(1 for line in lines if len(texts_between_pipes(line)) == 1)
    return full * 2 >= single


def texts_between_pipes(line: str) -> list[str]:
    return [part for part in PIPES.split(line) if part.strip()]


def _split_row_lines(lines: list[str]) -> list[Row]:
    """Rows of a region in which a line is a row; a line not closed by a pipe goes on."""
    closed = _are_closed(lines)
    rows: list[Row] = []
    open_row = ""
    for line in _mend_blank_cells(lines):
        open_row = f"{open_row}\n{line}" if open_row else line
        if closed and not line.rstrip().endswith("|"):
            continue
        if open_row.strip() != "|":
            rows.append(_row_line_to_cells(open_row, closed))
        open_row = ""
    if open_row:
        rows.append(_row_line_to_cells(open_row, closed))
    return rows


def _mend_blank_cells(lines: list[str]) -> list[str]:
    """The lines with those joined that are one row, broken where a blank cell holds a line break.

    Together they have as many pipes as most rows, and the second has nothing else.
    """
    counts = Counter(line.count("|") for line in lines)
    usual = max(counts, key=lambda pipes: counts[pipes], default=0)
    out: list[str] = []
    for line in lines:
        bare = not line.strip("| ") and line.startswith("|")
        if bare and out and out[-1].count("|") + line.count("|") == usual and _is_label(out[-1]):
            out[-1] = f"{out[-1]}\n{line}"
        else:
            out.append(line)
    return out


def _is_label(line: str) -> bool:
    """True for a line with one cell, which is no figure, and the pipe behind it."""
    text, pipe, rest = line.partition("|")
    return bool(pipe and text.strip()) and not rest.strip() and not is_figure(text)


def _are_closed(lines: list[str]) -> bool:
    """True where a pipe ends each row, false where pipes only part cells.

    Lines up to the next one that ends in a pipe are then one row, broken inside a cell, and have
    together no more pipes than a row has on one line.
    """
    widest, joined, pipes, broken = 0, list[int](), 0, False
    for line in lines:
        pipes += line.count("|")
        if not line.rstrip().endswith("|"):
            broken = True
            continue
        if broken:
            joined.append(pipes)
        else:
            widest = max(widest, pipes)
        pipes, broken = 0, False
    too_wide = sum(pipes > widest for pipes in joined)
    return widest > 0 and too_wide * 2 <= len(joined)


def _row_line_to_cells(line: str, closed: bool) -> Row:
    cells = line.split("|")
    if not cells[0].strip() and len(cells) > 1:
        cells = cells[1:]
    if closed and not cells[-1].strip() and len(cells) > 1:
        cells = cells[:-1]
    filling = _count_filling(cells) if closed else 0
    return [*cells[: len(cells) - filling], *(None,) * filling]


def _count_filling(texts: Sequence[str]) -> int:
    """How many texts at the end only fill the row up: a space, then pipes that touch."""
    count = 0
    while count < len(texts) and not texts[-1 - count]:
        count += 1
    spaced = 0 < count < len(texts) and not texts[-1 - count].strip()
    return count + 1 if spaced else 0


def _lines_to_pieces(lines: list[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    text = ""
    for line in lines:
        parts = line.split("|")
        closes = len(parts) > 1 and not parts[-1].strip()
        own = [*([_join(text, parts[0])] if len(parts) > 1 else []), *parts[1:-1]]
        filling = _count_filling(own) if closes else 0
        if len(own) > 1 and not any(own):
            filling = len(own)
        for at, part in enumerate(own):
            pieces.append(_Piece(part, ends_line=False, fills=at >= len(own) - filling))
            text = ""
        if closes:
            pieces[-1] = replace(pieces[-1], ends_line=True)
        elif parts[-1].strip():
            text = _join(text, parts[-1])
    if text.strip():
        pieces.append(_Piece(text, ends_line=True))
    return pieces


def _join(first: str, second: str) -> str:
    return f"{first}\n{second}" if first.strip() else second


def _pieces_to_rows(pieces: list[_Piece]) -> list[Row]:
    """Rows by the constant number of pipes, table after table; empty when there is none."""
    rows: list[Row] = []
    rest = pieces
    while rest:
        width, covered = _constant_width(rest)
        if covered == 0:
            return []
        chunks = [rest[at : at + width] for at in range(0, covered, width)]
        texts: list[Row] = [[None if p.fills else p.text for p in chunk] for chunk in chunks]
        if all(not (row[0] or "").strip() for row in texts):
            texts = [row[1:] for row in texts]
        rows.extend(row for row in texts if row)
        rest = rest[covered:]
    return rows


def _constant_width(pieces: list[_Piece]) -> tuple[int, int]:
    """(pipes a row, pieces covered) of the width that explains most of the pieces."""
    best = (0, 0)
    for width in range(2, _WIDEST_ROW + 1):
        covered = max(_covered_by(pieces, width), _covered_with_labels_behind(pieces, width))
        if covered > best[1]:
            best = (width, covered)
    width, covered = best
    enough = covered >= 3 * width or (covered >= width and covered == len(pieces))
    return best if enough else (0, 0)


def _covered_by(pieces: list[_Piece], width: int) -> int:
    """How many pieces from the start fall into rows of this width that all look like rows."""
    leading_blank = not pieces[0].text.strip()
    covered = 0
    rows: list[list[_Piece]] = []
    for at in range(0, len(pieces), width):
        row = pieces[at : at + width]
        is_last = at + width >= len(pieces)
        starts_blank = not row[0].text.strip()
        head = row[1] if leading_blank and len(row) > 1 else row[0]
        unlabelled = is_figure(head.text) and (_has_words(row) or width < _WIDE_ROW)
        if (leading_blank and not starts_blank) or unlabelled:
            break
        if len(row) < width:
            covered = len(pieces) if covered else 0
            break
        if not row[-1].ends_line and not is_last:
            break
        rows.append(row)
        covered = at + width
    stop = _first_misread(rows)
    return covered if stop is None else stop * width


def _covered_with_labels_behind(pieces: list[_Piece], width: int) -> int:
    """All pieces, when they fall into rows that begin with figures and end with a label; else 0.

    Were rows cut at the wrong pipes so that labels of the next rows ended them, the last row would
    have its figures and no label behind them.
    """
    rows = [pieces[at : at + width] for at in range(0, len(pieces), width)]
    if not pieces[0].text.strip():
        rows = [row[1:] for row in rows if not row[0].text.strip()]
    figured = [row for row in rows if any(is_figure(piece.text) for piece in row)]
    whole = len(pieces) % width == 0 and all(row and row[-1].ends_line for row in rows)
    behind = len(figured) > 2 and figured[-1] is rows[-1] and all(map(_has_label_behind, figured))
    return len(pieces) if whole and behind else 0


def _has_label_behind(row: list[_Piece]) -> bool:
    *cells, label = (piece.text for piece in row)
    is_label = bool(label.strip()) and not is_figure(label)
    return is_label and all(not cell.strip() or is_figure(cell) for cell in cells)


def _first_misread(rows: list[list[_Piece]]) -> int | None:
    """The place of the first row cut at the wrong pipes; None when there is none.

    A row may have lost its label, and the words between its figures may say 未统计; where many
    rows are so, two rows were taken for one or the end of one for the beginning of the next.
    """
    leading_blank = bool(rows) and not rows[0][0].text.strip()
    odd = [
        at
        for at, row in enumerate(rows)
        if (not leading_blank and not row[0].text.strip()) or _has_words_between_figures(row)
    ]
    with_figures = sum(any(is_figure(piece.text) for piece in row) for row in rows)
    return odd[0] if len(odd) * 3 > with_figures else None


def _has_words(row: list[_Piece]) -> bool:
    return any(piece.text.strip() and not is_figure(piece.text) for piece in row)


def _has_words_between_figures(row: list[_Piece]) -> bool:
    figures = [at for at, piece in enumerate(row) if is_figure(piece.text)]
    return bool(figures) and any(
        piece.text.strip() and not is_figure(piece.text) and not is_numeral(piece.text)
        for piece in row[figures[0] : figures[-1]]
    )
