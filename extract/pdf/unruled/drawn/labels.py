"""The labels of rows -> cells in columns of their own, groups included.

A group's label is drawn before those of its first row; how far the group reaches is told by the
labels that follow. Numbers tell the rank of a label: 一、 before （一） before 1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.document import BBox
from extract.pdf.piece import PieceCell
from extract.pdf.unruled.drawn.cells import DrawnCell

_RANKS = (
    re.compile(r"[一二三四五六七八九十]{1,3}、"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\d{1,2}[.．、]"),
)
_REQUESTS = re.compile("信息公[开開]申[请請][数數]量")
"""The first rows of the form's table of requests, which has groups further down."""
_SAME_PLACE = 1.3
"""Labels of one rank begin within so many sizes of type."""
_MANY_VALUES = 5
"""A table of numbered rows with so many columns of figures has a column for each rank."""

Labels = Sequence[Sequence[DrawnCell]]
"""The labels of each row, a group's before the row's own."""


def are_set_in(labels: Labels) -> bool:
    """Whether numbered labels begin at places so far apart that these may be columns."""
    starts = [one.box[0] for row in labels for one in row if _rank(one.text) is not None]
    kinds = {_rank(one.text) for row in labels for one in row} - {None}
    em = min((one.em for row in labels for one in row), default=0.0)
    return len(kinds) > 1 and max(starts) - min(starts) > _SAME_PLACE * em


def labels_to_ranks(labels: Labels, values: int, headed: bool) -> tuple[list[list[int]], int]:
    """The column of each label, and how many columns of labels there are."""
    count = max(map(len, labels), default=0)
    numbered = {rank for row in labels for one in row if (rank := _rank(one.text)) is not None}
    grouped = count > 1 or not headed
    known = any(_REQUESTS.search("".join(one.text.split())) for row in labels for one in row)
    if values >= _MANY_VALUES and numbered and (grouped or known):
        count = len(_RANKS)
        return [_by_number(row, labels) for row in labels], count
    if count <= 1:
        return [[0] * len(row) for row in labels], count
    starts = _starts(labels)
    ranks = [[_nearest(one.box[0], starts) for one in row] for row in labels]
    return [_increasing(row, len(starts)) for row in ranks], len(starts)


def _by_number(row: Sequence[DrawnCell], labels: Labels) -> list[int]:
    """The ranks by number; a label without one has that of those that begin where it does."""
    known = [_rank(one.text) for one in row]
    ranks = [
        rank if rank is not None else _rank_by_place(one, labels)
        for one, rank in zip(row, known, strict=True)
    ]
    return _increasing(ranks, len(_RANKS))


def _rank(text: str) -> int | None:
    return next((rank for rank, kind in enumerate(_RANKS) if kind.match(text)), None)


def _rank_by_place(cell: DrawnCell, labels: Labels) -> int:
    alike = [
        (abs(one.box[0] - cell.box[0]), rank)
        for row in labels
        for one in row
        if (rank := _rank(one.text)) is not None
    ]
    least = min((x0 for row in labels for x0 in (one.box[0] for one in row)), default=0.0)
    if len(cell.lines) > 2 and len(cell.text) <= 9 and cell.box[0] <= least + cell.em:
        return 0
    return min(alike)[1] if alike else 0


def _increasing(ranks: Sequence[int], count: int) -> list[int]:
    """The ranks, each one more than the one before at least and left of the last column."""
    found = list(ranks)
    for index in range(len(found) - 2, -1, -1):
        found[index] = min(found[index], found[index + 1] - 1)
    for index in range(len(found)):
        least = found[index - 1] + 1 if index else 0
        found[index] = max(found[index], least)
    return [min(rank, count - 1) for rank in found]


def _starts(labels: Labels) -> list[float]:
    """Where columns of labels begin: apart by more than labels of one column are."""
    starts: list[float] = []
    for x0, em in sorted((one.box[0], one.em) for row in labels for one in row):
        if not starts or x0 - starts[-1] > _SAME_PLACE * em:
            starts.append(x0)
    return starts


def _nearest(x0: float, starts: Sequence[float]) -> int:
    return min(range(len(starts)), key=lambda i: abs(starts[i] - x0))


def labels_to_cells(
    labels: Labels,
    ranks: Sequence[Sequence[int]],
    spans: Sequence[tuple[float, float]],
    xs: Sequence[float],
    count: int,
    page: int,
) -> list[PieceCell]:
    """A cell for each row's own label, over rows without one below it, and cells for groups.

    `spans` are the tops and bottoms of the rows.
    """
    if not count:
        return []
    own = _own_ranks(ranks, count)
    cells: list[PieceCell] = []
    row = 0
    while row < len(labels):
        stop = row + 1
        while stop < len(labels) and not labels[stop]:
            stop += 1
        column = own[row]
        box: BBox = (xs[column], spans[row][0], xs[count], spans[stop - 1][1])
        text = ""
        if labels[row]:
            text, box = labels[row][-1].text, labels[row][-1].box
        cells.append(
            PieceCell(
                row,
                column,
                stop - row,
                count - column,
                text,
                page,
                box,
                open_top=row == 0 and not text,
            )
        )
        row = stop
    for column in range(count - 1):
        cells += _groups(labels, ranks, own, spans, xs, column, page)
    return cells


def _own_ranks(ranks: Sequence[Sequence[int]], count: int) -> list[int]:
    """The rank of each row's own label; a row without has that of the row above."""
    own: list[int] = []
    for row in ranks:
        own.append(row[-1] if row else (own[-1] if own else count - 1))
    return own


def _groups(
    labels: Labels,
    ranks: Sequence[Sequence[int]],
    own: Sequence[int],
    spans: Sequence[tuple[float, float]],
    xs: Sequence[float],
    column: int,
    page: int,
) -> list[PieceCell]:
    """The groups of one column: runs of rows whose own labels stand further in."""
    starts: list[tuple[int, DrawnCell | None]] = []
    ends: list[int] = []
    inside = False
    for row, rank in enumerate(own):
        named = next(
            (one for one, at in zip(labels[row], ranks[row], strict=True) if at == column), None
        )
        outer = any(at < column for at in ranks[row][:-1])
        if rank <= column or (inside and (named is not None or outer)):
            if inside:
                ends.append(row)
            inside = False
        if rank > column and not inside:
            starts.append((row, named))
            inside = True
    if inside:
        ends.append(len(own))
    return [
        PieceCell(
            start,
            column,
            stop - start,
            1,
            cell.text if cell else "",
            page,
            cell.box if cell else (xs[column], spans[start][0], xs[column + 1], spans[stop - 1][1]),
            open_top=start == 0,
            open_bottom=stop == len(own),
        )
        for (start, cell), stop in zip(starts, ends, strict=True)
    ]
