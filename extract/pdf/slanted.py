"""Letters that stand upright among slanted ones: the topmost letter in the ring of a seal."""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import BBox

_NEAR = 4.0
"""Letters of a ring follow one another within this many times their size."""


def upright_in_rings(slanted: Sequence[bool], boxes: Sequence[BBox]) -> list[int]:
    """Which characters, in drawing order, stand between two slanted ones close by."""
    found = []
    for index in range(1, len(slanted) - 1):
        if slanted[index] or not (slanted[index - 1] and slanted[index + 1]):
            continue
        if all(_are_near(boxes[index], boxes[other]) for other in (index - 1, index + 1)):
            found.append(index)
    return found


def _are_near(box: BBox, other: BBox) -> bool:
    size = max(abs(box[2] - box[0]), abs(box[3] - box[1]))
    x = abs(box[0] + box[2] - other[0] - other[2]) / 2
    y = abs(box[1] + box[3] - other[1] - other[3]) / 2
    return max(x, y) <= _NEAR * size
