"""Helpers of tests: a table at the foot of one page and one at the head of the next."""

from collections.abc import Sequence
from types import ModuleType

from extract.document import Table
from tests.pdf_drawing import (
    Sheet,
    Span,
    even,
    tables,
    texts,
)

XS = [60.0, 90.0, 160.0, 300.0, 360.0, 420.0]
FOOT = 760.0
HEAD = 80.0


def label_row(row: int, label: str, *figures: str) -> list[Span]:
    return [(row, 2 + number, 1, 1, text) for number, text in enumerate((label, *figures))]


def two_pages(
    above: Sequence[Span],
    below: Sequence[Span],
    above_rows: int,
    below_rows: int,
    open_bottom: bool = False,
    open_top: bool = False,
    xs_below: Sequence[float] = XS,
    number: str = "- {} -",
) -> Sheet:
    """A table at the foot of page 1 and one at the head of page 2, with page numbers."""
    sheet = Sheet()
    sheet.text(60, 100, "一、总体情况", 12)
    sheet.table(XS, even(FOOT - 24 * above_rows, 24, above_rows), above, open_bottom=open_bottom)
    sheet.text(290, 800, number.format(1), 9)
    sheet.page()
    sheet.table(xs_below, even(HEAD, 24, below_rows), below, open_top=open_top)
    sheet.text(60, 700, "五、存在的主要问题及改进情况", 12)
    sheet.text(290, 800, number.format(2), 9)
    return sheet


def only_table(reader: ModuleType, sheet: Sheet) -> Table:
    reading = reader.read(sheet.done())
    found = tables(reading)
    assert len(found) == 1
    assert [text for _, text in texts(reading)] == ["一、总体情况", "五、存在的主要问题及改进情况"]
    return found[0]
