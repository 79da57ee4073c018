"""Characters outside of ruled grids -> tables that the white space shows, and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.pdf.lines import Line, chars_to_lines
from extract.pdf.page import Char, Rule
from extract.pdf.piece import Piece
from extract.pdf.sideways import turned_runs
from extract.pdf.tables.chunks import line_to_text_line
from extract.pdf.tables.evidence import is_table
from extract.pdf.tables.layout import layout_to_piece, lines_to_layout
from extract.pdf.tables.seams import along_seam, seam
from extract.pdf.tables.sides import chars_to_sides
from extract.pdf.tables.stretches import lines_to_stretches

_MOST_SEAMS = 3
"""So often one column is parted into two that stand beside each other."""


def chars_to_tables(
    chars: Sequence[Char], rules: Iterable[Rule], page: int
) -> tuple[list[Piece], list[Line]]:
    """Tables among the characters, and the lines that are in none, both from the top down."""
    level = [rule for rule in rules if rule.horizontal]
    upright, turned = _without_turned(chars)
    pieces: list[Piece] = []
    left: list[Char] = []
    for side in chars_to_sides(upright, level):
        lines = chars_to_lines(side)
        found, rest = lines_to_tables(lines, level, page)
        pieces += found
        left += [char for line in rest for char in line.chars]
    lines = chars_to_lines(left) + turned
    return pieces, sorted(lines, key=lambda line: line.top)


def lines_to_tables(
    lines: Sequence[Line], level: Sequence[Rule], page: int, depth: int = 0
) -> tuple[list[Piece], list[Line]]:
    """The same for the lines of one column of a page and its level rules."""
    text_lines = [line_to_text_line(line) for line in lines]
    pieces: list[Piece] = []
    left: list[Line] = []
    done = 0
    for stretch in lines_to_stretches(text_lines, level):
        if stretch.start < done:
            continue
        inside = text_lines[stretch.start : stretch.stop]
        x = seam(inside) if depth < _MOST_SEAMS else None
        if x is not None:
            start, stop = along_seam(text_lines, stretch, x, done)
            left += lines[done:start]
            done = stop
            chars = [char for line in lines[start:stop] for char in line.chars]
            for side in (
                [c for c in chars if c.x0 + c.x1 < 2 * x],
                [c for c in chars if c.x0 + c.x1 >= 2 * x],
            ):
                found, rest = lines_to_tables(chars_to_lines(side), level, page, depth + 1)
                pieces += found
                left += rest
            continue
        layout = lines_to_layout(inside, level)
        if layout is None or not is_table(layout, level):
            continue
        left += lines[done : stretch.start]
        done = stretch.stop
        pieces.append(layout_to_piece(layout, page))
    return pieces, [*left, *lines[done:]]


def _without_turned(chars: Sequence[Char]) -> tuple[list[Char], list[Line]]:
    """The characters but for text on its side, and that text as lines."""
    runs = turned_runs(chars)
    if not runs:
        return list(chars), []
    kept: list[Char] = []
    turned: list[Line] = []
    done = 0
    for start, stop in runs:
        kept += chars[done:start]
        done = stop
        run = tuple(chars[start:stop])
        inked = [char for char in run if not char.text.isspace()]
        x0, top = min(c.x0 for c in inked), min(c.top for c in inked)
        x1, bottom = max(c.x1 for c in inked), max(c.bottom for c in inked)
        text = "".join(char.text for char in run).strip()
        turned.append(Line(text, run, x0, top, x1, bottom, x1 - x0))
    return [*kept, *chars[done:]], turned
