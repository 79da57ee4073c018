"""A table as Parquet: decimals as decimals, nulls as nulls."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from store.contract import Digits, Exportable, ExportColumn
from store.errors import ExportFailed

LEAST_SCALE = 4
"""Places after the point that every decimal column has; more where the data need them."""

LEAST_WHOLE = 15
"""Digits before the point that every decimal column has room for."""

_ROWS_AT_ONCE = 50_000


def write_parquet(connection: Connection, table: Exportable, path: Path) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise ExportFailed(
            "parquet needs the library pyarrow, which is not installed",
            "pip install 'gongkai[parquet]'",
        ) from error
    digits = table.digits(connection)
    schema = pyarrow.schema(
        [(column.name, _arrow_type(pyarrow, table, column, digits)) for column in table.columns]
    )
    rows = table.rows(connection)
    at_once = max(1000, _ROWS_AT_ONCE // max(1, len(table.columns) // 20))
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        while batch := list(islice(rows, at_once)):
            arrays = [
                _values_to_array(pyarrow, values, field.type)
                for values, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _values_to_array(pyarrow: Any, values: Sequence[object], type_: Any) -> Any:
    """The values of a column; numbers in plain digits become decimals within the library."""
    if not pyarrow.types.is_decimal(type_):
        return pyarrow.array(values, type=type_)
    texts = [None if value is None else str(value) for value in values]
    if pyarrow.types.is_decimal128(type_):
        return pyarrow.array(texts, type=pyarrow.string()).cast(type_)
    exact = [None if text is None else Decimal(text) for text in texts]
    return pyarrow.array(exact, type=type_)


def _arrow_type(
    pyarrow: Any, table: Exportable, column: ExportColumn, digits: dict[str, Digits]
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
            whole, scale = digits[column.name]
            whole, scale = max(whole, LEAST_WHOLE), max(scale, LEAST_SCALE)
            if whole + scale <= 38:
                return pyarrow.decimal128(38, scale)
            if whole + scale <= 76:
                return pyarrow.decimal256(76, scale)
            raise ExportFailed(
                f"{table.name}.{column.name} needs {whole + scale} digits, parquet has 76",
                "export csv",
            )
