"""What of a report that is understood again differs from what is stored of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from store.coding import Coding
from store.rows import KEY, Facts, ReportRows, facts_to_rows
from store.schema import METADATA
from store.values import short_pair_to_digits


def is_of(facts: Facts, report_key: int, rows: ReportRows) -> ColumnElement[bool]:
    """True of the report's rows of that table."""
    table = METADATA.tables[facts.table]
    own = report_key if facts.columns[0] == KEY else rows.report["report_id"]
    return table.c[facts.columns[0]] == own


def report_differs(stored: Mapping[Any, Any], rows: ReportRows) -> bool:
    """Whether another row is stored of the report itself, its name aside."""
    return any(stored[name] != value for name, value in rows.report.items() if name != "source")


def are_equal(one: ReportRows, other: ReportRows) -> bool:
    """Whether both say the same of a report, its name aside."""
    return not report_differs(one.report, other) and all(
        list(facts_to_rows(own)) == list(facts_to_rows(theirs))
        for own, theirs in zip(one.facts, other.facts, strict=True)
    )


def differing_facts(
    connection: Connection, coding: Coding, stored: RowMapping, rows: ReportRows
) -> tuple[Facts, ...]:
    """The facts of the report for which its tables hold other rows."""
    key = stored["report_key"]
    different = []
    for facts in rows.facts:
        coded = coding.encode(facts, key)
        target = METADATA.tables[facts.table]
        found = connection.execute(
            select(*(target.c[name] for name in facts.columns))
            .where(is_of(facts, key, rows))
            .order_by(*target.primary_key.columns)
        )
        exact = [name.removesuffix("_exact") for name in facts.columns if name.endswith("_exact")]
        pairs = [
            (facts.columns.index(name), facts.columns.index(f"{name}_exact")) for name in exact
        ]
        if list(_comparable(found, pairs)) != list(_comparable(facts_to_rows(coded), pairs)):
            different.append(facts)
    return tuple(different)


def _comparable(
    rows: Iterable[Sequence[Any]], pairs: Sequence[tuple[int, int]]
) -> Iterator[list[Any]]:
    """Rows with the digits of each decimal in place of its number, which need not be exact."""
    for row in rows:
        values = list(row)
        for at, exact in pairs:
            values[at] = short_pair_to_digits(row[at], row[exact])
            values[exact] = None
        yield values
