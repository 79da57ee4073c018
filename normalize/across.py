"""A block whose rows stand side by side in one printed line, in pieces where an agency parts it.

The form prints fifteen figures in a row under three heads. Some agencies print a table for each
head, or the heads one under another with five figures each: then the label nearest to the figures
tells which they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.forms import Block, Row
from normalize.labels import best_similarity, fold
from normalize.printed import Kind, Line

_SAME_ROW = 0.95
_MOST_AROUND = 4
"""Characters that a label may have around it."""


def rows_named(line: Line, block: Block) -> tuple[Row, ...]:
    """The rows that the figures of one line are, from left to right; empty when nobody can tell."""
    parts = _parts(line, block)
    if parts == len(block.rows):
        return block.rows
    if not parts:
        return ()
    words = [piece.text for piece in (*line.before, *line.labels)]
    named = [row for word in words if (row := _row_named(word, block))]
    nearest = tuple(dict.fromkeys(reversed(named)))[:parts][::-1]
    return nearest if len(nearest) == parts else ()


def _parts(line: Line, block: Block) -> int:
    """How many rows' figures the line holds; 0 when they are not whole rows."""
    values = list(line.values)
    while values and values[-1].kind is Kind.BLANK and len(values) % len(block.columns):
        values.pop()
    parts, rest = divmod(len(values), len(block.columns))
    return 0 if rest or parts > len(block.rows) else parts


def _row_named(word: str, block: Block) -> Row | None:
    """The row whose label a word is or, with little else around it, holds: （一）行政复议情况."""
    core = fold(word).core
    for row in block.rows:
        label = fold(row.label).core
        if best_similarity(word, (row.label, *row.aliases)) >= _SAME_ROW:
            return row
        if label in core and len(core) <= len(label) + _MOST_AROUND:
            return row
    return None


def is_part(line: Line, block: Block, inside: bool) -> bool:
    """True for a line of whole rows' figures with their labels, among or under such heads."""
    if not rows_named(line, block) or _parts(line, block) == len(block.rows):
        return False
    return inside or _count_heads(line, block) >= len(block.columns) - 1


def is_whole_part(line: Line, block: Block) -> bool:
    """True for a line with as many rows' figures as it has heads for."""
    parts = len(rows_named(line, block))
    wanted = parts * len(block.columns)
    return 0 < parts < len(block.rows) and _count_heads(line, block) == wanted


def _count_heads(line: Line, block: Block) -> int:
    labels = tuple(column.label for column in block.columns)
    pieces = (*line.before, *line.labels) if line.listed else line.before
    return sum(best_similarity(piece.text, labels) >= _SAME_ROW for piece in pieces)


def figures_in(lines: Sequence[Line], block: Block) -> int:
    """How many figures of the block the lines hold."""
    return sum(_parts(line, block) for line in lines) * len(block.columns)
