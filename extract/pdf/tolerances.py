"""The tolerances of the PDF readers, in points unless they are shares."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tolerances:
    """Named defaults; every one must be positive.

    thin: a filled box no thicker than this is a rule, a larger one is shading.
    same_line: rules that differ across their direction by no more than this lie on one line.
    snap: parallel rules of one table within this distance are one rule (double rules).
    join: pieces of one rule are joined over a gap of this size.
    dash: short pieces are joined over this gap (dashes, dots).
    meet: rules that miss each other by no more than this touch.
    shortest: what is shorter than this after joining is no edge.
    covered: a border exists where rules cover this share of it.
    row: what hangs below the last rule by less than this is no row.
    beside: a column without rows, open at head and foot, is no wider than this.
    column: edges of columns on two pages within this distance are one.
    extent: sides of two pieces of one table differ by no more than this.
    shift: a table may move sideways by this much from page to page (mirrored margins).
    """

    thin: float = 4.0
    same_line: float = 1.0
    snap: float = 4.5
    join: float = 3.0
    dash: float = 6.0
    meet: float = 3.0
    shortest: float = 4.0
    covered: float = 0.75
    row: float = 6.0
    beside: float = 120.0
    column: float = 6.0
    extent: float = 12.0
    shift: float = 60.0

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) <= 0:
                raise ValueError(f"{field.name} must be positive")


TOLERANCES = Tolerances()
