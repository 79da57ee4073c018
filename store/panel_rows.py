"""One wide row a report, the measures of the panel, kept beside its observations.

To look up 75 measures among 200 observations of each report takes a view minutes on 100,000
reports; the rows of this table take a second. They are written in the transaction that writes
the observations, from what is stored, so whatever changes observations calls `refresh_panel_rows`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from sqlalchemy import Connection, delete, insert, select

from normalize.report import Verdict
from store.measuring import Cell as Cell
from store.measuring import Outcomes as Outcomes
from store.measuring import cells_to_row as cells_to_row
from store.names import Name
from store.readable import checks, observations
from store.schema import fields, panel_rows, reports

_AT_ONCE = 500
"""Reports asked for by one statement: SQLite takes 32,766 parameters, older ones 999."""


def rows_digest() -> str:
    """Changes with whatever the rows follow from."""
    folder = resources.files("store")
    names = ("measures.toml", "measures.py", "measuring.py", "panel_rows.py")
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()


def refill_panel_rows(connection: Connection) -> None:
    """Make the rows of all reports anew."""
    connection.execute(delete(panel_rows))
    ids = connection.scalars(
        select(reports.c.report_id).where(reports.c.status != Verdict.QUARANTINED.value)
    ).all()
    _write(connection, ids)


def refresh_panel_rows(connection: Connection, report_ids: Sequence[str]) -> None:
    """Make the rows of some reports anew, as their stored observations and checks now are."""
    for part in _parts(report_ids):
        connection.execute(delete(panel_rows).where(panel_rows.c.report_id.in_(part)))
        ids = connection.scalars(
            select(reports.c.report_id).where(
                reports.c.report_id.in_(part), reports.c.status != Verdict.QUARANTINED.value
            )
        ).all()
        _write(connection, ids)


def _write(connection: Connection, report_ids: Sequence[str]) -> None:
    names: dict[int, Name] = {
        number: (form, table, row, column)
        for number, form, table, row, column in connection.execute(
            select(fields.c.field_id, fields.c.form, fields.c.table, fields.c.row, fields.c.column)
        )
    }
    for part in _parts(report_ids):
        cells = _read_cells(connection, part, names)
        outcomes = _read_outcomes(connection, part)
        connection.execute(
            insert(panel_rows),
            [
                {
                    "report_id": report_id,
                    **cells_to_row(cells.get(report_id, {})),
                    **outcomes.get(report_id, Outcomes()).to_row(),
                }
                for report_id in part
            ],
        )


def _parts(report_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (report_ids[at : at + _AT_ONCE] for at in range(0, len(report_ids), _AT_ONCE))


def _read_cells(
    connection: Connection, report_ids: Sequence[str], names: Mapping[int, Name]
) -> dict[str, dict[Name, Cell]]:
    o = observations.c
    found: dict[str, dict[Name, Cell]] = {}
    chosen = select(o.report_id, o.field_id, o.value_exact, o.status, o.flagged).where(
        o.report_id.in_(report_ids)
    )
    for report_id, field_id, digits, status, flagged in connection.execute(chosen).all():
        found.setdefault(report_id, {})[names[field_id]] = Cell(digits, status, flagged)
    return found


def _read_outcomes(connection: Connection, report_ids: Sequence[str]) -> dict[str, Outcomes]:
    c = checks.c
    found: dict[str, Outcomes] = {}
    for report_id, table, kind, passed, blank_as_zero in connection.execute(
        select(c.report_id, c.table, c.kind, c.passed, c.blank_as_zero).where(
            c.report_id.in_(report_ids), c.passed.is_not(True)
        )
    ):
        found.setdefault(report_id, Outcomes()).count(table, kind, passed, blank_as_zero)
    return found
