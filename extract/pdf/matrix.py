"""Affine transforms of points, written as in PDF: x' = a x + c y + e, y' = b x + d y + f."""

from __future__ import annotations

from typing import NamedTuple

from extract.document import BBox


class Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, outer: Matrix) -> Matrix:
        """This transform followed by `outer`."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        """The upright box around the transformed corners."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        if self.b or self.c:
            cx, cy = self.point(x0, y1)
            dx, dy = self.point(x1, y0)
            return (
                min(ax, bx, cx, dx),
                min(ay, by, cy, dy),
                max(ax, bx, cx, dx),
                max(ay, by, cy, dy),
            )
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def inverse(self) -> Matrix:
        """The way back; raises ZeroDivisionError for a transform that flattens the plane."""
        area = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / area, -self.b / area, -self.c / area, self.a / area
        return Matrix(a, b, c, d, -(self.e * a + self.f * c), -(self.e * b + self.f * d))

    @property
    def scale(self) -> float:
        """How much longer lengths become, on average over the directions."""
        return float(abs(self.a * self.d - self.b * self.c) ** 0.5)


IDENTITY = Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def page_to_seen(
    quarter_turns: int, left: float, bottom: float, right: float, top: float
) -> Matrix:
    """From a page's own system, y upwards, to the page as it is seen, y downwards.

    `quarter_turns` are those of /Rotate, clockwise; the box is the visible one, before turning.
    """
    if quarter_turns == 0:
        return Matrix(1, 0, 0, -1, -left, top)
    if quarter_turns == 1:
        return Matrix(0, 1, 1, 0, -bottom, -left)
    if quarter_turns == 2:
        return Matrix(-1, 0, 0, 1, right, -bottom)
    return Matrix(0, -1, -1, 0, top, right)
