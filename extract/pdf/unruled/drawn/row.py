"""A row of cells in the order of drawing."""

from __future__ import annotations

from dataclasses import dataclass

from extract.pdf.glue import NUMBERED
from extract.pdf.unruled.drawn.cells import DrawnCell
from extract.pdf.unruled.drawn.words import BANNER, UNITS


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """Cells from left to right."""

    cells: tuple[DrawnCell, ...]

    @property
    def figures(self) -> int:
        return sum(1 for cell in self.cells if cell.figure)

    @property
    def top(self) -> float:
        return min(cell.box[1] for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.box[3] for cell in self.cells)

    @property
    def is_banner(self) -> bool:
        return len(self.cells) == 1 and BANNER.search(self.cells[0].text) is not None

    @property
    def is_labels(self) -> bool:
        """Whether it has labels alone, the last one numbered as no head is, or a unit behind."""
        if self.figures:
            return False
        return self.is_measured or NUMBERED.match(self.cells[-1].text) is not None

    @property
    def is_measured(self) -> bool:
        """Whether it ends in the unit of a figure that is left blank."""
        return len(self.cells) > 1 and not self.figures and self.cells[-1].text in UNITS
