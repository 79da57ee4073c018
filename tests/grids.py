"""Grids of cells with spans for property tests, and how markup writes them."""

from __future__ import annotations

from html import escape

from hypothesis import strategies as st

from extract.document import Cell, Table

TEXTS = st.text("0123456789-/\\无—规章总计（一）\u00a0\u3000", max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table covered by cells without gaps, its first row and column without spans."""
    rows = draw(st.integers(2, 6))
    columns = draw(st.integers(2, 6))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = high = 1
            if row and column:
                free = 1
                while column + free < columns and (row, column + free) not in taken:
                    free += 1
                wide = draw(st.integers(1, free))
                high = draw(st.integers(1, rows - row))
            text = draw(TEXTS) if row or column else "表"
            cells.append(Cell(row, column, text, high, wide))
            taken |= {(row + y, column + x) for y in range(high) for x in range(wide)}
    return Table(rows, columns, tuple(cells))


def table_to_html(table: Table) -> str:
    """The table as a page writes it, a line break of a cell as <br>."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        text = escape(cell.text).replace("\n", "<br>")
        rows[cell.row].append(
            f'<td rowspan="{cell.rowspan}" COLSPAN={cell.colspan}>\n  <p>{text}</p>\n</td>'
        )
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>\n" for row in rows) + "</table>"


def table_to_word(table: Table) -> str:
    """The table as WordprocessingML, vertical merges as restart and continue."""
    rows = []
    for number in range(table.rows):
        covering = [c for c in table.cells if c.row <= number < c.row + c.rowspan]
        written = "".join(
            _cell_to_word(cell, number) for cell in sorted(covering, key=lambda c: c.column)
        )
        rows.append(f"<w:tr>{written}</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def _cell_to_word(cell: Cell, number: int) -> str:
    properties = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    if cell.rowspan > 1:
        properties += '<w:vMerge w:val="restart"/>' if number == cell.row else "<w:vMerge/>"
    text = escape(cell.text) if number == cell.row else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run}</w:p></w:tc>"
