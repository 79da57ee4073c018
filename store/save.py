"""Writes reports whole or not at all, the same bytes once, newer bytes in place of older.

A report is its bytes; a source is a name under which they were seen. The same bytes under a
second name are recorded as another name. New bytes under a known name supersede the old, which
stay on record unless another name still holds them, and come back if the name returns to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Dialect,
    Engine,
    RowMapping,
    case,
    delete,
    insert,
    select,
    update,
)

from normalize.report import Report, Verdict
from store.connections import reading, writing
from store.errors import ReportRefused
from store.fields import Name, StoredField, name_of, stored_fields
from store.rows import ReportRows, report_to_rows, sha256_to_report_id, text_to_phrases
from store.schema import METADATA, reports, sources
from store.values import text_to_storable


class Outcome(StrEnum):
    """What saving a report changed."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    ALIASED = "aliased"
    """The bytes were there under another name, which stays the report's source."""
    REPLACED = "replaced"
    """The bytes were there but are understood differently now."""
    SUPERSEDED = "superseded"
    """The name was there with other bytes, which it has no longer."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of bytes: the verdict, its reasons, and the version that read them."""

    verdict: Verdict
    reasons: tuple[str, ...]
    read_by: str | None


def save(
    engine: Engine, report: Report, *, force: bool = False, read_by: str | None = None
) -> Outcome:
    """Store `report` in one transaction, and that the version `read_by` read it.

    Bytes already stored are left as they are, unless `force` is set and what was understood of
    them has changed. ReportRefused when the report contradicts itself or the forms.
    """
    [outcome] = save_several(engine, [(report, force)], read_by)
    if isinstance(outcome, ReportRefused):
        raise outcome
    return outcome


def save_several(
    engine: Engine, given: Sequence[tuple[Report, bool]], read_by: str | None = None
) -> list[Outcome | ReportRefused]:
    """Store reports one after another, all in one transaction; `save` says what becomes of each.

    Each is given with its `force`. Of one that is refused nothing is stored; the others are.
    `read_by` is recorded of those that are new or are given with force.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    outcomes: list[Outcome | ReportRefused] = []
    with writing(engine) as connection:
        cells = {name_of(field): field for field in stored_fields(connection)}
        for report, force in given:
            try:
                outcomes.append(_save(connection, report, force, read_by, cells, now))
            except ReportRefused as error:
                outcomes.append(error)
    return outcomes


def _save(
    connection: Connection,
    report: Report,
    force: bool,
    read_by: str | None,
    cells: Mapping[Name, StoredField],
    now: datetime,
) -> Outcome:
    """ReportRefused before anything of the report is written."""
    stored = _stored_report(connection, report.sha256, report.source)
    replaced = False
    if stored is None or force:
        rows = report_to_rows(report, cells)
        if stored is None:
            connection.execute(
                insert(reports), {**rows.report, "loaded_at": now, "read_by": read_by}
            )
            _insert_facts(connection, rows)
        else:
            if _differs(connection, stored, rows):
                _replace(connection, rows, now)
                replaced = True
            if stored["read_by"] != read_by:
                connection.execute(
                    update(reports)
                    .where(reports.c.report_id == stored["report_id"])
                    .values(read_by=read_by)
                )
    source = text_to_storable(report.source)
    named = _point_source(connection, source, report.sha256, now, is_new=stored is None)
    if stored is None:
        return Outcome.ADDED if named is Outcome.ALIASED else named
    return Outcome.REPLACED if replaced else named


def record_source(engine: Engine, source: str, sha256: str) -> Outcome | None:
    """Record that `source` holds bytes already stored, with no need to read them again.

    UNCHANGED, ALIASED or SUPERSEDED; None when the bytes are not known, and nothing is done.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    with writing(engine) as connection:
        if _stored_report(connection, sha256, source) is None:
            return None
        return _point_source(connection, text_to_storable(source), sha256, now)


def known(engine: Engine) -> dict[tuple[str, str], Known]:
    """What is on record by (source, sha256), for every name and the bytes it holds now."""
    joined = select(
        sources.c.source,
        sources.c.sha256,
        reports.c.status,
        # Of the reports that went in, the reasons are not needed and would fill the memory.
        case((reports.c.status == Verdict.QUARANTINED.value, reports.c.reason)),
        reports.c.read_by,
    ).join_from(sources, reports, sources.c.sha256 == reports.c.sha256)
    with reading(engine) as connection:
        rows = connection.execute(joined.where(sources.c.current))
        return {
            (source, sha256): Known(Verdict(status), text_to_phrases(reason), read_by)
            for source, sha256, status, reason, read_by in rows
        }


def _stored_report(connection: Connection, sha256: str, source: str) -> RowMapping | None:
    report_id = sha256_to_report_id(sha256)
    found = connection.execute(select(reports).where(reports.c.report_id == report_id))
    row = found.mappings().one_or_none()
    if row is not None and row["sha256"] != sha256:
        raise ReportRefused(
            f"{source}: report_id {report_id} is taken by other bytes ({row['source']})",
            "load it into another database",
        )
    return row


def _insert_facts(connection: Connection, rows: ReportRows) -> None:
    """Put there by the driver itself: to bind each value through SQLAlchemy takes longer."""
    for facts in rows.facts:
        if facts.rows:
            statement, converters = _insertion(facts.table, facts.columns, connection.dialect)
            columns = list(zip(*facts.rows, strict=True))
            for at, converter in converters:
                columns[at] = tuple(map(converter, columns[at]))
            connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


@lru_cache(maxsize=64)
def _insertion(
    table: str, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[tuple[int, Callable[[Any], Any]], ...]]:
    """The statement, and by place what makes a column's values fit for the driver.

    Truth values need nothing: what SQLAlchemy would do to them is to check that they are some.
    """
    target = METADATA.tables[table]
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names, marks = ", ".join(map(quote, columns)), ", ".join([mark] * len(columns))
    kinds = [target.c[name].type for name in columns]
    converters = [
        (at, kind.dialect_impl(dialect).bind_processor(dialect))
        for at, kind in enumerate(kinds)
        if not isinstance(kind, Boolean)
    ]
    return (
        f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})",
        tuple((at, converter) for at, converter in converters if converter is not None),
    )


def _replace(connection: Connection, rows: ReportRows, now: datetime) -> None:
    report_id = rows.report["report_id"]
    for facts in rows.facts:
        table = METADATA.tables[facts.table]
        connection.execute(delete(table).where(table.c.report_id == report_id))
    kept = ("report_id", "sha256", "source")
    changed = {name: value for name, value in rows.report.items() if name not in kept}
    connection.execute(
        update(reports).where(reports.c.report_id == report_id).values(**changed, loaded_at=now)
    )
    _insert_facts(connection, rows)


def _differs(connection: Connection, stored: RowMapping, rows: ReportRows) -> bool:
    compared = [name for name in rows.report if name != "source"]
    if any(stored[name] != rows.report[name] for name in compared):
        return True
    for facts in rows.facts:
        target = METADATA.tables[facts.table]
        # The numbers for SQL's arithmetic are the exact ones again.
        compared = [name for name in facts.columns if f"{name}_exact" not in facts.columns]
        found = connection.execute(
            select(*(target.c[name] for name in compared))
            .where(target.c.report_id == stored["report_id"])
            .order_by(*target.primary_key.columns)
        )
        places = [facts.columns.index(name) for name in compared]
        if [tuple(row) for row in found] != [tuple(row[at] for at in places) for row in facts.rows]:
            return True
    return False


def _point_source(
    connection: Connection, source: str, sha256: str, now: datetime, *, is_new: bool = False
) -> Outcome:
    """Make `sha256` the bytes that `source` holds: ALIASED where the name is new.

    `is_new`: the bytes have just been stored, with this name.
    """
    held = connection.scalar(
        select(sources.c.sha256).where(sources.c.source == source, sources.c.current)
    )
    if held == sha256:
        return Outcome.UNCHANGED
    pair = {"source": source, "sha256": sha256}
    if is_new and held is None:
        connection.execute(insert(sources), {**pair, "first_seen": now, "current": True})
        return Outcome.ALIASED
    seen = update(sources).where(sources.c.source == source, sources.c.sha256 == sha256)
    if not connection.execute(seen.values(current=True)).rowcount:
        connection.execute(insert(sources), {**pair, "first_seen": now, "current": True})
    if held is not None:
        connection.execute(
            update(sources)
            .where(sources.c.source == source, sources.c.sha256 == held)
            .values(current=False)
        )
        _settle(connection, held, sha256_to_report_id(sha256))
    _settle(connection, sha256, None)
    return Outcome.ALIASED if held is None else Outcome.SUPERSEDED


def _settle(connection: Connection, sha256: str, superseded_by: str | None) -> None:
    """Let the report of these bytes bear a name that still holds them, the first seen; where
    none does, it keeps its name and is superseded.
    """
    names = connection.scalars(
        select(sources.c.source)
        .where(sources.c.sha256 == sha256, sources.c.current)
        .order_by(sources.c.first_seen, sources.c.source)
    ).all()
    borne = connection.scalar(select(reports.c.source).where(reports.c.sha256 == sha256))
    values: dict[str, str | None] = {"superseded_by": None}
    if not names:
        values = {"superseded_by": superseded_by}
    elif borne not in names:
        values["source"] = names[0]
    connection.execute(update(reports).where(reports.c.sha256 == sha256).values(values))
