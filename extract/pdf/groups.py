"""Labels of rows in several columns: which labels stand for groups of rows, and for how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.document import BBox
from extract.pdf.piece import PieceCell
from extract.pdf.tokens import Token

_ORDINALS = "一二三四五六七八九十"
_ORDINAL = re.compile(r"[（(]?(?:(\d{1,2})|([一二三四五六七八九十]))[）)、．.]")


@dataclass(slots=True)
class Row:
    """A row at its height: for each column of labels its tokens, for each other its value.

    A `plain` row has a label alone, which reaches over the values.
    """

    height: float
    labels: list[list[Token]]
    values: list[Token | None]
    plain: bool = False

    @property
    def own(self) -> int:
        """The column of the row's own label, the innermost that has any; -1 without labels."""
        return max((i for i, tokens in enumerate(self.labels) if tokens), default=-1)


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
    for number, row in enumerate(rows):
        own = max(row.own, 0)
        if zones:
            cells.append(_own_cell(number, own, row, xs, zones, page))
    for column in range(zones):
        for start, stop in _groups(rows, column):
            cells.append(_group_cell(rows, start, stop, column, labels, xs, page))
    return cells


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
    match = _ORDINAL.match(text)
    if match is None:
        return 0
    return int(match[1]) if match[1] else _ORDINALS.index(match[2]) + 1


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
