"""A property of stitching: wherever pages cut a table, and however often, it is read whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pdf import pdfium_reader
from tests.pdf_drawing import Sheet, Span, even, spans, tables

HEAD, FOOT = 60.0, 780.0
GROUPS = ("（一）予以公开", "（二）部分公开", "（三）不予公开", "（四）无法提供", "（五）不予处理")
SUB_LABELS = "甲乙丙丁戊己庚"
XS = [50.0, 120.0, 210.0, *even(270.0, 50.0, 4)]


@dataclass(frozen=True)
class Drawn:
    """Groups of rows of figures under a head, and the rows in front of which a page ends."""

    groups: tuple[tuple[tuple[str, ...], ...], ...]
    cuts: tuple[int, ...]
    repeats_head: bool

    @property
    def rows(self) -> int:
        return sum(map(len, self.groups))


@st.composite
def tables_over_pages(draw: st.DrawFn) -> Drawn:
    figures = st.tuples(*[st.integers(0, 99999).map(str)] * 4)
    groups = draw(
        st.lists(st.lists(figures, min_size=1, max_size=7).map(tuple), min_size=2, max_size=5)
    )
    rows = sum(map(len, groups))
    cuts = draw(st.sets(st.integers(1, rows - 1), min_size=1, max_size=3)) if rows > 1 else set()
    return Drawn(tuple(groups), tuple(sorted(cuts)), draw(st.booleans()))


def table_to_spans(table: Drawn, start: int, stop: int, head: bool) -> list[Span]:
    """The cells of the rows from `start` to `stop`; a group that began before has no label."""
    found: list[Span] = []
    below = 0
    if head:
        found += [(0, at, 1, 1, text) for at, text in enumerate(("类别", "情形", *"子丑寅卯"))]
        below = 1
    at = 0
    for label, rows in zip(GROUPS, table.groups, strict=False):
        first, last = max(at, start), min(at + len(rows), stop)
        if first < last:
            said = label if first == at else ""
            found.append((first - start + below, 0, last - first, 1, said))
        for number, figures in enumerate(rows):
            if start <= at + number < stop:
                row = at + number - start + below
                sub = f"{number + 1}.{SUB_LABELS[number]}"
                found += [(row, 1 + c, 1, 1, text) for c, text in enumerate((sub, *figures))]
        at += len(rows)
    return sorted(found)


def draw_pages(table: Drawn) -> bytes:
    """Each page's piece fills it down to the foot where the table goes on, from the head."""
    sheet = Sheet()
    bounds = [0, *table.cuts, table.rows]
    for number, (start, stop) in enumerate(pairwise(bounds)):
        if number:
            sheet.page()
        piece = table_to_spans(table, start, stop, head=number == 0 or table.repeats_head)
        count = max(row + rowspan for row, _, rowspan, _, _ in piece)
        goes_on, went_on = stop < table.rows, number > 0
        height = (FOOT - HEAD) / count if goes_on and went_on else 20.0
        top = HEAD if went_on else FOOT - count * height
        draw_piece(sheet, piece, even(top, height, count), starts_group(table, stop))
    return sheet.done()


def starts_group(table: Drawn, row: int) -> bool:
    """Whether a row, or the end, is where a group begins."""
    return row in {sum(map(len, table.groups[:n])) for n in range(len(table.groups) + 1)}


def draw_piece(sheet: Sheet, piece: Sequence[Span], ys: Sequence[float], closed: bool) -> None:
    """The cells; the label of a group that is cut has no rule at the cut."""
    last = len(ys) - 1
    for row, column, rowspan, colspan, text in piece:
        goes_on = column == 0 and row + rowspan == last and not closed
        went_on = column == 0 and row == 0 and not text
        sheet.table(
            [XS[column], XS[column + colspan]],
            [ys[row], ys[row + rowspan]],
            [(0, 0, 1, 1, text)],
            open_bottom=goes_on,
            open_top=went_on,
        )


@given(tables_over_pages())
@settings(max_examples=40, deadline=None)
def test_a_table_cut_anywhere_is_read_as_it_was(table: Drawn) -> None:
    found = tables(pdfium_reader.read(draw_pages(table)))
    assert [spans(one) for one in found] == [table_to_spans(table, 0, table.rows, head=True)]
