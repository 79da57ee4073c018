"""Labels set one character under another, among the lines of a page outside of grids.

Beside the rows of a table their characters come up one by one, between the lines of the rows;
a PDF draws them one after the other, and is read by that.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.scan.ink import Box

_WIDEST = 1.3
"""Usual characters that one is wide or high at most."""
_FLAT = 0.62
"""A piece is lower than this many characters, as a stroke of 三 or of 二."""
_WHOLE = 1.12
"""Pieces that together are no higher than this are one character."""
_BETWEEN = 0.45
_IN_LINE = 0.45
"""Characters by which the middles of those in one column differ at most."""
_APART = 1.2
"""Characters of white between one and the next at most."""
_LEAST = 4


def join_pieces(boxes: Sequence[Box], size: float) -> list[Box]:
    """The boxes, pieces of one character of a column that row by row fell apart made one."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.y0):
        index = next((i for i, above in enumerate(joined) if _is_piece(above, box, size)), None)
        if index is None:
            joined.append(box)
            continue
        above = joined[index]
        joined[index] = Box(
            min(above.x0, box.x0), above.y0, max(above.x1, box.x1), max(above.y1, box.y1)
        )
    return joined


def _is_piece(above: Box, below: Box, size: float) -> bool:
    if max(above.width, below.width) > _WIDEST * size or not _in_line(above, below, size):
        return False
    low = min(above.height, below.height) <= _FLAT * size
    near = below.y0 - above.y1 <= _BETWEEN * size
    flat = min(above.width, below.width) >= _FLAT * size
    return low and near and flat and below.y1 - above.y0 <= _WHOLE * size


def _in_line(above: Box, below: Box, size: float) -> bool:
    return abs((above.x0 + above.x1) - (below.x0 + below.x1)) <= 2 * _IN_LINE * size


def boxes_to_stacks(boxes: Sequence[Box], size: float) -> list[list[int]]:
    """The numbers of boxes, each of one character, that stand one under another, from the top."""
    single = [
        number
        for number, box in enumerate(boxes)
        if box.width <= _WIDEST * size and box.height <= _WIDEST * size
    ]
    stacks: list[list[int]] = []
    for number in sorted(single, key=lambda number: boxes[number].y0):
        box = boxes[number]
        for stack in stacks:
            last = boxes[stack[-1]]
            if _in_line(last, box, size) and -0.2 * size <= box.y0 - last.y1 <= _APART * size:
                stack.append(number)
                break
        else:
            stacks.append([number])
    return [stack for stack in stacks if len(stack) >= _LEAST]
