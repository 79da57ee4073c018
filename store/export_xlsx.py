"""The tables as one workbook: a sheet each, head frozen and filtered, nothing run as a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from store.contract import Exportable, ExportColumn, Kind
from store.errors import ExportFailed

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
SPREADSHEET_DIGITS = 15

_WIDTHS: dict[Kind, int] = {
    "text": 20,
    "prose": 60,
    "integer": 8,
    "float": 9,
    "boolean": 9,
    "decimal": 14,
    "date": 12,
}
_STAMP = datetime(2000, 1, 1)


def write_workbook(
    connection: Connection, tables: Iterable[Exportable], path: Path
) -> tuple[str, ...]:
    """Write the file; what comes back says which texts were cut to fit their cell.

    ExportFailed, before anything is written, when a table has more rows than a sheet.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

    chosen = tuple(tables)
    for table in chosen:
        rows = table.count(connection)
        if rows >= MOST_ROWS:
            raise ExportFailed(
                f"{table.name} has {rows:,} rows, a sheet holds {MOST_ROWS - 1:,}",
                "export csv or parquet",
            )
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # The sheets grow in files of their own, which must go too when the writing breaks off.
    with TemporaryDirectory(prefix=".sheets-", dir=path.parent) as folder:
        book = xlsxwriter.Workbook(path, {**options, "tmpdir": folder})
        # The time of writing would make two exports of the same content differ.
        book.set_properties({"created": _STAMP, "title": "gongkai"})
        notes = [note for table in chosen for note in _write_sheet(connection, table, book)]
        try:
            book.close()
        except XlsxFileError as error:
            raise ExportFailed(f"{path.parent}: {error}", "make room or export csv") from error
    return tuple(notes)


def _write_sheet(connection: Connection, table: Exportable, book: Any) -> list[str]:
    notes: list[str] = []
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(_WIDTHS[column.kind], min(len(column.name) + 3, 40)))
        sheet.write_string(0, place, column.name, bold)
    line = 0
    for line, row in enumerate(table.rows(connection), start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            cut = _write_cell(sheet, line, place, column, value, day)
            if cut:
                notes.append(f"{table.name} row {line + 1}, {column.name}: {cut}")
    sheet.autofilter(0, 0, line, len(table.columns) - 1)
    return notes


def _write_cell(
    sheet: Any, line: int, place: int, column: ExportColumn, value: object, day: Any
) -> str | None:
    """Write one cell; what comes back says how its text was cut, if it was."""
    if value is None:
        return None
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    elif isinstance(value, date):
        if value.year >= 1900:
            sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
        else:
            sheet.write_string(line, place, value.isoformat())
    elif column.kind == "decimal" and _fits_spreadsheet(str(value)):
        sheet.write_number(line, place, float(str(value)))
    else:
        text, cut = _text_to_fit(str(value))
        sheet.write_string(line, place, text)
        return cut
    return None


def _fits_spreadsheet(digits: str) -> bool:
    return len(Decimal(digits).normalize().as_tuple().digits) <= SPREADSHEET_DIGITS


def _text_to_fit(text: str) -> tuple[str, str | None]:
    """The text, or as much of it as a cell holds with a mark, and what was done."""
    if _utf16_length(text) <= MOST_CHARACTERS:
        return text, None
    mark = f"…[cut, {len(text):,} characters in all]"
    kept = text[: MOST_CHARACTERS - len(mark)]
    while _utf16_length(kept) > MOST_CHARACTERS - len(mark):
        kept = kept[:-1]
    return kept + mark, f"{len(text):,} characters, cut to {len(kept):,}"


def _utf16_length(text: str) -> int:
    """Spreadsheets count characters outside the basic plane twice."""
    return len(text) + sum(character > "\uffff" for character in text)
