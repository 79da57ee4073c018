"""A table as Parquet: decimals as decimals, nulls as nulls."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from store.contract import ExportColumn, ExportTable, table_to_rows
from store.errors import ExportFailed

LEAST_SCALE = 4
"""Places after the point that every decimal column has; more where the data need them."""

_ROWS_AT_ONCE = 50_000


def write_parquet(connection: Connection, table: ExportTable, path: Path) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise ExportFailed(
            "parquet needs the library pyarrow, which is not installed",
            "pip install 'gongkai[parquet]'",
        ) from error
    schema = pyarrow.schema(
        [(column.name, _arrow_type(pyarrow, connection, table, column)) for column in table.columns]
    )
    decimals = {place for place, column in enumerate(table.columns) if column.kind == "decimal"}
    rows = table_to_rows(connection, table)
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            columns = [
                [None if value is None else Decimal(str(value)) for value in values]
                if place in decimals
                else list(values)
                for place, values in enumerate(zip(*batch, strict=True))
            ]
            arrays = [
                pyarrow.array(values, type=field.type)
                for values, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _arrow_type(
    pyarrow: Any, connection: Connection, table: ExportTable, column: ExportColumn
) -> Any:
    match column.kind:
        case "text" | "prose":
            return pyarrow.string()
        case "integer":
            return pyarrow.int32()
        case "float":
            return pyarrow.float64()
        case "boolean":
            return pyarrow.bool_()
        case "date":
            return pyarrow.date32()
        case "decimal":
            whole, scale = _digits_needed(connection, table, column)
            if whole + scale <= 38:
                return pyarrow.decimal128(38, scale)
            if whole + scale <= 76:
                return pyarrow.decimal256(76, scale)
            raise ExportFailed(
                f"{table.name}.{column.name} needs {whole + scale} digits, parquet has 76",
                "export csv",
            )


def _digits_needed(
    connection: Connection, table: ExportTable, column: ExportColumn
) -> tuple[int, int]:
    """The most digits before and after the point (at least LEAST_SCALE) in a decimal column."""
    rows = table.select.order_by(None).subquery()
    digits = rows.c[column.name]
    unusual = select(digits).where(digits.like("%.%") | (func.length(digits) > 15)).distinct()
    whole, scale = 15, LEAST_SCALE
    for text in connection.scalars(unusual):
        before, _, after = str(text).lstrip("-").partition(".")
        whole, scale = max(whole, len(before)), max(scale, len(after))
    return whole, scale
