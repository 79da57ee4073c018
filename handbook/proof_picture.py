"""The picture of a wrong cell that its row and its column give away, from a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import gongkai

_COLUMN, _ROW, _LABEL, _TOP = 78, 24, 330, 56
_INK, _GREY, _DOUBT, _WRONG = "#1c2430", "#d5dae2", "#fbe3c4", "#c8102e"
_SHOWN_CHARACTERS = 22
"""Of a label, which stands in a narrow space."""

Grid = Mapping[tuple[str, str], str]
"""What is printed, by row and column."""


def draw_broken_cell(database: Path, source: str, out: Path) -> None:
    """The requests of a report, the row and the column that fail lit, with where they cross.

    What is drawn are the checks that the database has: nothing is placed by hand.
    """
    of_requests = f"WHERE source = '{source}' AND form_table = 'requests'"
    with gongkai.open(database) as db:
        cells = _ask(
            db,
            "SELECT form_row, form_column, row_label, column_label, raw FROM cells "
            f"{of_requests} ORDER BY position",
        )
        broken = _ask(
            db,
            "SELECT check_name, form_row, form_column FROM failed_checks "
            f"{of_requests} AND kind = 'H'",
        )
        [(row, column, suggestion)] = _ask(
            db,
            "SELECT form_row, form_column, CAST(suggestion AS INTEGER) FROM suggested "
            f"{of_requests} AND suggestion IS NOT NULL",
        )
    rows = {cell[0]: cell[2] for cell in cells}
    columns = {cell[1]: cell[3] for cell in cells}
    grid = {(cell[0], cell[1]): cell[4] for cell in cells}
    lit_rows = {name for check, name, _ in broken if check == "Q-ROW"}
    lit_columns = {name for check, _, name in broken if check == "Q-OUT"}
    crossing = (row, column)
    parts = [
        *_heads(columns),
        *_lines(rows, columns, grid, lit_rows, lit_columns, crossing),
        *_said(len(rows), crossing, grid[crossing], suggestion),
    ]
    width, height = _LABEL + _COLUMN * len(columns) + 10, _TOP + _ROW * len(rows) + 50
    out.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f"font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" "
        f'font-size="12" fill="{_INK}"><title>A wrong cell where a failing row and a failing '
        f'column cross</title><rect width="{width}" height="{height}" fill="#ffffff"/>'
        f"{''.join(parts)}</svg>\n",
        encoding="utf-8",
    )


def _ask(db: gongkai.Database, sql: str) -> list[tuple[str, ...]]:
    """The rows of an answer as texts."""
    return [tuple(map(str, row)) for row in db.query(sql).itertuples(index=False)]


def _heads(columns: Mapping[str, str]) -> Iterator[str]:
    for at, label in enumerate(columns.values()):
        x = _LABEL + _COLUMN * (at + 0.5)
        yield f'<text x="{x}" y="{_TOP - 12}" text-anchor="middle">{escape(label)}</text>'


def _lines(
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    grid: Grid,
    lit_rows: set[str],
    lit_columns: set[str],
    crossing: tuple[str, str],
) -> Iterator[str]:
    for down, (row, label) in enumerate(rows.items()):
        y = _TOP + _ROW * down
        short = _shortened(label.rpartition("/")[2])
        yield f'<text x="{_LABEL - 10}" y="{y + 16}" text-anchor="end">{escape(short)}</text>'
        for at, column in enumerate(columns):
            is_lit = row in lit_rows or (column in lit_columns and _is_outcome(row, rows))
            yield _box(_LABEL + _COLUMN * at, y, grid[row, column], is_lit, (row, column), crossing)


def _is_outcome(row: str, rows: Mapping[str, str]) -> bool:
    """Whether the row is one of those that a column adds up, or their total."""
    names = list(rows)
    return names.index("granted") <= names.index(row) <= names.index("concluded")


def _box(
    x: int, y: int, text: str, is_lit: bool, cell: tuple[str, str], crossing: tuple[str, str]
) -> str:
    is_wrong = cell == crossing
    fill = _WRONG if is_wrong else _DOUBT if is_lit else "#ffffff"
    ink = "#ffffff" if is_wrong else _INK
    weight = ' font-weight="bold"' if is_wrong else ""
    return (
        f'<rect x="{x}" y="{y}" width="{_COLUMN}" height="{_ROW}" fill="{fill}" '
        f'stroke="{_GREY}"/><text x="{x + _COLUMN - 10}" y="{y + 16}" text-anchor="end" '
        f'fill="{ink}"{weight}>{escape(text)}</text>'
    )


def _said(rows: int, crossing: tuple[str, str], printed: str, suggestion: str) -> Iterator[str]:
    y = _TOP + _ROW * rows + 30
    row, column = crossing
    text = f"{row}.{column}: printed {printed}; with {suggestion} its row and its column add up"
    yield f'<text x="10" y="{y}" fill="{_WRONG}" font-weight="bold">{escape(text)}</text>'


def _shortened(label: str) -> str:
    if len(label) <= _SHOWN_CHARACTERS:
        return label
    return f"{label[:_SHOWN_CHARACTERS]}…"
