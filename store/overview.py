"""What a database holds at a glance: reports by year, how sure they are, what was refused."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, func, select

from normalize.report import Verdict
from store.connections import reading, url_to_file
from store.schema import panel_checks, reports
from store.schema_cells import check_rows, check_rules, observation_rows, statement_rows

_DETAIL = re.compile(r"\d+|'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what is current; superseded reports are counted apart.

    `years` are (year, reports accepted, reports to review), `quarantined` (reason, files), the
    most frequent first. `bytes_on_disk` is None for a server's database.
    """

    accepted: int
    to_review: int
    superseded: int
    cells: int
    flagged: int
    failed_checks: int
    failed_panel_checks: int
    statements: int
    years: tuple[tuple[int | None, int, int], ...]
    quarantined: tuple[tuple[str, int], ...]
    bytes_on_disk: int | None


def overview(engine: Engine) -> Overview:
    """The counts, all at one moment."""
    with reading(engine) as connection:
        current = reports.c.superseded_by.is_(None)
        by_verdict = _counts(connection, select(reports.c.status).where(current))
        return Overview(
            accepted=by_verdict[Verdict.ACCEPTED],
            to_review=by_verdict[Verdict.NEEDS_REVIEW],
            superseded=_number(
                connection, select(func.count()).select_from(reports).where(~current)
            ),
            cells=_of_current(connection, observation_rows),
            flagged=_of_current(connection, observation_rows, observation_rows.c.flagged),
            failed_checks=_number(connection, _failed_checks()),
            failed_panel_checks=_of_current(
                connection,
                panel_checks,
                panel_checks.c.passed.is_(False),
                panel_checks.c.kind != "I",
            ),
            statements=_of_current(connection, statement_rows),
            years=_years(connection),
            quarantined=_reasons(connection),
            bytes_on_disk=_bytes_on_disk(engine),
        )


def _of_current(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    key = "report_key" if "report_key" in table.c else "report_id"
    chosen = (
        select(func.count())
        .select_from(table.join(reports, reports.c[key] == table.c[key]))
        .where(reports.c.superseded_by.is_(None), *conditions)
    )
    return _number(connection, chosen)


def _failed_checks() -> Select[Any]:
    """How many checks of current reports failed, remarks aside."""
    return (
        select(func.count())
        .select_from(check_rows)
        .join(check_rules, check_rules.c.rule_id == check_rows.c.rule_id)
        .join(reports, reports.c.report_key == check_rows.c.report_key)
        .where(
            reports.c.superseded_by.is_(None),
            check_rows.c.passed.is_(False),
            check_rules.c.kind != "I",
        )
    )


def _number(connection: Connection, chosen: Select[Any]) -> int:
    return int(connection.scalar(chosen) or 0)


def _counts(connection: Connection, chosen: Select[Any]) -> Counter[str]:
    return Counter(str(value) for value in connection.scalars(chosen))


def _years(connection: Connection) -> tuple[tuple[int | None, int, int], ...]:
    chosen = select(reports.c.year, reports.c.status).where(
        reports.c.superseded_by.is_(None), reports.c.status != Verdict.QUARANTINED
    )
    counts: Counter[tuple[int | None, str]] = Counter(
        (year, status) for year, status in connection.execute(chosen)
    )
    years = sorted({year for year, _ in counts}, key=lambda year: (year is None, year or 0))
    return tuple(
        (year, counts[year, Verdict.ACCEPTED], counts[year, Verdict.NEEDS_REVIEW]) for year in years
    )


def _reasons(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Reasons without the numbers and names that differ from file to file."""
    chosen = select(reports.c.reason).where(
        reports.c.superseded_by.is_(None), reports.c.status == Verdict.QUARANTINED
    )
    said = connection.scalars(chosen).all()
    counts = Counter(_DETAIL.sub("…", (reason or "").partition(";")[0]) for reason in said)
    return tuple(counts.most_common())


def _bytes_on_disk(engine: Engine) -> int | None:
    """The file's and those that SQLite keeps beside it."""
    file = url_to_file(engine.url)
    if file is None:
        return None
    parts = (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"))
    return sum(part.stat().st_size for part in parts if part.exists())
