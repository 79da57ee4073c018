"""Lines of text in which a program printed the cells of a row without anything between them.

`规章003` under `信息内容本年制发件数本年废止件数现行有效件数` is 规章, 0, 0 and 3. The digits are
parted only where that can be done in one way, no figure beginning with a zero, those of a wide row
adding up to its last; as a blank cell would not show, several figures are in doubt.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, pairwise

from normalize.forms import all_forms
from normalize.labels import fold
from normalize.lexicon import exact_rows

GLUED = "printed without gaps between the figures"

_CONTENT = "信息内容"
_LABEL_AND_DIGITS = re.compile(r"(?P<label>.*(?:[^\W\d_]|[)）”]))(?P<digits>\d+(?:\.\d+)?)")
"""A sign between the two would belong to the figure: `行政许可 >100` is not 100."""

_NOTE_BEHIND = re.compile(r"[（(][^（）()]*[)）]$")
_MOST_DIGITS = 14
_WIDE = 5
"""Cells of a row that is known without a head."""


def glued_head(text: str) -> tuple[str, ...]:
    """The heads of which a line is made up; empty for any other line."""
    return _heads().get(fold(text).core, ())


def glued_row(text: str, heads: tuple[str, ...]) -> tuple[str, ...]:
    """The label of a line and its figures, under the heads last printed; empty where unsure.

    A line of as many digits as a block has cells side by side is one of figures alone.
    """
    if text.strip().isdecimal() and len(text.strip()) in _widths_across():
        return tuple(text.strip())
    match = _LABEL_AND_DIGITS.fullmatch(text.strip())
    if match is None or len(match["digits"]) > _MOST_DIGITS:
        return ()
    label = match["label"]
    named = exact_rows(label) or exact_rows(_NOTE_BEHIND.sub("", label))
    widths = {_widths()[(name.table, name.row)] for name in named}
    if not widths:
        return ()
    width = max(map(max, widths))
    if width < _WIDE:
        width = len(heads) - 1
        if not any(width in own for own in widths):
            return ()
    figures = _part(match["digits"], width)
    return (label, *figures) if figures else ()


def _part(digits: str, count: int) -> tuple[str, ...]:
    """The digits as that many numbers; empty where there is no way or more than one."""
    if count == 1:
        return (digits,) if digits[0] != "0" or digits == "0" or "." in digits else ()
    if "." in digits or not 0 < count <= len(digits):
        return ()
    ways: list[tuple[str, ...]] = []
    for cuts in combinations(range(1, len(digits)), count - 1):
        edges = (0, *cuts, len(digits))
        parts = tuple(digits[a:b] for a, b in pairwise(edges))
        if all(part == "0" or part[0] != "0" for part in parts):
            ways.append(parts)
    if count >= _WIDE:
        ways = [way for way in ways if sum(map(int, way[:-1])) == int(way[-1])]
    return ways[0] if len(ways) == 1 else ()


@cache
def _widths_across() -> frozenset[int]:
    """The numbers of cells of the blocks whose rows stand side by side."""
    tables = (table for form in all_forms() for table in form.tables)
    return frozenset(block.width for table in tables for block in table.blocks if block.across)


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    """The heads of each block that has rows of figures below it, by all of them run together."""
    found: dict[str, tuple[str, ...]] = {}
    for form in all_forms():
        for block in (block for table in form.tables for block in table.blocks if not block.across):
            heads = (_CONTENT, *(column.label for column in block.columns))
            found[fold("".join(heads)).core] = heads
    return found


@cache
def _widths() -> dict[tuple[str, str], frozenset[int]]:
    """The numbers of cells that each row has in the editions of the forms."""
    widths: dict[tuple[str, str], frozenset[int]] = {}
    for form in all_forms():
        for table in form.tables:
            for block in (block for block in table.blocks if not block.across):
                for row in block.rows:
                    key = (table.name, row.name)
                    widths[key] = widths.get(key, frozenset()) | {block.width}
    return widths
