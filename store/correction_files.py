"""The ledger as a CSV file, for a copy of it and for the work of several people.

UTF-8 with a header of the names of an entry; empty for null. A file written by hand may leave out
`correction_id`: the entry then has an id that follows from what it says, so that to import the
file again adds nothing. `original_...` may be left out too.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid5

from normalize.report import Status
from store.errors import CorrectionRefused, ExportFailed
from store.export_csv import value_to_field
from store.ledger import NAMES, Correction, Kind, moment_to_text, text_to_moment
from store.values import decimal_to_text, text_to_storable

REQUIRED = ("sha256", "form", "table", "row", "column", "decision", "who", "why", "made_at")
_T = TypeVar("_T", Kind, Status)
_NAMESPACE = UUID("6f6e676b-6169-4c65-8d67-657220657472")
_HEX = set("0123456789abcdef")


def write_corrections(entries: Sequence[Correction], path: Path) -> None:
    """The file, whole or not at all; ExportFailed when it cannot be written."""
    lines = [",".join(NAMES)]
    for entry in entries:
        lines.append(",".join(value_to_field(_to_field(getattr(entry, n))) for n in NAMES))
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ExportFailed(f"{path}: {error.strerror}", "name another file") from error


def _to_field(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_to_text(value)
    if isinstance(value, datetime):
        return moment_to_text(value)
    return value


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The entries in a file; CorrectionRefused with every line that is wrong, and why."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorrectionRefused(f"{path}: {error.strerror}", "name the file") from error
    except UnicodeDecodeError as error:
        raise CorrectionRefused(f"{path} is not in UTF-8", "save it as CSV UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    entries: list[Correction] = []
    wrong: list[str] = []
    try:
        head = [name.strip() for name in next(reader, [])]
        if lacking := [name for name in REQUIRED if name not in head]:
            raise CorrectionRefused(
                f"{path}: the columns {', '.join(lacking)} are not there",
                "see the file that 'gongkai correct --export' writes",
            )
        for cells in reader:
            if any(cell.strip() for cell in cells):
                try:
                    entries.append(_row_to_entry(dict(zip(head, cells, strict=True))))
                except ValueError as error:
                    wrong.append(f"line {reader.line_num}: {error}")
    except csv.Error as error:
        raise CorrectionRefused(
            f"{path} line {reader.line_num}: {error}", "correct the quotes in it"
        ) from error
    if wrong:
        raise CorrectionRefused(
            f"{path}: {'; '.join(wrong)}", "correct these lines; nothing was imported"
        )
    return tuple(entries)


def _row_to_entry(row: dict[str, str]) -> Correction:
    """ValueError says what is wrong with the line."""
    for name in REQUIRED:
        if not row[name].strip():
            raise ValueError(f"{name} is empty")
    sha256 = row["sha256"].strip().lower()
    if len(sha256) != 64 or not set(sha256) <= _HEX:
        raise ValueError(f"sha256 {row['sha256']!r} is no digest of 64 hexadecimal digits")
    decision = _one_of(Kind, row["decision"], "decision")
    status = row.get("original_status") or None
    given = row.get("correction_id", "").strip()
    entry = Correction(
        correction_id="",
        sha256=sha256,
        form=row["form"].strip(),
        table=row["table"].strip(),
        row=row["row"].strip(),
        column=row["column"].strip(),
        decision=decision,
        value=_number(row.get("value", ""), "value"),
        who=text_to_storable(row["who"].strip()),
        why=text_to_storable(row["why"].strip()),
        made_at=text_to_moment(row["made_at"].strip()),
        refers_to=row.get("refers_to", "").strip() or None,
        original_value=_number(row.get("original_value", ""), "original_value"),
        original_status=_one_of(Status, status, "original_status") if status else None,
        original_raw=_raw(row, status),
    )
    if (entry.refers_to is not None) != (decision is Kind.WITHDRAW):
        raise ValueError("refers_to goes with the decision withdraw, and with no other")
    if decision is Kind.WITHDRAW and entry.value is not None:
        raise ValueError("a withdrawal has no value")
    return Correction(_id_of(given, entry), *(getattr(entry, name) for name in NAMES[1:]))


def _raw(row: dict[str, str], status: str | None) -> str | None:
    """Empty text is null in CSV; a blank cell that is there was printed empty."""
    raw = row.get("original_raw", "")
    return raw or ("" if status == Status.BLANK.value else None)


def _id_of(given: str, entry: Correction) -> str:
    if not given:
        said = [value_to_field(_to_field(getattr(entry, name))) for name in NAMES[1:12]]
        return str(uuid5(_NAMESPACE, "\n".join(said)))
    try:
        return str(UUID(given))
    except ValueError:
        raise ValueError(f"correction_id {given!r} is no UUID; leave it empty") from None


def _one_of(kind: type[_T], text: str, name: str) -> _T:
    try:
        return kind(text.strip())
    except ValueError:
        raise ValueError(f"{name} {text!r} is none of {', '.join(kind)}") from None


def _number(text: str, name: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        number = Decimal(text.strip())
        decimal_to_text(number)
    except (ArithmeticError, ValueError):
        raise ValueError(f"{name} {text!r} is no number") from None
    return number
