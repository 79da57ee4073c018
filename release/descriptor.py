"""`datapackage.json`: every file and column described as the Frictionless Data Package asks for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from release.given import Given
from store.export_wide import IN_DOUBT
from store.package import WrittenColumn, WrittenTable

_TYPES = {
    "text": "string",
    "prose": "string",
    "integer": "integer",
    "decimal": "number",
    "float": "number",
    "boolean": "boolean",
    "date": "date",
}
_KEYS = {
    "reports": ("report_id",),
    "sections": ("report_id", "position"),
    "observations": ("report_id", "form", "table", "row", "column"),
    "suggestions": ("report_id", "form", "table", "row", "column"),
    "corrections": ("correction_id",),
    "panel": ("report_id",),
    "rates": ("report_id",),
    "codebook": ("table", "column"),
}
_OF_OTHER_TIMES = ("changed_reports", "changed_cells")
"""Tables whose reports need not be in this release."""


def write_descriptor(
    folder: Path, tables: Sequence[WrittenTable], given: Given, keywords: Sequence[str]
) -> None:
    """Write it beside the files that it describes; the CSV files are its resources."""
    described = {
        "$schema": "https://specs.frictionlessdata.io/schemas/data-package.json",
        "profile": "tabular-data-package",
        "name": "gongkai",
        "title": given.title,
        "version": given.day.isoformat(),
        "created": f"{given.day.isoformat()}T00:00:00Z",
        **({"homepage": given.url} if given.url else {}),
        "licenses": [
            {
                "name": given.licence.name,
                "title": given.licence.title,
                "path": given.licence.url,
            }
        ],
        "contributors": [{"title": name, "role": "author"} for name in given.authors],
        "keywords": list(keywords),
        "resources": [_table_to_resource(folder, table) for table in tables],
    }
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _table_to_resource(folder: Path, table: WrittenTable) -> Mapping[str, object]:
    path = f"csv/{table.name}.csv"
    content = folder / path
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        "path": path,
        "title": table.label.label_en,
        "title_zh": table.label.label_zh,
        "description": table.label.description,
        "description_zh": table.label.description_zh,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": content.stat().st_size,
        "hash": f"sha256:{file_to_sha256(content)}",
        "rows": table.rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True},
        "schema": _table_to_schema(table),
    }


def _table_to_schema(table: WrittenTable) -> Mapping[str, object]:
    names = {column.name for column in table.columns}
    schema: dict[str, object] = {
        "fields": [_column_to_field(table, column) for column in table.columns],
        "missingValues": [""],
    }
    key = _table_to_key(table)
    if key:
        schema["primaryKey"] = list(key)
    if "report_id" in names and table.name != "reports" and table.name not in _OF_OTHER_TIMES:
        schema["foreignKeys"] = [
            {
                "fields": ["report_id"],
                "reference": {"resource": "reports", "fields": ["report_id"]},
            }
        ]
    return schema


def _table_to_key(table: WrittenTable) -> tuple[str, ...]:
    """The columns that tell rows apart; none where a row is known only by its place."""
    if table.columns[-1].name == IN_DOUBT:
        return ("report_id",)
    return _KEYS.get(table.name, ())


def _column_to_field(table: WrittenTable, column: WrittenColumn) -> Mapping[str, object]:
    label = column.label
    field: dict[str, object] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "title": label.label_en,
        "title_zh": label.label_zh,
    }
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    for key, said in (
        ("description", label.description),
        ("description_zh", label.description_zh),
        ("unit", label.unit),
        ("row_label", label.row_label),
        ("column_label", label.column_label),
    ):
        if said:
            field[key] = said
    if column.stata_name != column.name:
        field["stata_name"] = column.stata_name
    constraints: dict[str, object] = {}
    if column.values:
        constraints["enum"] = list(column.values)
    if column.name in _table_to_key(table):
        constraints["required"] = True
    if constraints:
        field["constraints"] = constraints
    return field


def file_to_sha256(path: Path) -> str:
    """The hexadecimal digits of the file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
