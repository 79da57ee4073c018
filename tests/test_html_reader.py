"""Web pages of every kind: archives, pages of no use, any bytes at all, real reports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.document import Table, Text
from extract.errors import BrokenFile, EmptyFile, ExtractError, NoTextLayer
from extract.html.reader import read
from tests.grids import table_to_html, tables
from tests.html_pages import rows_of, table_of

REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"


def test_web_archive() -> None:
    data = (
        b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=b\r\n"
        b'\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=B9=E6=D5=C2</p>\r\n--b--\r\n"
    )
    assert read(data).blocks == (Text("paragraph", "规章"),)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<html></html>", EmptyFile),
        (b"<html><p>&nbsp;</p><script>1</script>", EmptyFile),
        (b"<html><img src='scan.jpg'>", NoTextLayer),
        (b"<div>" * 100_000, BrokenFile),
        (b"<table><tr><td>" * 500 + b"1", BrokenFile),
    ],
)
def test_what_cannot_be_read(data: bytes, error: type[ExtractError]) -> None:
    with pytest.raises(error):
        read(data)


def test_missing_row_spans_emulated_by_empty_cells() -> None:
    """Heads as some sites write them: empty cells where a span should be, no span at all."""
    empty = "<td>&nbsp;</td>"
    kinds = "".join(f"<td>{name}</td>" for name in ("结果维持", "结果纠正", "尚未审结"))
    table = table_of(
        "<table><tr><td colspan=3>行政复议<td colspan=3>行政诉讼</tr>"
        f"<tr>{kinds}{kinds}</tr><tr>{empty * 3}{kinds}</tr><tr>{'<td>0' * 6}</tr></table>"
    )
    assert (table.rows, table.columns) == (4, 6)
    assert rows_of(table)[2] == ["\u00a0"] * 3 + ["结果维持", "结果纠正", "尚未审结"]
    assert rows_of(table)[3] == ["0"] * 6


@settings(max_examples=60)
@given(tables())
def test_rendered_tables_are_read_back(table: Table) -> None:
    assert table_of(table_to_html(table)) == table


@given(st.text(st.sampled_from("<>/=\"' tabledrpscon1&;!-[]规章"), max_size=300))
def test_any_markup_is_read_or_raises_an_extract_error(markup: str) -> None:
    try:
        read(("<html>" + markup).encode())
    except ExtractError as error:
        assert error.remedy


@given(st.binary(max_size=1000))
def test_any_bytes_are_read_or_raise_an_extract_error(data: bytes) -> None:
    try:
        read(data)
    except ExtractError as error:
        assert error.remedy


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize("folder", sorted(REPORTS.glob("*-html")), ids=lambda path: path.name)
def test_real_pages_hold_every_figure(folder: Path) -> None:
    """Cell by cell in the order of the form: what is read is what a person read."""
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as stream:
        gold = list(csv.DictReader(stream))
    tables = [
        block
        for block in read((folder / "source.html").read_bytes()).blocks
        if isinstance(block, Table)
    ][-3:]
    for name, table in zip(("proactive", "requests", "proceedings"), tables, strict=True):
        expected = [row["value"] for row in gold if row["table"] == name]
        assert [text.strip() for text in figure_cells(table)] == expected


def figure_cells(table: Table) -> list[str]:
    """The texts of the cells that hold a figure or stand in its place, by row and column."""
    if table.columns == 10:
        return [cell.text for cell in table.cells if cell.row >= 3 and cell.column >= 3]
    if table.columns == 15:
        return [cell.text for cell in table.cells if cell.row == table.rows - 1]
    return [cell.text for cell in table.cells if cell.text.strip().isdigit()]
