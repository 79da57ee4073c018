"""Plain text to paragraphs and tables, in every shape that programs flatten tables into.

Tabs, pipes, columns aligned by spaces, one cell a line, a whole report on one line. Where only
the order of labels and figures is left, the table has one column and `aligned` is False: which
figure belongs to which label is then the form's to say, not the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extract.document import Block, Cell, Reading, Table, Text
from extract.text.lines import (
    is_cell_like,
    is_figure,
    is_mark,
    is_number,
    split_lines,
    without_brackets,
)
from extract.text.pipes import is_beside_pipes, is_piped, lines_to_rows

Shape = Literal["prose", "piped", "tabbed", "spaced", "listed"]

_GAP = re.compile(r"(?: |\u00a0){2,}|[\u3000\t]+|(?<=\S)\u00a0+(?=\S)")
_HEADING = re.compile(
    r"#{1,6}\s|[一二三四五六七八九十]{1,3}\s*、|第[一二三四五六七八九十]{1,3}[部章]"
)
_LONGEST_HEADING = 40
_LONG_LINE = 400
_FEWEST_FIGURES = 3
_MOST_LINES_IN_CELL = 3
_HEAD_LINES = 16
"""Lines of a table's head that may stand before its first figure."""


@dataclass(frozen=True, slots=True)
class _Region:
    shape: Shape
    lines: tuple[str, ...]


def read(text: str) -> Reading:
    """Blocks of a plain text; cells and paragraphs keep their characters as they are."""
    lines = [piece for line in split_lines(text) for piece in _split_long_line(line)]
    blocks = [block for region in _lines_to_regions(lines) for block in _region_to_blocks(region)]
    return Reading(blocks=tuple(blocks))


def _split_long_line(line: str) -> list[str]:
    """The parts of a line that holds a whole report: one cell or sentence each."""
    parts = line.rstrip(" |｜").split()
    figures = sum(is_number(part) for part in parts)
    if len(line) < _LONG_LINE or len(parts) < 4 or "\t" in line or is_piped(line):
        return [line]
    if figures < _FEWEST_FIGURES and not any(_HEADING.match(part) for part in parts):
        return [line]
    return parts


def _lines_to_regions(lines: list[str]) -> list[_Region]:
    shapes = [_shape_of(line) for line in lines]
    _spread_pipes(lines, shapes)
    _find_lists(lines, shapes)
    regions: list[_Region] = []
    for line, shape in zip(lines, shapes, strict=True):
        blank = not line.strip() and shape == "prose"
        if regions and (regions[-1].shape == shape):
            regions[-1] = _Region(shape, (*regions[-1].lines, line))
        elif not blank or not regions:
            regions.append(_Region(shape, (line,)))
    return regions


def _shape_of(line: str) -> Shape:
    if is_piped(line):
        return "piped"
    if "\t" in line.rstrip() and line.strip():
        return "tabbed"
    if _is_spaced(line):
        return "spaced"
    return "prose"


def _is_spaced(line: str) -> bool:
    """A label and its figures on one line, set apart by spaces."""
    cells = _split_spaced(line)
    if len(cells) < 2 or not all(is_cell_like(cell) for cell in cells):
        return False
    if any(mark in without_brackets(cells[0]) for mark in "，,"):
        return False
    figures = [is_figure(cell) for cell in cells]
    first = figures.index(True) if True in figures else len(cells)
    if first == len(cells):
        return len(cells) > 2
    return all(figures[first:]) and any(is_number(cell) for cell in cells[first:])


def _split_spaced(line: str) -> list[str]:
    """Cells of a line: wide gaps part them, and so does a single space before a figure."""
    cells: list[str] = []
    for part in _GAP.split(line.strip()):
        words = part.split(" ")
        at = len(words)
        while at > 1 and is_figure(words[at - 1]):
            at -= 1
        label = " ".join(words[:at])
        if at < len(words) and is_figure(label):
            cells.extend([part])
        else:
            cells.extend([label, *words[at:]])
    return [cell for cell in cells if cell.strip()]


def _spread_pipes(lines: list[str], shapes: list[Shape]) -> None:
    """Cells whose pipes stand on lines of their own join the pipes' region."""
    piped = [at for at, shape in enumerate(shapes) if shape == "piped"]
    pipes_only = all(_is_bare_pipe(lines[at]) for at in piped)
    for here, following in pairwise(piped):
        bare = [at for at in range(here + 1, following) if lines[at].strip()]
        if not bare:
            _mark_piped(shapes, here + 1, following)
        elif _is_bare_pipe(lines[following]) or not lines[here].rstrip().endswith("|"):
            before_cell = bare[:-1] if pipes_only else bare
            headings = [at for at in before_cell if _is_heading(lines[at])]
            start = headings[-1] + 1 if headings else here + 1
            cells = [at for at in bare if at >= start]
            if len(cells) <= _MOST_LINES_IN_CELL and all(
                is_beside_pipes(lines[at]) for at in cells
            ):
                _mark_piped(shapes, start, following)
    if piped and piped[0] > 0 and pipes_only:
        at = piped[0] - 1
        if is_cell_like(lines[at]) and not _is_heading(lines[at]):
            shapes[at] = "piped"


def _mark_piped(shapes: list[Shape], start: int, stop: int) -> None:
    shapes[start:stop] = ["piped"] * (stop - start)


def _is_bare_pipe(line: str) -> bool:
    return not line.strip(" |｜\t")


def _find_lists(lines: list[str], shapes: list[Shape]) -> None:
    """Marks runs of short lines with figures among them: tables with one cell a line."""
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and shapes[stop] == "prose" and _may_be_listed(lines[stop]):
            stop += 1
        figures = [at for at in range(start, stop) if is_figure(lines[at])]
        numbers = [at for at in figures if is_number(lines[at])]
        if len(numbers) >= _FEWEST_FIGURES:
            first = _back_over_head(lines, start, figures[0])
            last = _on_over_marks(lines, numbers[-1], stop)
            for at in range(first, last + 1):
                shapes[at] = "listed"
        start = stop + 1


def _may_be_listed(line: str) -> bool:
    return not line.strip() or is_cell_like(line)


def _back_over_head(lines: list[str], start: int, first_figure: int) -> int:
    first, seen = first_figure, 0
    for at in range(first_figure - 1, start - 1, -1):
        if seen > 1 and _is_heading(lines[at]):
            break
        if lines[at].strip():
            seen += 1
            first = at
        if seen == _HEAD_LINES:
            break
    return first


def _on_over_marks(lines: list[str], last_number: int, stop: int) -> int:
    """The last line of a list: marks that follow its last number before any heading."""
    last = last_number
    for at in range(last_number + 1, stop):
        if _is_heading(lines[at]):
            break
        if is_mark(lines[at]):
            last = at
    return last


def _region_to_blocks(region: _Region) -> Iterator[Block]:
    if region.shape == "prose":
        yield from _prose_to_texts(region.lines)
    elif region.shape == "piped":
        yield _rows_to_table(lines_to_rows(list(region.lines)))
    elif region.shape == "tabbed":
        yield _rows_to_table([_trim(line.split("\t")) for line in region.lines])
    elif region.shape == "spaced":
        yield _rows_to_table([_split_spaced(line) for line in region.lines])
    else:
        yield _rows_to_table([[line] for line in region.lines if line.strip()])


def _trim(cells: list[str]) -> list[str]:
    """Cells without the one empty cell that a tab at the line's end makes."""
    return cells[:-1] if len(cells) > 1 and not cells[-1].strip() else cells


def _rows_to_table(rows: list[list[str]]) -> Table:
    cells = tuple(
        Cell(row=row, column=column, text=text.strip(" \t\n"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    width = max((len(texts) for texts in rows), default=0)
    return Table(rows=len(rows), columns=width, cells=cells, aligned=False)


def _prose_to_texts(lines: tuple[str, ...]) -> Iterator[Text]:
    for line in lines:
        if line.strip():
            yield Text(kind="heading" if _is_heading(line) else "paragraph", text=line)


def _is_heading(line: str) -> bool:
    bare = line.strip()
    return len(bare) <= _LONGEST_HEADING and _HEADING.match(bare) is not None and "。" not in bare
