"""Labels of rows in several columns: which labels stand for groups of rows, and for how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from extract.document import BBox
from extract.pdf.piece import PieceCell
from extract.pdf.unruled.tokens import Token

_ORDINALS = "一二三四五六七八九十"
_ORDINAL = re.compile(r"[（(]?(?:(\d{1,2})|([一二三四五六七八九十]))[）)、．.]")

_OFF_MIDDLE = 0.2
"""A group's label is off the middle of its rows by no more than this share of their distance."""


@dataclass(slots=True)
class Row:
    """A row at its height: for each column of labels its tokens, for each other its value.

    A `plain` row has a label alone, which reaches over the values. `inside` is the column of the
    labels around a row that has none.
    """

    height: float
    labels: list[list[Token]]
    values: list[Token | None]
    plain: bool = False
    inside: int = -1

    @property
    def own(self) -> int:
        """The column of the row's own label, the innermost that has any; -1 without labels."""
        return max((i for i, tokens in enumerate(self.labels) if tokens), default=self.inside)


class VerticalLabel(Protocol):
    """What is needed of a vertical label."""

    @property
    def text(self) -> str: ...
    @property
    def bbox(self) -> BBox: ...


def rows_to_label_cells(
    rows: Sequence[Row], labels: Sequence[VerticalLabel], xs: Sequence[float], zones: int, page: int
) -> list[PieceCell]:
    """A cell for each row's own label, and cells for groups in the columns before it."""
    cells: list[PieceCell] = []
    _set_inside(rows)
    heights = _centred_labels(rows) if zones else {}
    for number, row in enumerate(rows):
        own = max(row.own, 0)
        if number in heights:
            start, stop = heights[number]
            cell = _own_cell(start, own, row, xs, zones, page)
            cells.append(cell._replace(rowspan=stop - start))
        elif zones and not any(start <= number < stop for start, stop in heights.values()):
            cells.append(_own_cell(number, own, row, xs, zones, page))
    for column in range(zones):
        for start, stop in _groups(rows, column):
            cells.append(_group_cell(rows, start, stop, column, labels, xs, page))
    return cells


def _set_inside(rows: Sequence[Row]) -> None:
    """Rows without a label stand in the column that the labels before and after them agree on."""
    labelled = [number for number, row in enumerate(rows) if row.own >= 0]
    for before, after in pairwise(labelled):
        for row in rows[before + 1 : after]:
            row.inside = min(rows[before].own, rows[after].own)


def _centred_labels(rows: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """For each row with a label that stands midway beside several the first and one after the last.

    Labels of groups whose rows have none of their own are so told, but only where each label
    stands in the middle of what is its own, and together they leave no row out.
    """
    found: dict[int, tuple[int, int]] = {}
    pitch = min([b.height - a.height for a, b in pairwise(rows)], default=0.0)
    start = 0
    for number, row in enumerate(rows):
        if not any(row.labels):
            continue
        _, box = _joined(row.labels[row.own])
        if box is None or start == len(rows):
            return {}
        middle = (box[1] + box[3]) / 2
        last = min(
            range(start, len(rows)),
            key=lambda i: abs(rows[start].height + rows[i].height - 2 * middle),
        )
        off = abs(rows[start].height + rows[last].height - 2 * middle) / 2
        if not start <= number <= last or off > _OFF_MIDDLE * pitch:
            return {}
        if last > start:
            found[number] = (start, last + 1)
        start = last + 1
    return found if start == len(rows) else {}


def _own_cell(
    number: int, own: int, row: Row, xs: Sequence[float], zones: int, page: int
) -> PieceCell:
    tokens = row.labels[own]
    text, box = _joined(tokens)
    if box is None:
        box = (xs[own], row.height - 1, xs[zones], row.height + 1)
    reach = len(xs) - 1 if row.plain else zones
    return PieceCell(number, own, 1, reach - own, text, page, box)


def _joined(tokens: Sequence[Token]) -> tuple[str, BBox | None]:
    if not tokens:
        return "", None
    ordered = sorted(tokens, key=lambda token: (round(token.height), token.bbox[0]))
    box = (
        min(t.bbox[0] for t in tokens),
        min(t.bbox[1] for t in tokens),
        max(t.bbox[2] for t in tokens),
        max(t.bbox[3] for t in tokens),
    )
    return "\n".join(token.text for token in ordered), box


def _groups(rows: Sequence[Row], column: int) -> list[tuple[int, int]]:
    """Runs of rows whose own labels stand further in; a new one where numbering starts again."""
    groups: list[tuple[int, int]] = []
    last = 0
    for number, row in enumerate(rows):
        if row.own <= column:
            continue
        ordinal = _ordinal(row) if row.own == column + 1 else 0
        if groups and groups[-1][1] == number and not 0 < ordinal <= last:
            groups[-1] = (groups[-1][0], number + 1)
        else:
            groups.append((number, number + 1))
            last = 0
        last = ordinal or last
    return groups


def _ordinal(row: Row) -> int:
    """The number that a row's own label begins with, 0 without one."""
    text, _ = _joined(row.labels[row.own])
    number = text_to_ordinal(text)
    return number[1] if number else 0


def text_to_ordinal(text: str) -> tuple[str, int] | None:
    """The number that a label begins with, after its brackets or mark; None without a number."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    kind = "（）" if match[0][0] in "（(" else match[0][-1]
    return kind, int(match[1]) if match[1] else _ORDINALS.index(match[2]) + 1


def _group_cell(
    rows: Sequence[Row],
    start: int,
    stop: int,
    column: int,
    labels: Sequence[VerticalLabel],
    xs: Sequence[float],
    page: int,
) -> PieceCell:
    """The group's cell, open where the table may go on over a page break."""
    tokens = [token for row in rows[start:stop] for token in row.labels[column]]
    text, box = _joined(tokens)
    top, bottom = rows[start].height, rows[stop - 1].height
    for label in labels:
        middle = (label.bbox[1] + label.bbox[3]) / 2
        beside = label.bbox[0] < xs[column + 1] and label.bbox[2] > xs[column]
        if beside and not text and top <= middle <= bottom:
            text, box = label.text, label.bbox
    return PieceCell(
        row=start,
        column=column,
        rowspan=stop - start,
        colspan=1,
        text=text,
        page=page,
        bbox=box or (xs[column], top, xs[column + 1], bottom),
        open_top=start == 0,
        open_bottom=stop == len(rows),
    )
