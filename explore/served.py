"""The database as Datasette has it: read-only, and never counted for long.

Datasette counts the rows behind every page of a table or view. Of millions of cells that takes
seconds, and the page is of use without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette.database import Database

COUNT_MS = 60
"""For counting rows; the count is left out when it takes longer."""

_COUNTING = "select count(*) "


class ServedDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A file that is open for reading."""

    async def execute(
        self,
        sql: str,
        params: object = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        **rest: Any,
    ) -> Any:
        """The rows; Datasette's own counts, which it never truncates, within COUNT_MS.

        What is wrong with a statement is told to whoever wrote it, not printed.
        """
        if not truncate and custom_time_limit is None and sql.startswith(_COUNTING):
            custom_time_limit = COUNT_MS
        return await super().execute(
            sql,
            params,
            truncate=truncate,
            custom_time_limit=custom_time_limit,
            **{**rest, "log_sql_errors": False},
        )

    async def table_counts(self, limit: int = 0) -> Mapping[str, int | None]:
        """No counts, however many milliseconds a table may take."""
        return dict.fromkeys(await self.table_names())
