"""A block of a table in which no figure stands: heads, and labels beside blank cells.

It is part of a table only where other blocks of the table have figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.glue import NUMBERED
from extract.pdf.piece import Piece, PieceCell
from extract.pdf.unruled.heads import heads_to_cells
from extract.pdf.unruled.row_labels import SAME_LABEL
from extract.pdf.unruled.tokens import TokenLine
from extract.pdf.unruled.unfilled import heads_to_leaves
from extract.pdf.unruled.zones import Extent


def lines_to_blank_block(
    lines: Sequence[TokenLine], extent: Extent, split: float, page: int
) -> Piece | None:
    """The heads right of `split` as columns, and a row of blank cells for each label below.

    None without such heads, or where something stands beside a label.
    """
    count = next((i for i, line in enumerate(lines) if line.line.x1 <= split), len(lines))
    heads, labels = lines[:count], lines[count:]
    if not heads or any(line.line.x1 > split or len(line.tokens) > 1 for line in labels):
        return None
    leaves = [span for span in heads_to_leaves(heads)[0] if span[0] > split]
    if not leaves:
        return None
    middles = [(a + b) / 2 for a, b in leaves]
    xs = (extent.left, split, *((a + b) / 2 for a, b in pairwise(middles)), extent.right)
    cells, rows = heads_to_cells(heads, xs, 1, page)
    for label in _lines_to_labels(labels):
        top, bottom = label[0].line.top, label[-1].line.bottom
        text = "\n".join(line.line.text for line in label)
        x0, x1 = min(line.line.x0 for line in label), max(line.line.x1 for line in label)
        cells.append(PieceCell(rows, 0, 1, 1, text, page, (x0, top, x1, bottom)))
        cells += [
            PieceCell(rows, column, 1, 1, "", page, (left, top, right, bottom))
            for column, (left, right) in enumerate(pairwise(xs[1:]), 1)
        ]
        rows += 1
    box = (extent.left, lines[0].line.top, extent.right, lines[-1].line.bottom)
    return Piece(page, box, xs, rows, tuple(cells), page, box, unruled=True, label_columns=1)


def _lines_to_labels(lines: Sequence[TokenLine]) -> list[list[TokenLine]]:
    """The lines of each label, told by how close they follow each other."""
    labels: list[list[TokenLine]] = []
    for line in lines:
        if labels:
            gap = line.line.top - labels[-1][-1].line.bottom
            if gap < SAME_LABEL * line.em and NUMBERED.match(line.line.text) is None:
                labels[-1].append(line)
                continue
        labels.append([line])
    return labels
