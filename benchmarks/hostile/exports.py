"""Exports read back: every format holds what CSV holds, and nothing in them can be run."""

from __future__ import annotations

import csv
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from store.contract import TABLES

Rows = list[dict[str, str]]

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_MOST_CHARACTERS = 32_767
"""Of a cell of a spreadsheet; longer text is cut and marked, which the export says."""


def read_csv(folder: Path) -> dict[str, Rows]:
    """The tables by name, from text that any reader of CSV takes alike."""
    csv.field_size_limit(2**31 - 1)
    tables: dict[str, Rows] = {}
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            tables[table.name] = list(csv.DictReader(file, strict=True))
    return tables


def faults_of_parquet(folder: Path, tables: Mapping[str, Rows]) -> Iterator[str]:
    """Where the Parquet files say otherwise than CSV; nothing without pyarrow."""
    from pyarrow import parquet

    for name, rows in tables.items():
        read = parquet.read_table(folder / f"{name}.parquet").to_pylist()
        if len(read) != len(rows):
            yield f"{name}.parquet has {len(read)} rows, CSV {len(rows)}"
        for at, (there, here) in enumerate(zip(read, rows, strict=False), start=1):
            for column, value in there.items():
                if isinstance(value, str) and value != here[column]:
                    yield f"{name}.parquet row {at}, {column}: {value[:60]!r}"


def faults_of_workbook(path: Path, tables: Mapping[str, Rows]) -> Iterator[str]:
    """Where the workbook says otherwise than CSV, or holds a formula, a link or a macro."""
    with zipfile.ZipFile(path) as book:
        for member in book.namelist():
            if not re.fullmatch(r"[\w./\[\]]+\.(xml|rels)", member) or "externalLink" in member:
                yield f"{path.name} has a part {member}"
        for number, name in enumerate(tables, start=1):
            with book.open(f"xl/worksheets/sheet{number}.xml") as sheet:
                yield from _faults_of_sheet(sheet, name, tables[name])


def _faults_of_sheet(sheet: IO[bytes], name: str, rows: Rows) -> Iterator[str]:
    columns = list(rows[0]) if rows else []
    at = 0
    for _, element in ElementTree.iterparse(sheet):
        if element.tag in (f"{_SHEET}f", f"{_SHEET}hyperlink"):
            yield f"{name} row {at}: a formula or a link"
        if element.tag != f"{_SHEET}row":
            continue
        at = int(element.get("r", "0"))
        for cell in element.iter(f"{_SHEET}c"):
            column = (
                columns[_letters_to_place(cell.get("r", "A").rstrip(_DIGITS))] if columns else ""
            )
            text = "".join(part.text or "" for part in cell.iter(f"{_SHEET}t"))
            if cell.get("t") != "inlineStr" or at == 1:
                continue
            said = rows[at - 2][column]
            if _unescaped(text) != said and len(said) <= _MOST_CHARACTERS:
                yield f"{name} row {at}, {column}: {text[:60]!r} for {said[:60]!r}"
        element.clear()


@cache
def _letters_to_place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def faults_of_stata(folder: Path, tables: Mapping[str, Rows]) -> Iterator[str]:
    """Where a Stata file has other numbers of rows or columns than CSV, or is cut short."""
    for name, rows in tables.items():
        data = (folder / f"{name}.dta").read_bytes()
        if not (data.startswith(b"<stata_dta>") and data.endswith(b"</stata_dta>")):
            yield f"{name}.dta is not whole"
            continue
        variables = struct.unpack("<H", _element(data, b"K"))[0]
        observations = struct.unpack("<Q", _element(data, b"N"))[0]
        if observations != len(rows):
            yield f"{name}.dta has {observations} rows, CSV {len(rows)}"
        if rows and variables != len(rows[0]):
            yield f"{name}.dta has {variables} columns, CSV {len(rows[0])}"


def _element(data: bytes, name: bytes) -> bytes:
    start = data.index(b"<" + name + b">") + len(name) + 2
    return data[start : data.index(b"</" + name + b">", start)]
