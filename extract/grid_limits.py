"""How large a table may be; the longest form has under a hundred rows and fifteen columns."""

from __future__ import annotations

from extract.errors import TooLarge

MAX_COLUMNS = 1_000
MAX_ROWS = 20_000
MAX_CELLS = 200_000


def check_grid(rows: int, columns: int, cells: int) -> None:
    """Raises TooLarge for a table beyond any of the limits."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or cells > MAX_CELLS:
        raise TooLarge(
            f"a table has more than {MAX_ROWS} rows, {MAX_COLUMNS} columns or {MAX_CELLS} cells",
            "supply the report alone",
        )
