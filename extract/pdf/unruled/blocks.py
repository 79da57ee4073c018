"""A run of lines -> how far it reaches, where its labels end, and the blocks it is cut into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pdf.page import Rule
from extract.pdf.unruled.block import begins_label
from extract.pdf.unruled.measures import units_from
from extract.pdf.unruled.stretch import is_title_over
from extract.pdf.unruled.tokens import TokenLine
from extract.pdf.unruled.zones import Extent

_CENTERED = 0.12
"""Share of the width by which a banner may stand beside the middle, and keeps from the sides."""
_SAME_BEGIN, _LEAST_LABELS = 0.3, 2
"""A line that begins within so many sizes of type where so many labels do is one of them."""
_OVERLAP = 0.1
"""Lines of heads side by side are nearer to each other than this many sizes of type."""
_LABEL_AND_VALUE = 2


def extent_of(stretch: Sequence[TokenLine], level: Sequence[Rule]) -> Extent:
    """How far the stretch reaches, with the level rules that run along it."""
    top, bottom = stretch[0].line.top, stretch[-1].line.bottom
    size = stretch[0].em
    left = min(row.line.x0 for row in stretch)
    right = max(row.line.x1 for row in stretch)
    along = [
        rule
        for rule in level
        if top - size <= rule.top <= bottom + size
        and min(rule.x1, right) - max(rule.x0, left) >= 0.6 * (right - left)
    ]
    if not along and max(len(row.tokens) for row in stretch) == _LABEL_AND_VALUE:
        right = max([right, *(2 * middle - left for middle in _banners_over_heads(stretch))])
    return Extent(
        min([left, *(rule.x0 for rule in along)]),
        top,
        max([right, *(rule.x1 for rule in along)]),
        bottom,
    )


def _banners_over_heads(stretch: Sequence[TokenLine]) -> Iterator[float]:
    """The middles, which are those of the table, of single texts between figures and heads."""
    for index, (banner, heads) in enumerate(pairwise(stretch)):
        begins = index == 0 or stretch[index - 1].is_row
        if begins and len(heads.tokens) > 1 and is_title_over(banner, heads):
            yield banner.tokens[0].middle


def split_of(stretch: Sequence[TokenLine], extent: Extent) -> float | None:
    """The x between labels and figures, None when figures stand under labels.

    Left of every label when there are none.
    """
    start = next(i for i, row in enumerate(stretch) if row.is_row)
    rows = [row for row in stretch if row.figures]
    first = min(next(token for token in row.tokens if token.figure).bbox[0] for row in rows)
    first = min(first, units_from(stretch))
    while start and begins_label(stretch[start - 1], stretch[start], first):
        start -= 1
    labels = [
        token.bbox[2]
        for index, row in enumerate(stretch[start:], start)
        if not is_banner(stretch, index, extent)
        for token in row.tokens
        if not token.figure
        and token.middle < first
        and (row.is_row or token is row.tokens[0] or token.bbox[2] < first)
    ]
    if not labels:
        return first - 1
    last = max(labels)
    above = [token.bbox for row in stretch[:start] for token in row.tokens]
    # A head over short labels may stand right of them; it is one more than there are figures.
    most = max(row.figures for row in rows)
    over_labels = [row.tokens[0].bbox for row in stretch[:start] if len(row.tokens) == most + 1]
    last = max([last, *(box[2] for box in over_labels if box[2] < first)])
    # The head of short labels may be longer than they are.
    last = max([last, *(box[2] for box in above if box[0] < last and box[2] < first)])
    heads = [box[0] for box in above if last < box[0] < first]
    return (last + min([first, *heads])) / 2 if last < first else None


def blocks_of(stretch: Sequence[TokenLine], extent: Extent, split: float) -> list[list[TokenLine]]:
    """The stretch cut before banners, and before heads that follow figures without a banner."""
    blocks: list[list[TokenLine]] = []
    figures = False
    for index, row in enumerate(stretch):
        heads = not row.is_row and len(row.tokens) > 1 and row.tokens[-1].middle > split
        if not blocks or is_banner(stretch, index, extent) or (heads and figures):
            blocks.append([])
            figures = False
        blocks[-1].append(row)
        figures = figures or row.is_row
    return blocks


def is_banner(stretch: Sequence[TokenLine], index: int, extent: Extent) -> bool:
    """Whether a line is one text in the middle of the table's width, and no line of a head."""
    row = stretch[index]
    if len(row.tokens) != 1 or row.tokens[0].figure:
        return False
    if index + 1 < len(stretch):
        below = stretch[index + 1]
        if not below.figures and below.line.top - row.line.bottom < _OVERLAP * row.em:
            return False
    width = extent.right - extent.left
    x0, _, x1, _ = row.tokens[0].bbox
    if _begins_as_labels_do(stretch, row):
        return False
    return (
        abs((x0 + x1) - (extent.left + extent.right)) <= 2 * _CENTERED * width
        and x0 > extent.left + _CENTERED * width
        and x1 < extent.right - _CENTERED * width
    )


def _begins_as_labels_do(stretch: Sequence[TokenLine], line: TokenLine) -> bool:
    """Whether labels of several rows of figures begin right above or below a line's begin."""
    near = _SAME_BEGIN * line.em
    begins = sum(
        1
        for row in stretch
        if row is not line and row.is_row
        for token in row.tokens
        if not token.figure and abs(token.bbox[0] - line.line.x0) <= near
    )
    return begins >= _LEAST_LABELS
