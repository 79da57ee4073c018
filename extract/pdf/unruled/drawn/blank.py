"""Rows in which nothing is filled in: labels under heads that the forms are known by.

Figures tell most tables. A table whose zeros are left blank has none, or none in its last blocks;
there the forms' own heads tell it, and labels that stand under them and left of their columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pdf.glue import NUMBERED
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.drawn.words import (
    APPLICANTS,
    BANNER,
    HEADING,
    LABEL_HEAD,
    OVER_SEVERAL,
    ROW_LABEL,
    VALUE_HEAD,
)

_NO_END = re.compile(r"[。；无無/／\\—－…-]$")
"""No label ends so; a mark in place of a figure, set close to its label, does."""
_LONGEST = 70
_APART = 2.2
"""A label follows the heads or the label above it within so many sizes of type."""
_SAME_LABEL = 0.7
"""Lines of one label are no further apart than this many sizes of type."""
_SAME_TYPE = 1.13
"""Labels and heads of one table differ in type by no more than this factor."""
_LEAST_OVER, _LEAST_ALONE = 3, 10
"""So many heads over several, and single ones, are a table with its only row left blank."""
_SAME_START = 1.2
"""Labels of one column begin within so many sizes of type."""
_MOST_HEADS = 8
"""Heads of several ranks fill no more rows."""


def is_form_heads(row: DrawnRow) -> bool:
    """Whether a row is that of the heads over the labels and figures of one of the forms."""
    if len(row.cells) < 2 or row.figures:
        return False
    first, *others = ("".join(cell.text.split()) for cell in row.cells)
    return LABEL_HEAD.search(first) is not None and any(VALUE_HEAD.search(o) for o in others)


def is_over_several(row: DrawnRow) -> bool:
    """Whether a head of the forms is in the row that stands over several others."""
    return any(OVER_SEVERAL.fullmatch("".join(cell.text.split())) for cell in row.cells)


def is_blank_label(rows: Sequence[DrawnRow], index: int, at_head: bool = False) -> bool:
    """Whether the texts of a row are labels under such heads, or under labels that are.

    They end left of the first head over figures. `at_head` of a page labels alone may go on with
    a table of the page before.
    """
    row = rows[index]
    if row.figures or not all(_may_be_label(cell) for cell in row.cells):
        return False
    if may_go_on_below(rows, index):
        return False
    last = row
    for number in range(index - 1, -1, -1):
        above = rows[number]
        if above.figures or last.top - above.bottom > _APART * row.cells[-1].em:
            return False
        heads = _heads_down_to(rows, number)
        if heads:
            return _is_under(row.cells[-1], heads)
        if above.is_banner or not all(_may_be_label(one) for one in above.cells):
            return False
        last = above
    return at_head and (row.is_labels or _is_row_label(row) or ends_label(rows, index))


def _is_row_label(row: DrawnRow) -> bool:
    return ROW_LABEL.fullmatch("".join(row.cells[0].text.split())) is not None


def may_begin_with_label(line: str) -> bool:
    """Whether a line may be the label of a row left blank, or begin with one."""
    bare = "".join(line.split())
    short = len(bare) <= _LONGEST and "。" not in bare and _NO_END.search(bare) is None
    if HEADING.fullmatch(bare):
        return False
    return short and (NUMBERED.match(bare) is not None or ROW_LABEL.match(bare) is not None)


def ends_label(rows: Sequence[DrawnRow], index: int) -> bool:
    """Whether the first text of a page may end a label that the page break cuts."""
    if index or len(rows) < 2 or len(rows[0].cells) > 1 or rows[0].is_labels or rows[0].figures:
        return False
    label = next((cell for cell in reversed(rows[1].cells) if not cell.figure), None)
    return (
        label is not None
        and NUMBERED.match(label.text) is not None
        and abs(label.box[0] - rows[0].cells[0].box[0]) <= _SAME_START * label.em
        and _may_be_label(rows[0].cells[0])
        and rows[1].top - rows[0].bottom <= _APART * label.em
    )


def may_go_on_below(rows: Sequence[DrawnRow], index: int) -> bool:
    """Whether the label in front of the figures of the next row may end this one.

    Then this row is not blank: the figures may be its own.
    """
    if index + 1 >= len(rows) or not rows[index + 1].figures:
        return False
    below, label = rows[index + 1].cells[0], rows[index].cells[-1]
    text = "".join(below.text.split())
    if below.figure or NUMBERED.match(text) or ROW_LABEL.match(text):
        return False
    return below.box[1] - label.box[3] <= _SAME_LABEL * label.em


def _heads_down_to(rows: Sequence[DrawnRow], index: int) -> list[DrawnCell]:
    """The heads over figures, if the row is the last one of the heads of a form."""
    row = rows[index]
    if is_form_heads(row):
        return [cell for cell in row.cells if not _is_over_labels(cell)]
    if row.figures or row.is_labels:
        return []
    heads: list[DrawnCell] = []
    for above in reversed(rows[max(index + 1 - _MOST_HEADS, 0) : index + 1]):
        if above.figures or above.is_labels or above.is_banner:
            break
        heads += [cell for cell in above.cells if not _is_over_labels(cell)]
        if any(APPLICANTS.fullmatch("".join(cell.text.split())) for cell in above.cells):
            return heads
    return []


def _is_over_labels(cell: DrawnCell) -> bool:
    return LABEL_HEAD.search("".join(cell.text.split())) is not None


def _is_under(label: DrawnCell, heads: Sequence[DrawnCell]) -> bool:
    """Whether a label ends left of the heads over figures, in their type."""
    left = min(head.box[0] for head in heads)
    em = max(head.em for head in heads)
    return label.box[2] < left and max(label.em, em) <= _SAME_TYPE * min(label.em, em)


def _may_be_label(cell: DrawnCell) -> bool:
    text = cell.text
    if cell.figure or len(text) > _LONGEST or _NO_END.search(text):
        return False
    if "：" in text and not NUMBERED.match(text):
        return False
    return not HEADING.fullmatch(text) and not BANNER.match(text)


def blank_rows_of(run: Sequence[DrawnRow], at_head: bool) -> list[DrawnRow]:
    """The part of a run without figures that is a table of the forms: from its heads on.

    Nothing of it when no labels stand under such heads.
    """
    labels = [index for index in range(len(run)) if is_blank_label(run, index, at_head)]
    if not labels:
        heads = [row for row in run if len(row.cells) > 1 or is_over_several(row)]
        return heads if len(heads) >= len(run) - 1 and is_heads_alone(heads) else []
    first = labels[0]
    while first and not _ends_before_heads(run, first):
        first -= 1
    return list(run[first : end_of_blank(run, labels[-1]) + 1])


def _ends_before_heads(run: Sequence[DrawnRow], index: int) -> bool:
    """Whether the row above is none of the table's: neither its heads nor the banner over them."""
    above = run[index - 1]
    if above.is_banner or is_over_several(above) or above.is_labels:
        return False
    return len(above.cells) == 1


def is_heads_alone(rows: Sequence[DrawnRow]) -> bool:
    """Whether rows are the heads of the table of proceedings, with no row below them."""
    if any(row.figures or row.is_labels or row.is_banner for row in rows):
        return False
    over = sum(
        1
        for row in rows
        for cell in row.cells
        if OVER_SEVERAL.fullmatch("".join(cell.text.split()))
    )
    return over >= _LEAST_OVER and sum(len(row.cells) for row in rows) >= over + _LEAST_ALONE


def end_of_blank(run: Sequence[DrawnRow], last: int) -> int:
    """The last row that goes on with a table after row `last`, all rows below being blank."""
    while last + 1 < len(run) and (
        run[last + 1].is_banner or is_form_heads(run[last + 1]) or is_blank_label(run, last + 1)
    ):
        last += 1
    return last
