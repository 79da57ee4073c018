"""The answer to one SELECT as a CSV file.

Datasette's own answers in CSV stop at a page of rows, and are empty where the statement fails.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import InvalidSql, sqlite_timelimit, validate_sql_select

from explore.errors import BadAddress

MOST_ROWS = 100_000
"""Of one file; its name says so when there would be more."""

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes Chinese in a CSV file for another encoding."""

_LIMIT = re.compile(r"\s+limit\s+\d+\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A file, and whether rows were left out of it for being too many."""

    text: str
    is_cut: bool


async def sql_to_csv(database: Any, sql: str, named: Mapping[str, str], seconds: float) -> Answer:
    """All rows of a statement, up to MOST_ROWS; BadAddress says what is wrong with it."""
    statement = sql.strip().rstrip(";")

    def ask(connection: sqlite3.Connection) -> Answer:
        with sqlite_timelimit(connection, seconds * 1000):
            cursor = connection.execute(statement, dict(named))
            rows = cursor.fetchmany(MOST_ROWS + 1)
        heads = [column[0] for column in cursor.description or ()]
        return Answer(rows_to_csv([heads, *rows[:MOST_ROWS]]), len(rows) > MOST_ROWS)

    try:
        validate_sql_select(statement)
        answer: Answer = await database.execute_fn(ask)
    except (InvalidSql, sqlite3.Error, QueryInterrupted) as error:
        raise BadAddress(str(error)) from error
    return answer


def rows_to_csv(rows: Sequence[Sequence[object]]) -> str:
    """The rows with a mark of their encoding before them; NULL is empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    return BYTE_ORDER_MARK + stream.getvalue()


def without_limit(sql: str) -> str:
    """A statement without the limit of a page at its end."""
    return _LIMIT.sub("", sql)
