"""Puts rows of reports into numbers as `schema_cells` has them: reports, rules, kinds, readers.

What stands once for all reports is looked up as a whole at the start of a transaction (there are
some thousand rules and kinds); what is new of it is added in the same transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from store.rows import KEY, Facts
from store.schema import reports
from store.schema_cells import (
    check_rows,
    check_rules,
    observation_rows,
    readers,
    statement_kinds,
    statement_rows,
)
from store.values import text_to_storable

_CODED = (
    (observation_rows, "reader_id", readers),
    (check_rows, "rule_id", check_rules),
    (statement_rows, "kind_id", statement_kinds),
)
"""(table, column, table in which what the column means stands once)."""

Words = tuple[str, ...]


class Codes(dict[Any, int | None]):
    """The numbers of what stands in one table; what is asked for and not there gets a new one.

    No words have no number.
    """

    def __init__(self, connection: Connection, table: Table) -> None:
        super().__init__({None: None})
        self._table = table
        self._new: list[tuple[int, Words]] = []
        self._last = 0
        for number, *words in connection.execute(select(table)):
            self[tuple(words)] = number
            self._last = max(self._last, number)

    def __missing__(self, words: Words) -> int:
        storable = tuple(map(text_to_storable, words))
        number = self.get(storable)
        if number is None:
            self._last = number = self._last + 1
            self._new.append((number, storable))
            self[storable] = number
        self[words] = number
        return number

    def write(self, connection: Connection) -> None:
        """Add what is new to the table."""
        if self._new:
            names = [column.name for column in self._table.columns]
            rows = [dict(zip(names, (number, *words), strict=True)) for number, words in self._new]
            connection.execute(insert(self._table), rows)
            self._new.clear()


class Coding:
    """The numbers of one transaction, which must be the only one that writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._codes: dict[str, tuple[str, Codes]] = {
            table.name: (column, Codes(connection, words)) for table, column, words in _CODED
        }
        self._last_key: int = connection.scalar(select(func.max(reports.c.report_key))) or 0

    def new_key(self) -> int:
        """A report's, greater than any before."""
        self._last_key += 1
        return self._last_key

    def encode(self, facts: Facts, report_key: int) -> Facts:
        """The facts as they are stored; those of small tables are so already."""
        if facts.columns[0] != KEY or not facts.count:
            return facts
        values = list(facts.values)
        values[0] = (report_key,) * facts.count
        if facts.table in self._codes:
            column, codes = self._codes[facts.table]
            at = facts.columns.index(column)
            words = values[at]
            values[at] = None if words is None else tuple(map(codes.__getitem__, words))
        return Facts(facts.table, facts.count, tuple(values))

    def write(self) -> None:
        """Add what is new, which must be there before the rows that refer to it."""
        for _, codes in self._codes.values():
            codes.write(self._connection)
