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
        a, b, c, d, e, f = self
        if b or c:
            xs = (a * x0 + c * y0, a * x1 + c * y0, a * x0 + c * y1, a * x1 + c * y1)
            ys = (b * x0 + d * y0, b * x1 + d * y0, b * x0 + d * y1, b * x1 + d * y1)
            return (min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)
        ax, bx = a * x0 + e, a * x1 + e
        ay, by = d * y0 + f, d * y1 + f
        if ax > bx:
            ax, bx = bx, ax
        return (ax, ay, bx, by) if ay <= by else (ax, by, bx, ay)

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
