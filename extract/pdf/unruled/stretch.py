"""Lines -> runs of lines that may be a table: about a line that alone looks like a row of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.lines import Line
from extract.pdf.page import Rule
from extract.pdf.unruled.tokens import TokenLine

_SECTION = re.compile(r"[一二三四五六七八九十]{1,2}、")
_SHORTEST_SECTION = 9
"""A line that begins as a section does and has so many characters is a heading, not a label."""
_LONGEST_SINGLE = 32
"""A longer line in one piece is prose."""
_LONGEST_LABEL = 60
_APART = 2.6
"""Lines of one table are no further apart than this many sizes of their type."""
_SAME_TYPE = 1.2
"""Type of one table differs in size by no more than this factor."""
_LARGER_HEADS = 1.6
"""Heads side by side may be larger by this factor."""
_EQUAL_TYPE, _EQUAL_GAP = 0.08, 1.3
"""Rows of one table differ by no more than this share in type, and this factor in distance."""
_BETWEEN = 2.5
"""Rules run along a row within so many sizes of type."""
_HEAD = 15.0
"""A table's first rule stands above its figures by no more than this many heights."""
_SAME_PLACE, _SAME_START = 0.5, 4
"""Banners of one table have their middle within so many sizes of type, and begin alike."""
_TAIL = 0.6
"""The end of a last label follows its figures within this many sizes of type."""


def is_seed(rows: Sequence[TokenLine], index: int, level: Sequence[Rule]) -> bool:
    """Whether the line alone looks like a row of a table: three columns, figures at the end.

    Two columns do between two long rules, or under two heads and a banner.
    """
    row = rows[index]
    if len(row.tokens) < 2 or not row.tokens[-1].figure:
        return False
    if len(row.tokens) >= 3 or is_between_rules(row, level):
        return True
    return index >= 2 and _is_headed(row, rows[index - 1], rows[index - 2])


def _is_headed(row: TokenLine, heads: TokenLine, banner: TokenLine) -> bool:
    """Whether a label and a figure stand under a head each, and those under a title in between."""
    if len(heads.tokens) != 2 or not is_title_over(banner, heads):
        return False
    over = heads.tokens[1].bbox[0] - 1 <= row.tokens[1].middle <= heads.tokens[1].bbox[2] + 1
    close = max(row.line.top - heads.line.bottom, heads.line.top - banner.line.bottom)
    return over and close <= _APART * row.em


def is_title_over(banner: TokenLine, heads: TokenLine) -> bool:
    """Whether a single text stands between the ends of a line of heads."""
    if len(banner.tokens) != 1 or banner.figures or heads.figures:
        return False
    return heads.line.x0 - 1 <= banner.line.x0 and banner.line.x1 <= heads.line.x1 + 1


def is_between_rules(row: TokenLine, level: Sequence[Rule]) -> bool:
    """Whether rules longer than the line run closely above and below it."""
    x0, top, x1, bottom = row.line.bbox
    along = [rule.top for rule in level if rule.x0 <= x0 + 1 and rule.x1 >= x1 - 1]
    near = _BETWEEN * row.em
    return any(top - near <= y <= top + 1 for y in along) and any(
        bottom - 1 <= y <= bottom + near for y in along
    )


def next_stretch(rows: Sequence[TokenLine], done: int, level: Sequence[Rule]) -> tuple[int, int]:
    """The next stretch of lines that may be a table: where it begins and ends."""
    seed = next((i for i in range(done, len(rows)) if is_seed(rows, i, level)), len(rows))
    if seed == len(rows):
        return seed, seed
    start = seed
    values_at = _values_from(rows[seed])
    while start > done and _belongs(rows, start - 1, start, rows[seed].em, values_at):
        if _is_under_first_rule(rows[start - 1].line, rows[start].line, level):
            break
        start -= 1
    stop = last = seed + 1
    while stop < len(rows) and _belongs(rows, stop, stop - 1, rows[seed].em, values_at):
        stop += 1
        if rows[stop - 1].is_row and len(rows[stop - 1].tokens) > 1:
            last = stop
    values_from = _values_from(rows[last - 1])
    while last < stop and _is_tail(rows[last], rows[last - 1], values_from):
        last += 1
    while last < stop and _repeats(rows[start:last], rows[last], values_from):
        last += 1
    if last < len(rows) and _is_last_label(rows[start : last + 2], last - start, values_from):
        last += 1
    return start, last


def _repeats(rows: Sequence[TokenLine], line: TokenLine, values_from: float) -> bool:
    """Whether a line below the last figures goes on with the table's pattern.

    That is a banner or a line of heads as there is one above, or a label below such heads.
    """
    if line.figures or not any(row.is_row for row in rows):
        return False
    alike = [row for row in rows if not row.is_row and len(row.tokens) == len(line.tokens)]
    if len(line.tokens) > 1:
        return any(row.tokens[0].text == line.tokens[0].text for row in alike)
    middle, text = line.tokens[0].middle, line.tokens[0].text
    if any(
        abs(row.tokens[0].middle - middle) <= _SAME_PLACE * line.em
        and row.tokens[0].text[:_SAME_START] == text[:_SAME_START]
        for row in alike
    ):
        return True
    left = min(row.line.x0 for row in rows if row.is_row)
    under_heads = not rows[-1].is_row and len(rows[-1].tokens) > 1
    return under_heads and line.line.x1 < values_from and line.line.x0 <= left + line.em


def _is_last_label(rows: Sequence[TokenLine], index: int, values_from: float) -> bool:
    """Whether a numbered line below the last figures is a row left blank, and no heading.

    It is as near to the row above as rows are to each other, and further from the line below.
    """
    line, above = rows[index], rows[index - 1]
    if len(line.tokens) > 1 or line.line.x1 >= values_from or not NUMBERED.match(line.line.text):
        return False
    if abs(line.em - above.em) > _EQUAL_TYPE * above.em:
        return False
    gaps = [lower.line.top - upper.line.bottom for upper, lower in pairwise(rows[:index])]
    gap = line.line.top - above.line.bottom
    if not gaps or gap > _EQUAL_GAP * median(gaps):
        return False
    below = rows[index + 1 :]
    return not below or below[0].line.top - line.line.bottom > _EQUAL_GAP * max(gap, 0.0)


def _values_from(row: TokenLine) -> float:
    """Where the figures of a row begin, or the unit of a blank one."""
    figures = [token.bbox[0] for token in row.tokens if token.figure]
    return min(figures, default=row.tokens[-1].bbox[0])


def _belongs(
    rows: Sequence[TokenLine], index: int, neighbour: int, em: float, values_at: float
) -> bool:
    """Whether a line may be part of the table that its neighbour is part of.

    A label may be longer than other lines when it ends before the figures begin.
    """
    row, other = rows[index], rows[neighbour]
    gap = max(row.line.top - other.line.bottom, other.line.top - row.line.bottom)
    larger = _LARGER_HEADS if len(row.tokens) > 1 and not row.figures else _SAME_TYPE
    if gap > _APART * em or not em / _SAME_TYPE <= row.em <= em * larger:
        return False
    if len(row.tokens) > 1 or row.tokens[0].figure:
        return True
    text = row.tokens[0].text
    if _SECTION.match(text) and len(text) >= _SHORTEST_SECTION:
        return row.line.x1 < values_at and _stands_among_rows(rows, index)
    longest = _LONGEST_LABEL if row.line.x1 < values_at else _LONGEST_SINGLE
    return len(text) <= longest and not text.endswith(("。", "；"))


def _stands_among_rows(rows: Sequence[TokenLine], index: int) -> bool:
    """Whether a line that begins as a section does keeps the distance that rows keep.

    Then it is the label of a row without figures; the heading of a section has more white space
    around it, other type, or no row of figures right below.
    """
    if not 0 < index < len(rows) - 2 or not rows[index + 1].figures:
        return False
    around = rows[index - 1 : index + 3]
    gaps = [lower.line.top - upper.line.bottom for upper, lower in pairwise(around)]
    same = all(abs(line.em - rows[index].em) <= _EQUAL_TYPE * line.em for line in around[:3])
    return same and max(gaps[:2]) <= _EQUAL_GAP * max(gaps[2], 0.5 * rows[index].em)


def _is_tail(row: TokenLine, before: TokenLine, values_from: float) -> bool:
    """Whether the line ends the label whose figures stand on the line before."""
    return (
        row.line.top - before.line.bottom < _TAIL * row.em
        and row.line.x1 < values_from
        and not any(token.figure for token in row.tokens)
        and not NUMBERED.match(row.tokens[0].text)
    )


def _is_under_first_rule(upper: Line, lower: Line, level: Sequence[Rule]) -> bool:
    """Whether the rule between two lines is the first of a table, with none above the upper."""
    width = lower.x1 - lower.x0
    long = [rule.top for rule in level if rule.x1 - rule.x0 >= 0.6 * width]
    between = any(upper.bottom - 1 <= y <= lower.top + 1 for y in long)
    above = any(upper.top - _HEAD * upper.size <= y <= upper.top + 1 for y in long)
    return between and not above
