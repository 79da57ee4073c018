"""Whether the rows of a block stand on the page as the order of drawing has them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.pdf.glue import NUMBERED
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.row import DrawnRow
from extract.pdf.unruled.drawn.rows import is_note
from extract.pdf.unruled.groups import text_to_ordinal
from extract.pdf.unruled.zones import Span

_APART = 0.55
"""A row left blank stands apart from others by this share of their distance."""


def height_of(row: DrawnRow) -> Span:
    """Top and bottom of a row's figures, or of its own label where it has none."""
    boxes = [cell.box for cell in row.cells if cell.figure] or [row.cells[-1].box]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def stand_in_order(body: Sequence[DrawnRow]) -> bool:
    """Whether each row's figures stand below those of the row before."""
    heights = [
        median(cell.token.height for cell in row.cells if cell.figure)
        for row in body
        if row.figures
    ]
    return all(a < b - 1 for a, b in pairwise(heights))


def labels_stand_apart(body: Sequence[DrawnRow]) -> bool:
    """Whether labels of rows left blank keep the distance of rows, as parts of others do not."""
    heights = [_middle(row) for row in body if row.figures]
    next_to = [_middle(b) - _middle(a) for a, b in pairwise(body) if a.figures and b.figures]
    least = min(next_to, default=max((row.cells[-1].em for row in body), default=0.0))
    alone = [_middle(row) for row in body if not row.figures]
    return not any(abs(a - b) < _APART * least for a in alone for b in heights)


def is_part_of_label(labels: Sequence[Sequence[DrawnCell]], body: Sequence[DrawnRow]) -> bool:
    """Whether a text alone has no number where most labels have one, and so may end another."""
    own = [row[-1].text for row in labels if row]
    numbered = sum(1 for text in own if NUMBERED.match(text))
    alone = [row.cells[0].text for row in body if not row.figures and len(row.cells) == 1]
    return 2 * numbered > len(own) and any(
        not NUMBERED.match(text) and not is_note(text) for text in alone
    )


def _middle(row: DrawnRow) -> float:
    top, bottom = height_of(row)
    return (top + bottom) / 2


def are_titles(
    pairs: Sequence[tuple[Sequence[DrawnCell], Sequence[DrawnCell]]],
) -> list[bool]:
    """Which labels without figures stand for the rows below, whose numbers are of another kind."""
    titles = [False] * len(pairs)
    for index, ((labels, values), (below, figures)) in enumerate(pairwise(pairs)):
        if values or not labels or not below or not figures:
            continue
        number, after = text_to_ordinal(labels[-1].text), text_to_ordinal(below[0].text)
        titles[index] = number is not None and after is not None and number[0] != after[0]
    return titles
