"""A block whose rows stand side by side in one printed line, in pieces where an agency parts it.

The form prints fifteen figures in a row under three heads. Some agencies print a table for each
head, or the heads one under another with five figures each: then the label nearest to the figures
tells which they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from normalize.forms import Block, Row
from normalize.labels import best_similarity
from normalize.printed import Kind, Line

_SAME_ROW = 0.95


def rows_named(line: Line, block: Block) -> tuple[Row, ...]:
    """The rows that the figures of one line are, from left to right; empty when nobody can tell."""
    parts = _parts(line, block)
    if parts == len(block.rows):
        return block.rows
    words = [piece.text for piece in (*line.before, *line.labels)]
    named = [row for word in words if (row := _row_named(word, block))]
    nearest = tuple(dict.fromkeys(reversed(named)))[:parts][::-1]
    return nearest if parts and len(nearest) == parts else ()


def _parts(line: Line, block: Block) -> int:
    """How many rows' figures the line holds; 0 when they are not whole rows."""
    values = list(line.values)
    while values and values[-1].kind is Kind.BLANK and len(values) % len(block.columns):
        values.pop()
    parts, rest = divmod(len(values), len(block.columns))
    return 0 if rest or parts > len(block.rows) else parts


def _row_named(word: str, block: Block) -> Row | None:
    return next(
        (r for r in block.rows if best_similarity(word, (r.label, *r.aliases)) >= _SAME_ROW), None
    )


def is_part(line: Line, block: Block, inside: bool) -> bool:
    """True for a line of whole rows' figures with their labels, among or under such heads."""
    if not rows_named(line, block) or _parts(line, block) == len(block.rows):
        return False
    labels = tuple(column.label for column in block.columns)
    heads = sum(best_similarity(piece.text, labels) >= _SAME_ROW for piece in line.before)
    return inside or heads >= len(block.columns) - 1


def figures_in(lines: Sequence[Line], block: Block) -> int:
    """How many figures of the block the lines hold."""
    return sum(_parts(line, block) for line in lines) * len(block.columns)
