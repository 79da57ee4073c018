"""What every column of an export means, in both languages, and the codes that stand for words.

Columns of views are in the database's table `codebook`; those of the contract's tables have the
words of a view's column of the same name, or their own in `contract.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import Connection, select

from store.contract import Exportable, ExportColumn
from store.export_names import names_to_stata
from store.export_wide import FixedTable
from store.schema import codebook


@dataclass(frozen=True, slots=True)
class Label:
    """The words of one column; `row_label` and `column_label` are those printed in the form."""

    label_zh: str
    label_en: str
    unit: str | None = None
    description: str = ""
    description_zh: str = ""
    row_label: str | None = None
    column_label: str | None = None


Labels = Mapping[tuple[str, str], Label]
"""By the names of table and column."""


def table_labels(connection: Connection, tables: Iterable[Exportable]) -> Labels:
    """The words of every column of the tables; KeyError for one that nothing describes."""
    c = codebook.c
    chosen = select(
        *(c.view_name, c.column_name, c.label_zh, c.label_en, c.unit, c.description),
        *(c.description_zh, c.row_label, c.column_label, c.differs, c.differs_zh),
    ).order_by(c.view_name, c.position)
    of_views: dict[tuple[str, str], Label] = {}
    of_names: dict[str, Label] = {}
    for (
        view,
        name,
        zh,
        en,
        unit,
        said,
        said_zh,
        row,
        column,
        differs,
        differs_zh,
    ) in connection.execute(chosen):
        label = Label(zh, en, unit, _join(said, differs), _join(said_zh, differs_zh), row, column)
        of_views[view, name] = label
        of_names.setdefault(name, label)
    return {
        (table.name, column.name): _find(table.name, column.name, of_views, of_names)
        for table in tables
        for column in table.columns
    }


def _join(said: str, differs: str | None) -> str:
    return " ".join(part for part in (said, (differs or "").replace("\n", " ")) if part)


def _find(
    table: str, column: str, of_views: Labels, of_names: Mapping[str, Label]
) -> Label:  # fmt: skip
    if (table, column) in of_views:
        return of_views[table, column]
    own = _data()["columns"]
    for key in (f"{table}.{column}", column):
        if key in own:
            words = dict(own[key])
            like = words.pop("like", None)
            return of_names[like] if like else Label(**words)
    return of_names[column]


@dataclass(frozen=True, slots=True)
class TableLabel:
    """What one table of an export is."""

    label_zh: str
    label_en: str
    description: str
    description_zh: str


def table_label(name: str) -> TableLabel:
    """What a table is; of a table of a form, whichever form that is."""
    known = _data()["tables"].get(name)
    if known is None:
        table, _, form = name.rpartition("_")
        known = {
            key: words.format(form=form, table=table)
            for key, words in _data()["tables"]["form_table"].items()
        }
    return TableLabel(**known)


@cache
def status_codes() -> dict[str, int]:
    """The number that stands for each status of a cell or report in formats that want numbers."""
    return {word: entry["code"] for word, entry in _data()["codes"].items()}


@cache
def status_words() -> dict[str, tuple[str, str]]:
    """What each status means, in Chinese and English."""
    return {word: (entry["zh"], entry["en"]) for word, entry in _data()["codes"].items()}


def is_status(column: ExportColumn) -> bool:
    """Whether a column holds statuses, of cells or reports."""
    return column.kind == "text" and (column.name == "status" or column.name.endswith("_status"))


CODEBOOK_COLUMNS = (
    *("table", "column", "stata_name", "type", "unit", "label_zh", "label_en"),
    *("row_label", "column_label", "description", "description_zh"),
)


def codebook_table(tables: Iterable[Exportable], labels: Labels) -> FixedTable:
    """The codebook as a table: one column of one file a row."""
    rows = []
    for table in tables:
        short = names_to_stata(column.name for column in table.columns)
        for column in table.columns:
            label = labels[table.name, column.name]
            rows.append(
                (
                    *(table.name, column.name, short[column.name], column.kind, label.unit),
                    *(label.label_zh, label.label_en, label.row_label, label.column_label),
                    *(label.description, label.description_zh),
                )
            )
    prose = ("description", "description_zh")
    return FixedTable(
        "codebook",
        tuple(ExportColumn(n, "prose" if n in prose else "text") for n in CODEBOOK_COLUMNS),
        tuple(rows),
    )


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("store") / "contract.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
