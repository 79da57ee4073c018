"""Camelot's tables as ours: spans, places from the top, tables without rules."""

import pytest

from extract.pdf import camelot_reader
from tests.pdf_drawing import Sheet, Span, grid, spans, tables, texts

XS = [60.0, 160.0, 260.0, 360.0]
YS = [100.0, 130.0, 160.0, 190.0]
MERGED: list[Span] = [
    (0, 0, 1, 3, "banner"),
    (1, 0, 2, 1, "rules"),
    (1, 1, 1, 1, "12"),
    (1, 2, 1, 1, "0"),
    (2, 1, 1, 2, "345"),
]


def test_spans_and_places() -> None:
    sheet = Sheet()
    sheet.text(60, 50, "Heading of the report", 12, "Helvetica")
    sheet.table(XS, YS, MERGED)
    reading = camelot_reader.read(sheet.done())
    (table,) = tables(reading)
    assert spans(table) == MERGED
    assert table.bbox == pytest.approx((60, 100, 360, 190), abs=2)
    cell = next(cell for cell in table.cells if cell.text == "345")
    assert cell.bbox == pytest.approx((160, 160, 360, 190), abs=2)
    assert [text for _, text in texts(reading)] == ["Heading of the report"]


def test_boxes_round_prose_are_no_tables() -> None:
    sheet = Sheet()
    sheet.frame(50, 90, 550, 200)
    for line in range(5):
        sheet.text(60, 100 + 18 * line, "Words of a paragraph in a box.", 10, "Helvetica")
    assert tables(camelot_reader.read(sheet.done())) == []


def test_columns_without_rules() -> None:
    sheet = Sheet()
    lines = [["received", "21", "0", "21"], ["carried", "3", "14", "17"], ["granted", "10", "2", "12"],
             ["refused", "4", "1", "5"], ["total", "38", "17", "55"]]  # fmt: skip
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.text(60 + 120 * column, 100 + 24 * row, text, 10, "Helvetica")
    (table,) = tables(camelot_reader.read(sheet.done()))
    assert grid(table) == lines
