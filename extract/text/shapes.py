"""Which shape each line of a plain text has: with pipes or tabs, spaced, one of a list, or prose.

A line alone is often not enough: a cell may stand on the line before its pipe, and a list of
cells, one a line, shows in the figures among them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from extract.text.lines import (
    is_cell_like,
    is_figure,
    is_mark,
    is_number,
    is_numeral,
    is_remark,
    without_brackets,
)
from extract.text.pipes import is_piped, is_row_per_line, texts_between_pipes

Shape = Literal["prose", "piped", "tabbed", "spaced", "listed"]

FEWEST_FIGURES = 3
"""Figures that make a list of cells out of short lines."""

_GAP = re.compile(r"(?: |\u00a0){2,}|[\u3000\t]+|(?<=\S)\u00a0+(?=\S)")
_HEADING = re.compile(
    r"#{1,6}\s|[一二三四五六七八九十]{1,3}\s*、|第[一二三四五六七八九十]{1,3}[部章]"
)
_LONGEST_HEADING = 40
_MOST_LINES_IN_CELL = 3
_NEAR_A_TABLE = 3
"""Lines from a spaced table's row to its next one, a banner and a head between them."""

_FIGURES_WITHOUT_LABEL = 7
"""Figures set apart by single spaces that are a row of cells, not a number with spaces in it."""

_HEAD_LINES = 16
"""Lines of a table's head that may stand before its first figure."""


def lines_to_shapes(lines: Sequence[str]) -> list[Shape]:
    """One shape a line, from the line itself and from those around it."""
    shapes = [_shape_of(line) for line in lines]
    _spread_pipes(lines, shapes)
    _spread_tabs(lines, shapes)
    _spread_spaces(lines, shapes)
    _find_lists(lines, shapes)
    return shapes


def is_heading(line: str) -> bool:
    """True for a short line numbered as a section or marked as a heading."""
    bare = line.strip()
    return len(bare) <= _LONGEST_HEADING and _HEADING.match(bare) is not None and "。" not in bare


def starts_heading(text: str) -> bool:
    return _HEADING.match(text) is not None


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
    cells = split_spaced(line)
    if len(cells) < 2 or not all(is_cell_like(cell) for cell in cells):
        return False
    if any(mark in without_brackets(cells[0]) for mark in "，,"):
        return False
    figures = [_may_be_figure(cell) for cell in cells]
    first = figures.index(True) if True in figures else len(cells)
    if first == len(cells):
        return len(cells) > 2
    inked = any(is_number(cell) for cell in cells[first:])
    return all(figures[first:]) and (inked or (first > 0 and len(cells) > 2))


def _may_be_figure(cell: str) -> bool:
    return is_figure(cell) or is_numeral(cell)


def split_spaced(line: str) -> list[str]:
    """Cells of a line: wide gaps part them, and so does a single space before a figure."""
    cells: list[str] = []
    for part in _GAP.split(line.strip()):
        words = part.split(" ")
        at = len(words)
        while at > 1 and _may_be_figure(words[at - 1]):
            at -= 1
        label = " ".join(words[:at])
        if at < len(words) and _may_be_figure(label):
            cells.extend(words if len(words) >= _FIGURES_WITHOUT_LABEL else [part])
        else:
            cells.extend([label, *words[at:]])
    return [cell for cell in cells if cell.strip()]


def _spread_pipes(lines: Sequence[str], shapes: list[Shape]) -> None:
    """Cells whose pipes stand on lines of their own join the pipes' region."""
    piped = [at for at, shape in enumerate(shapes) if shape == "piped"]
    pipes_only = all(_is_bare_pipe(lines[at]) for at in piped)
    cell_a_line = bool(piped) and not is_row_per_line([lines[at] for at in piped])
    for here, following in pairwise(piped):
        bare = [at for at in range(here + 1, following) if lines[at].strip()]
        if not bare:
            _mark_piped(shapes, here + 1, following)
        elif _is_bare_pipe(lines[following]) or not lines[here].rstrip().endswith("|"):
            before_cell = bare[:-1] if pipes_only else bare
            headings = [at for at in before_cell if is_heading(lines[at])]
            start = headings[-1] + 1 if headings else here + 1
            cells = [at for at in bare if at >= start]
            if _may_be_one_cell(lines, cells):
                _mark_piped(shapes, start, following)
        elif cell_a_line and _is_first_part(lines, here, following, piped):
            _mark_piped(shapes, here + 1, following)
    if piped and piped[0] > 0 and pipes_only:
        at = piped[0] - 1
        if is_cell_like(lines[at]) and not is_heading(lines[at]):
            shapes[at] = "piped"
    if cell_a_line:
        left = [at for at in range(piped[-1] + 1, len(lines)) if lines[at].strip()]
        if len(left) == 1 and is_figure(lines[left[0]]):
            _mark_piped(shapes, piped[-1] + 1, left[0] + 1)


def _may_be_one_cell(lines: Sequence[str], cells: Sequence[int]) -> bool:
    return len(cells) <= _MOST_LINES_IN_CELL and all(is_cell_like(lines[at]) for at in cells)


def _is_first_part(lines: Sequence[str], here: int, following: int, piped: Sequence[int]) -> bool:
    """True when the lines between two cells are the first lines of the second one.

    They are so when with them it is a figure, a head behind another, or a label before a figure;
    else they may be a heading between two tables.
    """
    between = range(here + 1, following)
    before, after = texts_between_pipes(lines[here]), texts_between_pipes(lines[following])
    if len(before) > 1 or len(after) != 1 or not _may_be_one_cell(lines, between):
        return False
    if any(not lines[at].strip() or is_heading(lines[at]) for at in between):
        return False
    cell = "\n".join([*(lines[at] for at in between), *after])
    is_head = bool(before) and not is_figure(before[0]) and lines[here].count("|") == 1
    return is_number(cell) or is_head or _has_figure_near(lines, following, piped)


def _has_figure_near(lines: Sequence[str], at: int, piped: Sequence[int]) -> bool:
    """True when one of the next two cells is a figure."""
    place = bisect_right(piped, at)
    texts = [text for line in piped[place : place + 4] for text in texts_between_pipes(lines[line])]
    return any(is_figure(text) for text in texts[:2])


def _mark_piped(shapes: list[Shape], start: int, stop: int) -> None:
    shapes[start:stop] = ["piped"] * (stop - start)


def _is_bare_pipe(line: str) -> bool:
    return not line.strip(" |｜\t")


def _spread_tabs(lines: Sequence[str], shapes: list[Shape]) -> None:
    """Labels before blank cells only: short lines that end in tabs, several or beside a table."""
    for at, line in enumerate(lines):
        if shapes[at] == "prose" and line.endswith("\t") and is_cell_like(line):
            beside = "tabbed" in shapes[max(0, at - 1) : at + 2]
            if beside or line.endswith("\t\t"):
                shapes[at] = "tabbed"


def _spread_spaces(lines: Sequence[str], shapes: list[Shape]) -> None:
    """Rows of a spaced table that alone could be prose: one mark, or words among the figures."""
    for at, line in enumerate(lines):
        if shapes[at] != "prose" or is_heading(line):
            continue
        cells = split_spaced(line)
        if len(cells) < 2 or not all(is_cell_like(cell) for cell in cells):
            continue
        if all(map(_may_be_figure, cells[1:])):
            near = _NEAR_A_TABLE
        elif len(cells) > 2 and any(is_number(cell) for cell in cells[1:]):
            near = 1
        else:
            continue
        if "spaced" in shapes[max(0, at - near) : at + near + 1]:
            shapes[at] = "spaced"


def _find_lists(lines: Sequence[str], shapes: list[Shape]) -> None:
    """Marks runs of short lines with figures among them: tables with one cell a line."""
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and shapes[stop] == "prose" and _may_be_listed(lines[stop]):
            stop += 1
        figures = [at for at in range(start, stop) if is_figure(lines[at])]
        numbers = [at for at in figures if is_number(lines[at])]
        if len(numbers) >= FEWEST_FIGURES:
            first = _back_over_head(lines, start, figures[0])
            last = _on_over_marks(lines, numbers[-1], stop)
            for at in range(first, last + 1):
                shapes[at] = "listed"
        start = stop + 1


def _may_be_listed(line: str) -> bool:
    return not line.strip() or is_cell_like(line)


def _back_over_head(lines: Sequence[str], start: int, first_figure: int) -> int:
    first, seen = first_figure, 0
    for at in range(first_figure - 1, start - 1, -1):
        if seen > 1 and is_heading(lines[at]):
            break
        if lines[at].strip():
            seen += 1
            first = at
        if seen == _HEAD_LINES:
            break
    return first


def _on_over_marks(lines: Sequence[str], last_number: int, stop: int) -> int:
    """The last line of a list: marks that follow its last number before any heading.

    A remark alone between its last figure and a heading is its last cell.
    """
    last = last_number
    rest: list[int] = []
    for at in range(last_number + 1, len(lines)):
        if is_heading(lines[at]):
            remark = len(rest) == 1 and rest[0] < stop and is_remark(lines[rest[0]])
            return rest[0] if remark else last
        if at < stop and (is_mark(lines[at]) or is_numeral(lines[at])):
            last, rest = at, []
        elif lines[at].strip():
            rest.append(at)
        if len(rest) > 1 and at >= stop:
            break
    return last
