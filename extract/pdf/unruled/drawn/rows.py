"""Cells in the order of drawing -> rows, and the runs of rows that may be a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.unruled.drawn.blank import (
    blank_rows_of,
    end_of_blank,
    ends_label,
    is_blank_label,
    is_over_several,
    may_go_on_below,
)
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.drawn.words import BANNER, HEADING, OVER_SEVERAL

_LEFT_OF = 1.0
"""The next cell of a row begins no further left of the last one's end than this (points)."""
_BESIDE = 0.4
"""A figure stands at the height of its label give or take this many sizes of type."""
_BESIDE_HEAD = 4.0
"""A head may stand so many sizes of type lower than the one before it that spans other rows."""
_ABOVE = 12.0
"""The first figures of a group stand above its label by no more than so many sizes of type."""
_LEVEL = 0.7
"""Figures of one row differ in height by no more than this many sizes of type."""
_APART = 4.0
"""Rows of one table are no further apart than this many sizes of type."""
_CLOSE = 2.2
"""Below another row a numbered label is so near, in sizes of type, wherever it begins."""
_SAME_GAP = 1.4
"""A blank row at the end follows as closely as rows commonly do, give or take this factor."""
_SAME_TYPE = 1.08
"""The label of a row left blank has the type of the others give or take this factor."""
_MOST_ABOVE = 2
"""So many texts may stand at the head of a page above rows that go on with a table."""
_LONGEST_LABEL = 70
_LONGEST_HEAD = 8
"""Characters of a head of a single column."""
_NEAR = 30
"""So many rows before and after tell where labels begin."""
_SAME_PLACE = 1.2
"""Labels of one column begin within so many sizes of type."""
_NOTE = re.compile(r"[（(]?(?:注|备注|備註|说明|說明)[:：]")


def cells_to_rows(cells: Sequence[DrawnCell]) -> list[DrawnRow]:
    """A new row begins where drawing goes back to the left, or to another height."""
    rows: list[list[DrawnCell]] = []
    for cell in cells:
        if rows and _follows(rows[-1], cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [DrawnRow(tuple(row)) for row in rows]


def _follows(row: Sequence[DrawnCell], cell: DrawnCell) -> bool:
    last = row[-1]
    em = max(last.em, cell.em)
    if cell.box[0] < last.box[2] - _LEFT_OF:
        return False
    if last.figure and cell.figure:
        if len(last.lines) != len(cell.lines):
            return cell.box[1] < last.box[3] and last.box[1] < cell.box[3]
        return abs(last.token.height - cell.token.height) <= _LEVEL * em
    if any(BANNER.search(one.text) or one.text.endswith("。") for one in (last, cell)):
        return False
    of_row = cell.figure or last.figure or NUMBERED.match(last.text) is not None
    slack = (_BESIDE if of_row else _BESIDE_HEAD) * em
    if cell.box[1] >= last.box[3] + slack:
        return False
    if cell.box[3] > last.box[1] - slack or not (cell.figure or last.figure):
        return True
    # The label of a group without others inside stands in its middle, below the first figures.
    return cell.figure and not last.figure and last.box[1] - cell.box[3] <= _ABOVE * em


def rows_to_runs(rows: Sequence[DrawnRow], first_page: bool = True) -> list[list[DrawnRow]]:
    """Rows that follow each other down the page, each run about rows of figures.

    At the head of a page that is not the first a run may be labels alone.
    """
    runs: list[list[DrawnRow]] = []
    start = 0
    while start < len(rows):
        stop = start + 1
        while stop < len(rows) and _goes_down(rows[stop - 1], rows[stop]):
            stop += 1
        runs += _tables_in(rows[start:stop], at_head=start <= _MOST_ABOVE and not first_page)
        start = stop
    return runs


def _goes_down(upper: DrawnRow, lower: DrawnRow) -> bool:
    em = max(cell.em for cell in lower.cells)
    return lower.bottom > upper.top and lower.top - upper.bottom <= _APART * em


def _tables_in(rows: Sequence[DrawnRow], at_head: bool) -> list[list[DrawnRow]]:
    """The rows parted at texts that belong to no table."""
    runs: list[list[DrawnRow]] = [[]]
    for index, row in enumerate(rows):
        if _may_belong(rows, index, at_head):
            runs[-1].append(row)
        elif runs[-1]:
            runs.append([])
    trimmed = [_without_loose_ends(run, at_head and run[:1] == [*rows[:1]]) for run in runs]
    return [run for run in trimmed if run]


def _may_belong(rows: Sequence[DrawnRow], index: int, at_head: bool) -> bool:
    row = rows[index]
    if len(row.cells) > 1 or row.figures:
        return not any(len(cell.text) > _LONGEST_LABEL for cell in row.cells)
    if row.is_banner:
        return True
    if is_head_alone(row):
        return index + 1 < len(rows) and len(rows[index + 1].cells) > 1
    if is_among_heads(rows, index) or is_blank_label(rows, index, at_head):
        return True
    return is_label_alone(rows, index) or (
        is_note(row.cells[0].text) and _among_figures(rows, index)
    )


def is_head_alone(row: DrawnRow) -> bool:
    return len(row.cells) == 1 and OVER_SEVERAL.fullmatch(row.cells[0].text) is not None


def _follows_closely(upper: DrawnRow, lower: DrawnRow) -> bool:
    """Whether a label stands as near below another row of a table as rows do."""
    table = upper.figures > 0 or upper.is_labels
    return table and lower.top - upper.bottom <= _CLOSE * lower.cells[0].em


def is_among_heads(rows: Sequence[DrawnRow], index: int) -> bool:
    """Whether a short text is part of heads whose drawing goes back to the left and down."""
    if not _may_be_head(rows[index]):
        return False
    above = next((row for row in reversed(rows[:index]) if not _may_be_head(row)), None)
    below = next((row for row in rows[index + 1 :] if not _may_be_head(row)), None)
    if above is None or below is None or not (_is_heads(above) and _is_heads(below)):
        return False
    return is_over_several(above) and above.cells[0].box[0] < rows[index].cells[0].box[0]


def _may_be_head(row: DrawnRow) -> bool:
    cell = row.cells[0]
    short = len(row.cells) == 1 and len(cell.text) <= _LONGEST_HEAD and not row.figures
    return short and not cell.text.endswith("。") and NUMBERED.match(cell.text) is None


def is_note(text: str) -> bool:
    return _NOTE.match(text) is not None


def is_label_alone(rows: Sequence[DrawnRow], index: int) -> bool:
    """Whether a text by itself is the label of a row left blank, or one of heads among others.

    It begins where labels of rows with figures near it do, in their type, and no heads follow.
    """
    cell = rows[index].cells[0]
    if NUMBERED.match(cell.text) is None and may_go_on_below(rows, index):
        return False
    if cell.figure or len(cell.text) > _LONGEST_LABEL or cell.text.endswith(("。", "；")):
        return False
    below = rows[index + 1] if index + 1 < len(rows) else None
    if "：" in cell.text and not NUMBERED.match(cell.text):
        return False
    if HEADING.fullmatch(cell.text) and (below is None or not below.figures):
        return False
    numbered = index > 0 and NUMBERED.match(cell.text) is not None
    numbered = numbered and _follows_closely(rows[index - 1], rows[index])
    before_heads = below is not None and _is_heads(below)
    if before_heads and index and rows[index - 1].figures:
        return False
    around = (*reversed(rows[max(index - _NEAR, 0) : index]), *rows[index + 1 :][:_NEAR])
    for near in around:
        if not near.figures or near.cells[0].figure:
            continue
        for label in near.cells:
            same = cell.em / _SAME_TYPE <= label.em <= _SAME_TYPE * cell.em
            if label.figure or not same:
                break
            figures = min(one.box[0] for one in near.cells if one.figure)
            begins = abs(label.box[0] - cell.box[0]) <= _SAME_PLACE * cell.em
            if (begins or numbered) and cell.box[2] < figures:
                return True
    return False


def _among_figures(rows: Sequence[DrawnRow], index: int) -> bool:
    return 0 < index < len(rows) - 1 and rows[index - 1].figures > 0 and rows[index + 1].figures > 0


def _without_loose_ends(run: Sequence[DrawnRow], at_head: bool) -> list[DrawnRow]:
    """The run from its first heads to its last figures, labels of blank rows included."""
    figured = [index for index, row in enumerate(run) if row.figures]
    if not figured:
        return blank_rows_of(run, at_head)
    last = figured[-1]
    heads = {row.cells[0].text for row in run[: last + 1] if _is_heads(row)}
    while last + 1 < len(run) and (
        _is_blank_at_end(run, last + 1)
        or run[last + 1].is_banner
        or run[last + 1].cells[0].text in heads
    ):
        last += 1
    last = end_of_blank(run, last)
    first = 0
    if at_head and ends_label(run, 0):
        return list(run[: last + 1])
    while first < figured[0] and len(run[first].cells) == 1 and not run[first].is_banner:
        if NUMBERED.match(run[first].cells[0].text) or is_head_alone(run[first]):
            break
        first += 1
    return list(run[first : last + 1])


def _is_heads(row: DrawnRow) -> bool:
    return len(row.cells) > 1 and not row.figures and not row.is_labels


def _is_blank_at_end(run: Sequence[DrawnRow], index: int) -> bool:
    """Whether the label of a blank row follows the last figures as closely as rows do."""
    if not run[index].is_labels:
        return False
    spans = [_own_span(row) for row in run[: index + 1] if row.figures or row.is_labels]
    gaps = [below[0] - above[1] for above, below in pairwise(spans)]
    if len(gaps) == 1:
        return gaps[0] <= run[index].cells[0].em and HEADING.match(run[index].cells[0].text) is None
    return len(gaps) > 1 and gaps[-1] <= _SAME_GAP * median(gaps[:-1])


def _own_span(row: DrawnRow) -> tuple[float, float]:
    """Top and bottom of what stands in the row itself: figures and the last label."""
    own = [cell for cell in row.cells if cell.figure]
    labels = [cell for cell in row.cells if not cell.figure]
    boxes = [cell.box for cell in (*own, *labels[-1:])]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)
