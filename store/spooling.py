"""A table's rows kept in a file: read from the database once, and from there for every format.

To order the rows of a large database takes longer than to write them. The file is this program's
own, made and read within one run.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from store.contract import Digits, Exportable, ExportColumn, ExportRow, texts_to_digits

_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Spooled:
    """A table whose rows are in `file`; it needs no connection, and can be given to a process."""

    name: str
    columns: tuple[ExportColumn, ...]
    file: Path
    length: int
    widest: tuple[tuple[str, Digits], ...]

    def rows(self, connection: Connection | None = None) -> Iterator[ExportRow]:
        with self.file.open("rb") as stored:
            done = 0
            while done < self.length:
                batch: list[ExportRow] = pickle.load(stored)
                done += len(batch)
                yield from batch

    def count(self, connection: Connection | None = None) -> int:
        return self.length

    def digits(self, connection: Connection | None = None) -> dict[str, Digits]:
        return dict(self.widest)


def spool_table(
    connection: Connection,
    table: Exportable,
    file: Path,
    meanwhile: Callable[[list[ExportRow]], None] = lambda _: None,
) -> Spooled:
    """The table with its rows in `file`; `meanwhile` is given them as well, some at a time."""
    columns = tuple(ExportColumn(column.name, column.kind) for column in table.columns)
    decimals = [(at, c.name) for at, c in enumerate(columns) if c.kind == "decimal"]
    widest: dict[str, Digits] = {name: (0, 0) for _, name in decimals}
    length = 0
    rows = table.rows(connection)
    with file.open("wb") as stored:
        while batch := list(islice(rows, _AT_ONCE)):
            length += len(batch)
            # Each batch by itself: what one remembers of another would be kept in memory.
            pickle.dump(batch, stored, protocol=5)
            for at, name in decimals:
                found = texts_to_digits({row[at] for row in batch} - {None})
                whole, scale = widest[name]
                widest[name] = max(whole, found[0]), max(scale, found[1])
            meanwhile(batch)
    return Spooled(table.name, columns, file, length, tuple(widest.items()))
