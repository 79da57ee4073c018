"""Whole reports: every figure of gold.csv stands in a row of the reading, in order."""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from extract.document import Reading
from extract.pdf import camelot_reader
from tests.pdf_drawing import READERS, grid, tables

ROOT = Path(__file__).parents[1]


def is_complete(folder: Path) -> bool:
    """Whether gold.csv lists all that is printed, and the file says it in text."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return not meta.get("left_out") and not re.search("scan|notareport", folder.name)


FOLDERS = sorted(
    path.parent
    for reports in (ROOT / "fixtures" / "reports", ROOT.parent / "shared" / "reports")
    for path in reports.glob("*/source.pdf")
    if is_complete(path.parent)
)
MONEY = (Decimal(1), Decimal(10000))
"""What a printed amount is multiplied by to be yuan."""


def gold_rows(folder: Path) -> list[list[Decimal | str]]:
    """Rows in the order of printing: values, or the status where there is none.

    The three parts of the proceedings are one printed row.
    """
    rows: dict[tuple[str, str], list[Decimal | str]] = {}
    with (folder / "gold.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            row = "" if line["table"] == "proceedings" else line["row"]
            value = Decimal(line["value"]) if line["status"] == "reported" else line["status"]
            rows.setdefault((line["table"], row), []).append(value)
    return list(rows.values())


def is_printed(value: Decimal | str, text: str) -> bool:
    """Whether a cell's text can be read as the value of gold."""
    number = re.match(r"[-+]?\d+(\.\d+)?", re.sub(r"[\s,，]|^-(?=-)", "", text))
    if isinstance(value, str):
        return text == "" if value == "blank" else text != ""
    return number is not None and any(Decimal(number.group()) * m == value for m in MONEY)


def missing(folder: Path, reading: Reading) -> list[list[Decimal | str]]:
    """The rows of gold that are not found in order."""
    printed = iter([row for table in tables(reading) for row in grid(table)])
    return [
        values
        for values in gold_rows(folder)
        if not any(
            len(row) >= len(values) and all(map(is_printed, values, row[len(row) - len(values) :]))
            for row in printed
        )
    ]


@pytest.mark.parametrize("reader", READERS, ids=lambda r: r.__name__.split(".")[-1])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_figure_in_its_row(folder: Path, reader: ModuleType) -> None:
    reading = reader.read((folder / "source.pdf").read_bytes())
    assert missing(folder, reading) == []
    assert not [note for note in reading.notes if "cut off" in note or "runs over" in note]


def figures(reading: Reading) -> list[list[list[str]]]:
    """The figures of each row of each table."""
    return [
        [[text for text in row if re.fullmatch(r"[-+]?\d[\d.,]*", text)] for row in grid(table)]
        for table in tables(reading)
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_both_readers_read_the_same_figures(folder: Path) -> None:
    first, second = (reader.read((folder / "source.pdf").read_bytes()) for reader in READERS)
    assert figures(first) == figures(second)
    assert first.pages == second.pages
    assert first.metadata == second.metadata


def test_camelot_reads_the_tables_too() -> None:
    folder = next(folder for folder in FOLDERS if "strokes" in folder.name)
    reading = camelot_reader.read((folder / "source.pdf").read_bytes())
    assert missing(folder, reading) == []
    page = tables(reading)[0]
    assert page.bbox is not None
    assert page.page == 1
