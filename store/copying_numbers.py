"""The numbers that a copy gives to reports, readers, rules and kinds, in the order of their names.

In a database they are in the order in which things came; a copy that kept them would not be the
same bytes whenever the content is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, Text, select

from store.schema import reports
from store.schema_cells import (
    check_rows,
    check_rules,
    observation_rows,
    readers,
    statement_kinds,
    statement_rows,
)

WORDS: Mapping[Table, Table] = {
    readers: observation_rows,
    check_rules: check_rows,
    statement_kinds: statement_rows,
}
"""Tables in which words stand once, and those that refer to them by a column of the same name."""


def number_of(table: Table) -> Column[Any]:
    """The number by which others refer to a table's rows."""
    return reports.c.report_key if table is reports else next(iter(table.primary_key.columns))


def words_of(table: Table) -> tuple[Column[Any], ...]:
    """What the number stands for."""
    if table is reports:
        return (reports.c.report_id,)
    return tuple(column for column in table.columns if not column.primary_key)


def is_in_use(table: Table) -> ColumnElement[bool]:
    """True of words to which a row of a current report refers."""
    rows, number = WORDS[table], number_of(table)
    used = (
        select(rows.c[number.name])
        .join_from(rows, reports, rows.c.report_key == reports.c.report_key)
        .where(reports.c.superseded_by.is_(None))
    )
    return number.in_(used)


def in_order_of_code(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """What sorts a column alike in both databases: texts by their code points."""
    is_text = dialect == "postgresql" and isinstance(column.type, Text)
    return column.collate("C") if is_text else column


@dataclass(frozen=True, slots=True)
class Numbers:
    """By name of the column that has them, what the old numbers become."""

    new: Mapping[str, Mapping[int, int]]

    def renumber(self, table: Table, values: dict[str, object]) -> dict[str, object]:
        for name, new in self.new.items():
            old = values.get(name)
            if isinstance(old, int):
                values[name] = new[old]
        return values


def read_numbers(connection: Connection) -> Numbers:
    """The numbers of a copy of all that is current, from 1."""
    dialect = connection.dialect.name
    found: dict[str, dict[int, int]] = {}
    for table in (reports, *WORDS):
        number = number_of(table)
        of_copy = reports.c.superseded_by.is_(None) if table is reports else is_in_use(table)
        ordered = (in_order_of_code(column, dialect) for column in words_of(table))
        listed = connection.scalars(select(number).where(of_copy).order_by(*ordered))
        found[number.name] = {old: new for new, old in enumerate(listed, start=1)}
    return Numbers(found)
