"""A report made ready for the database where it was read, so that the writer need not do it.

A worker knows the numbers of the fields from a text that the writer gave it. When the rows are
written these numbers are looked at once more: those of other forms would name other cells.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

from sqlalchemy import Connection, Engine

from normalize.report import Report
from store.connections import reading
from store.fields import StoredField, stored_fields
from store.names import Name, name_of
from store.panel_facts import rows_to_panel_facts
from store.rows import Facts, ReportRows, report_to_rows

_values = attrgetter(*(field.name for field in fields(StoredField)))


@dataclass(frozen=True, slots=True)
class Numbering:
    """The fields of a database by name, their names by number; `digest` is of both, with units."""

    digest: str
    cells: Mapping[Name, StoredField]
    names: Mapping[int, Name]


@dataclass(frozen=True, slots=True)
class Finished:
    """All that is stored of a report as it was read, numbered as in the `numbering` of a digest."""

    numbering: str
    rows: ReportRows
    panel: tuple[Facts, ...]

    @property
    def sha256(self) -> str:
        return str(self.rows.report["sha256"])

    @property
    def source(self) -> str:
        """The name of the file, as databases can hold it."""
        return str(self.rows.report["source"])


def finish(report: Report, numbering: Numbering, as_read: Report | None = None) -> Finished:
    """The report's rows and what follows from them; `as_read` is it before people's corrections.

    ReportRefused when the report contradicts itself or the forms.
    """
    rows = report_to_rows(report, numbering.cells, as_read)
    return Finished(numbering.digest, rows, rows_to_panel_facts(rows, numbering.names))


def numbering_text(engine: Engine) -> str:
    """The numbering of a database as a text for other processes (see `text_to_numbering`)."""
    with reading(engine) as connection:
        return _fields_to_text(stored_fields(connection))


def stored_numbering(connection: Connection) -> Numbering:
    return text_to_numbering(_fields_to_text(stored_fields(connection)))


def _fields_to_text(stored: Iterable[StoredField]) -> str:
    return json.dumps([_values(field) for field in stored], ensure_ascii=False)


@lru_cache(maxsize=2)
def text_to_numbering(text: str) -> Numbering:
    stored = [StoredField(*row) for row in json.loads(text)]
    cells = {name_of(field): field for field in stored}
    names = {field.field_id: name for name, field in cells.items()}
    numbered = sorted((field.field_id, *name, field.unit) for name, field in cells.items())
    digest = hashlib.sha256(json.dumps(numbered, ensure_ascii=False).encode()).hexdigest()
    return Numbering(digest, cells, names)
