"""Drawn paths -> rules, alike for every library that gives the paths.

A stroked line is a rule when it is upright or level; a filled box is a rule when it is thin; a
filled ring is its four sides. Larger fills are shading. White ink counts only upon shading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.document import BBox
from extract.pdf.limits import MAX_RULES
from extract.pdf.page import Rule
from extract.pdf.tolerances import TOLERANCES, Tolerances

Point = tuple[float, float]

_SLANT = 1.0
"""A segment that leaves its direction by no more than this is straight."""
_CORNER = 12.0
"""A curve no larger than this rounds a corner; its corner point stands for it."""
_INKLESS = 20
"""Opacity (of 255) up to which nothing is seen."""
_WHITE = 250
"""Red, green and blue (of 255) from which ink on white paper is not seen."""


@dataclass(slots=True)
class Ink:
    """Collects what the paths of one page draw: rules, white rules and shaded boxes."""

    rules: list[Rule] = field(default_factory=list)
    white: list[Rule] = field(default_factory=list)
    shades: list[BBox] = field(default_factory=list)

    def page_rules(self, width: float, height: float) -> tuple[Rule, ...]:
        """All visible rules, cut off at the page's head and foot; none of a drawing's many."""
        if self.is_crowded:
            return ()
        seen = self.rules
        if len(self.white) * len(self.shades) <= MAX_RULES:
            seen = seen + [rule for rule in self.white if self._is_shaded(rule)]
        return tuple(cut for rule in seen if (cut := _rule_within(rule, width, height)))

    @property
    def is_crowded(self) -> bool:
        """Whether there are too many paths for a page of tables."""
        return max(len(self.rules), len(self.white), len(self.shades)) > MAX_RULES

    def _is_shaded(self, rule: Rule) -> bool:
        x = (rule.x0 + rule.x1) / 2
        y = (rule.top + rule.bottom) / 2
        return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in self.shades)


def _rule_within(rule: Rule, width: float, height: float) -> Rule | None:
    """The rule cut off at head and foot, where browsers let it run into the next page.

    At the sides it stays whole: a table that is wider than its page keeps its last column.
    """
    if rule.x1 < 0 or rule.x0 > width or rule.bottom < 0 or rule.top > height:
        return None
    if rule.top >= 0 and rule.bottom <= height:
        return rule
    return rule._replace(top=max(rule.top, 0.0), bottom=min(rule.bottom, height))


def is_visible(opacity: int) -> bool:
    return opacity > _INKLESS


def is_white(red: int, green: int, blue: int) -> bool:
    return min(red, green, blue) >= _WHITE


def curve_to_points(start: Point, first: Point, end: Point) -> list[Point] | None:
    """The corner and the end for a curve that rounds a corner, None for any larger curve.

    `first` is the curve's first control point, which tells the direction it sets out in.
    """
    if max(abs(end[0] - start[0]), abs(end[1] - start[1])) > _CORNER:
        return None
    level = abs(first[0] - start[0]) >= abs(first[1] - start[1])
    return [(end[0], start[1]) if level else (start[0], end[1]), end]


def points_to_rules(points: Sequence[Point], thickness: float) -> list[Rule]:
    """The upright and level segments of a stroked line."""
    rules = []
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ay - by) <= _SLANT and abs(ax - bx) > abs(ay - by):
            y = (ay + by) / 2
            rules.append(Rule(min(ax, bx), y, max(ax, bx), y, thickness))
        elif abs(ax - bx) <= _SLANT and ay != by:
            x = (ax + bx) / 2
            rules.append(Rule(x, min(ay, by), x, max(ay, by), thickness))
    return rules


def box_to_rules(box: BBox, tolerances: Tolerances = TOLERANCES) -> list[Rule]:
    """The rule that a thin filled box is; two for a dot, whose direction is open; else none."""
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    rules = []
    if height <= tolerances.thin:
        rules.append(Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2, height))
    if width <= tolerances.thin:
        rules.append(Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom, width))
    return rules


def points_to_box(points: Iterable[Point]) -> BBox:
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def boxes_to_rules(
    boxes: Sequence[BBox], tolerances: Tolerances = TOLERANCES
) -> tuple[list[Rule], list[BBox]]:
    """The rules and the shaded boxes of one filled path, given the boxes of its parts."""
    if len(boxes) == 2 and (ring := _ring_to_rules(boxes, tolerances)):
        return ring, []
    rules: list[Rule] = []
    shades: list[BBox] = []
    for box in boxes:
        found = box_to_rules(box, tolerances)
        if found:
            rules.extend(found)
        else:
            shades.append(box)
    return rules, shades


def _ring_to_rules(boxes: Sequence[BBox], tolerances: Tolerances) -> list[Rule]:
    outer, inner = sorted(boxes, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))
    sides = (
        inner[0] - outer[0],
        inner[1] - outer[1],
        outer[2] - inner[2],
        outer[3] - inner[3],
    )
    if not all(0 <= side <= tolerances.thin for side in sides) or max(sides) == 0:
        return []
    x0, top = (outer[0] + inner[0]) / 2, (outer[1] + inner[1]) / 2
    x1, bottom = (outer[2] + inner[2]) / 2, (outer[3] + inner[3]) / 2
    corners = [(x0, top), (x1, top), (x1, bottom), (x0, bottom), (x0, top)]
    return [
        rule
        for rule, side in zip(
            points_to_rules(corners, max(sides)),
            (sides[1], sides[2], sides[3], sides[0]),
            strict=True,
        )
        if side > 0
    ]
