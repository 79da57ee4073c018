"""The queue of review as a CSV file that a colleague fills in, and their decisions from it.

UTF-8 with a mark of its encoding, so that Excel shows Chinese; text that a spreadsheet would take
for a formula has an apostrophe before it. Of a file that comes back only the cell's names, `state`
and what was filled in are believed: a spreadsheet may have changed the rest.

`decision` is a number, or one of WORDS; a row without one is left for another day. `who` and `why`
may be given for the whole file instead.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine

from normalize.forms import all_fields
from normalize.report import Report
from normalize.review import Doubtful, Place, observation_to_state, report_to_doubtful
from store.errors import CorrectionRefused, ExportFailed
from store.ledger import Kind
from store.load import load_report
from store.review_queue import Wish, reports_in_doubt
from store.values import decimal_to_text, text_to_storable

ASKED = ("decision", "who", "why")
"""What is to be filled in."""

KEYS = ("sha256", "form", "table", "row", "column", "state")
COLUMNS = (
    *("agency", "year", "source", "page", "row_label", "column_label", "unit"),
    *("printed", "value", "status", "suggestion", "suggested_by", "doubts"),
    *ASKED,
    *KEYS,
)
WORDS = {
    "as_printed": Kind.AS_PRINTED,
    "as printed": Kind.AS_PRINTED,
    "原文如此": Kind.AS_PRINTED,
    "suggestion": Kind.SUGGESTION,
    "采用建议": Kind.SUGGESTION,
    "blank": Kind.VALUE,
    "没有数字": Kind.VALUE,
}
"""What may be written instead of a number."""

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MARK = "\ufeff"
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Line:
    """One row that was filled in: `text` is the decision as it was written."""

    number: int
    sha256: str
    place: Place
    state: str
    text: str
    who: str
    why: str


def write_queue(engine: Engine, wish: Wish, path: Path, most: int | None = None) -> int:
    """Write what is to be reviewed, the most informative first; how many cells.

    The file is written whole or not at all; ExportFailed when it cannot be.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            count = _write(engine, wish, file, most)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ExportFailed(f"{path}: {error.strerror}", "name another file") from error
    return count


def _write(engine: Engine, wish: Wish, file: TextIO, most: int | None) -> int:
    writer = csv.writer(file, lineterminator="\r\n")
    file.write(_MARK)
    writer.writerow(COLUMNS)
    count = 0
    for report, doubtful in _queue(engine, wish):
        if most is not None and count >= most:
            break
        writer.writerow([harmless(cell) for cell in _to_row(report, doubtful)])
        count += 1
    return count


def _queue(engine: Engine, wish: Wish) -> Iterator[tuple[Report, Doubtful]]:
    for found in reports_in_doubt(engine, wish):
        report = load_report(engine, found.report_id)
        for doubtful in report_to_doubtful(report, wish.check):
            yield report, doubtful


def _to_row(report: Report, doubtful: Doubtful) -> tuple[str, ...]:
    o = doubtful.observation
    labels = _labels().get(doubtful.place, ("", ""))
    said = {
        "agency": report.agency,
        "year": report.year,
        "source": report.source,
        "page": o.page,
        "row_label": labels[0],
        "column_label": labels[1],
        "unit": o.unit,
        "printed": o.raw,
        "value": None if o.value is None else decimal_to_text(o.value),
        "status": o.status.value,
        "suggestion": None if o.suggestion is None else decimal_to_text(o.suggestion),
        "suggested_by": o.suggested_by,
        "doubts": "; ".join(o.doubts),
        "sha256": report.sha256,
        "form": o.form,
        "table": o.table,
        "row": o.row,
        "column": o.column,
        "state": str(observation_to_state(o)),
    }
    return tuple("" if said.get(name) is None else str(said[name]) for name in COLUMNS)


def _labels() -> dict[Place, tuple[str, str]]:
    return {(f.form, f.table, f.row, f.column): (f.row_label, f.column_label) for f in all_fields()}


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def read_lines(path: Path) -> tuple[Line, ...]:
    """The rows that were filled in; CorrectionRefused when the file is not to be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorrectionRefused(f"{path}: {error.strerror}", "name the file") from error
    except UnicodeDecodeError as error:
        remedy = "save it as 'CSV UTF-8', which Excel offers"
        raise CorrectionRefused(f"{path} is not in UTF-8", remedy) from error
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lacking = [name for name in (*KEYS, "decision") if name not in (reader.fieldnames or ())]
        if lacking:
            raise CorrectionRefused(
                f"{path}: the columns {', '.join(lacking)} are not there",
                "fill in the file that 'gongkai review --export' writes, and keep its columns",
            )
        return tuple(_lines(reader))
    except csv.Error as error:
        place = f"{path} line {reader.line_num}"
        raise CorrectionRefused(f"{place}: {error}", "correct the quotes in it") from error


def _lines(reader: csv.DictReader[str]) -> Iterator[Line]:
    for row in reader:
        given = {
            name: text_to_storable(" ".join((row.get(name) or "").split()))
            for name in (*KEYS, *ASKED)
        }
        if given["decision"]:
            yield Line(
                reader.line_num,
                given["sha256"].lower(),
                (given["form"], given["table"], given["row"], given["column"]),
                given["state"],
                given["decision"],
                given["who"],
                given["why"],
            )
