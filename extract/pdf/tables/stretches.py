"""Runs of lines that share the white space between columns: where tables may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.page import Rule
from extract.pdf.tables.chunks import TextLine
from extract.pdf.tables.gutters import Span

_LEAST_GAP = 0.42
"""White space narrower than this many sizes of type is none between columns."""
_APART = 2.0
_APART_OVER_RULE = 3.5
"""Lines of one table are no further apart than this many sizes of type, with a rule between."""
_MOST_CROSSING = 2
_MOST_INSIDE = 6
"""So many lines that reach over the columns, or stand in one, may follow each other."""
_PROSE_WORDS = 9
_PROSE_WIDTH = 0.8
"""A line of so many words over such a share of the width is prose."""
_MOST_HEADS = 7
"""Lines above the first row between the table's first rule and it."""
_LONG = 0.6
"""A rule of the table runs along this share of its width."""
CAPTION = re.compile(
    r"(?:table|figure|fig\.|chart|exhibit|box|graph|appendix|annex|map)\s+[\dA-Z][\w.\-–]*(?!\w)"
    r"|[表图]\s?\d",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(?:sources?|notes?|n\.?b\.?|footnotes?)\s*[:.—–-]|[*†‡]+\s*\w|\(\*+\)|[\d¹²³⁴⁵⁶⁷⁸⁹]/\s"
    r"|[¹²³⁴⁵⁶⁷⁸⁹]\s?[A-Z]",
    re.IGNORECASE,
)
_TAIL_NOTE = re.compile(r"[\d]{1,2}[.)\s]|\([\da-z]\)", re.IGNORECASE)
_CLOSE = 0.8
"""Lines of one cell are no further apart than this many sizes of type."""
_SAME_TYPE = 1.3
"""Type of the lines of one table differs by no more than this factor."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines from `start` up to `stop` with the white space that all of them share."""

    start: int
    stop: int
    gaps: tuple[Span, ...]


def lines_to_stretches(lines: Sequence[TextLine], level: Sequence[Rule]) -> list[Stretch]:
    """The runs of lines in order; they do not overlap."""
    found: list[Stretch] = []
    done = 0
    index = 0
    while index < len(lines):
        if not _is_seed(lines[index]):
            index += 1
            continue
        gaps = _gaps(lines[index])
        last, gaps = _grow(lines, index, len(lines), 1, gaps, level)
        first, gaps = _grow(lines, index, done - 1, -1, gaps, level)
        start = _with_heads(lines, first, last, done, gaps, level)
        stop = _with_tail(lines, first, last, gaps, level) + 1
        found.append(Stretch(start, stop, tuple(gaps)))
        done = index = stop
    return found


def _is_seed(line: TextLine) -> bool:
    """Whether the line alone looks like a row: three chunks, or two with a figure behind."""
    if len(line.chunks) >= 3:
        return True
    return len(line.chunks) == 2 and line.chunks[1].value


def _gaps(line: TextLine) -> list[Span]:
    return [(a.x1, b.x0) for a, b in pairwise(line.chunks)]


def _narrowed(gaps: Sequence[Span], line: TextLine) -> list[Span]:
    """What of the gaps stays clear of the line's ink."""
    left = list(gaps)
    for chunk in line.chunks:
        cut: list[Span] = []
        for a, b in left:
            if chunk.x1 <= a or chunk.x0 >= b:
                cut.append((a, b))
                continue
            cut.append((a, chunk.x0))
            cut.append((chunk.x1, b))
        left = [(a, b) for a, b in cut if b - a >= _LEAST_GAP * line.em]
    return [(a, b) for a, b in left if line.line.x0 < b or line.line.x1 > a]


def _grow(
    lines: Sequence[TextLine],
    seed: int,
    limit: int,
    step: int,
    gaps: list[Span],
    level: Sequence[Rule],
) -> tuple[int, list[Span]]:
    """The outermost line in one direction that shares white space, and what is shared."""
    last = seed
    x0, x1 = lines[seed].line.x0, lines[seed].line.x1
    crossing = inside = 0
    index = seed + step
    while index != limit:
        line, before = lines[index], lines[index - step]
        if not _is_near(line, before, level) or _is_outside(line, before, step):
            break
        shared = _narrowed(gaps, line)
        if len(line.chunks) > 1 and _divides(shared, line):
            gaps, last = shared, index
            crossing = inside = 0
            x0, x1 = min(x0, line.line.x0), max(x1, line.line.x1)
        else:
            over = _crosses(gaps, line)
            if over and (_is_prose(line, x0, x1) or len(line.chunks) > 1):
                crossing += 2
            crossing += over
            inside += not over
            if crossing > _MOST_CROSSING or inside > _MOST_INSIDE:
                break
            if step > 0 and over and _heads_follow(lines, index):
                break
        index += step
    return last, gaps


def _heads_follow(lines: Sequence[TextLine], index: int) -> bool:
    """Whether a line over the columns is the title of a further table, whose heads come next."""
    for line in lines[index + 1 : index + 4]:
        if len(line.chunks) == 1:
            continue
        return line.values == 0
    return False


def _divides(gaps: Sequence[Span], line: TextLine) -> bool:
    """Whether a gap lies within the line, with ink on both sides or room for a blank cell."""
    return bool(gaps)


def _is_outside(line: TextLine, before: TextLine, step: int) -> bool:
    """Whether a line is a caption, a note below, or of other type than the line before it."""
    if CAPTION.match(line.line.text):
        return True
    if not before.em / _SAME_TYPE <= line.em <= before.em * _SAME_TYPE and len(line.chunks) < 3:
        return True
    return step > 0 and NOTE.match(line.line.text) is not None


def _crosses(gaps: Sequence[Span], line: TextLine) -> bool:
    return any(chunk.x0 < a and chunk.x1 > b for chunk in line.chunks for a, b in gaps)


def _is_prose(line: TextLine, x0: float, x1: float) -> bool:
    """Whether a line in one piece fills the width with words."""
    if len(line.chunks) > 1:
        return False
    chunk = line.chunks[0]
    return len(chunk.words) >= _PROSE_WORDS and chunk.x1 - chunk.x0 >= _PROSE_WIDTH * (x1 - x0)


def _is_near(line: TextLine, other: TextLine, level: Sequence[Rule]) -> bool:
    upper, lower = (other, line) if other.top <= line.top else (line, other)
    gap = lower.top - upper.bottom
    em = max(upper.em, lower.em)
    if gap <= _APART * em:
        return True
    return gap <= _APART_OVER_RULE * em and rule_between(upper, lower, level, 0.3)


def rule_between(
    upper: TextLine, lower: TextLine, level: Sequence[Rule], share: float = _LONG
) -> bool:
    """Whether a rule runs between two lines along this share of their width."""
    x0, x1 = min(upper.line.x0, lower.line.x0), max(upper.line.x1, lower.line.x1)
    covered = sum(
        max(min(rule.x1, x1) - max(rule.x0, x0), 0.0)
        for rule in level
        if upper.bottom - 2 <= rule.top <= lower.top + 2
    )
    return covered >= share * (x1 - x0)


def _with_heads(
    lines: Sequence[TextLine],
    first: int,
    last: int,
    done: int,
    gaps: Sequence[Span],
    level: Sequence[Rule],
) -> int:
    """Where the heads begin: under the table's first rule, or over the columns of figures."""
    x0 = min(line.line.x0 for line in lines[first : last + 1])
    x1 = max(line.line.x1 for line in lines[first : last + 1])
    start = first
    index = first
    ruled = False
    for _ in range(_MOST_HEADS):
        if _rule_above(lines, index, done, x0, x1, level):
            start, ruled = index, True
        index -= 1
        if index < done or not _is_near(lines[index], lines[index + 1], level):
            break
        if _is_outside(lines[index], lines[index + 1], -1) or _is_prose(lines[index], x0, x1):
            break
    if ruled:
        return start
    while start > done:
        line, below = lines[start - 1], lines[start]
        over = line.line.x0 > gaps[0][0] and line.line.x1 <= x1 + 2 * line.em
        close = below.top - line.bottom <= 0.9 * line.em
        if not (over and close) or CAPTION.match(line.line.text):
            break
        start -= 1
    return start


def _rule_above(
    lines: Sequence[TextLine],
    index: int,
    done: int,
    x0: float,
    x1: float,
    level: Sequence[Rule],
) -> bool:
    """Whether a rule along the table runs right above a line."""
    line = lines[index]
    above = lines[index - 1].bottom if index > 0 else line.top - 3 * line.em
    highest = max(above - 2, line.top - 3 * line.em)
    covered = sum(
        max(min(rule.x1, x1) - max(rule.x0, x0), 0.0)
        for rule in level
        if highest <= rule.top <= line.top + 2
    )
    return covered >= _LONG * (x1 - x0)


def _with_tail(
    lines: Sequence[TextLine],
    first: int,
    last: int,
    gaps: Sequence[Span],
    level: Sequence[Rule],
) -> int:
    """The last line of the last row, whose label may go on below its figures."""
    left = min(line.line.x0 for line in lines[first : last + 1])
    ruled = _down_to_rule(lines, last, gaps, level)
    if ruled > last:
        return ruled
    while last + 1 < len(lines):
        line, above = lines[last + 1], lines[last]
        wraps = (
            len(line.chunks) == 1
            and line.line.x1 < gaps[0][1]
            and line.top - above.bottom <= 0.6 * line.em
            and (line.line.x0 > left + 0.4 * line.em or line.line.text[:1].islower())
            and not NOTE.match(line.line.text)
            and not _TAIL_NOTE.match(line.line.text)
            and not CAPTION.match(line.line.text)
            and not rule_between(above, line, level, 0.3)
            and abs(line.em - above.em) < 0.15 * line.em
        )
        if not wraps:
            break
        last += 1
    return last


def _down_to_rule(
    lines: Sequence[TextLine], last: int, gaps: Sequence[Span], level: Sequence[Rule]
) -> int:
    """The line above the next rule, if all lines down to it keep to the columns."""
    for index in range(last + 1, min(last + _MOST_INSIDE, len(lines))):
        line, above = lines[index], lines[index - 1]
        if rule_between(above, line, level, 0.3) or _is_outside(line, above, 1):
            return last
        if line.top - above.bottom > _CLOSE * line.em or _crosses(gaps, line):
            return last
        below = lines[index + 1] if index + 1 < len(lines) else None
        x0, x1 = min(a for a, _ in gaps), max(b for _, b in gaps)
        bottom = min(below.top + 2 if below else line.bottom + line.em, line.bottom + line.em)
        if any(
            line.bottom - 2 <= rule.top <= bottom and rule.x0 <= x0 and rule.x1 >= x1
            for rule in level
        ):
            return index
    return last
