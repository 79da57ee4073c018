"""What every column of every view means: from the forms, the measures, and `codebook.toml`.

The entries are kept in the table `codebook`, made with the views; on PostgreSQL they are comments
on the views and columns too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import Connection, SelectBase, delete, insert

from store.fields import StoredField
from store.form_views import column_name
from store.measures import Measure, Rate, all_measures, all_rates
from store.readable import READABLE
from store.schema import codebook


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of one view, a row of `codebook`; `position` from 1.

    A column that holds one cell of a form has all of `form` to `column_label`; a measure has its
    cells by form in `cells`, and in `differs` how a form counts it otherwise, one form a line.
    """

    view_name: str
    column_name: str
    position: int
    label_zh: str
    label_en: str
    unit: str | None = None
    description: str = ""
    description_zh: str = ""
    form: str | None = None
    form_table: str | None = None
    form_row: str | None = None
    form_column: str | None = None
    row_label: str | None = None
    column_label: str | None = None
    cells: str | None = None
    differs: str | None = None
    differs_zh: str | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """What a view is."""

    name: str
    label_zh: str
    label_en: str
    description: str
    description_zh: str


Words = Mapping[str, Any]
"""The part of an entry that says what a column means."""


def write_codebook(
    connection: Connection, views: Mapping[str, SelectBase], declared: tuple[StoredField, ...]
) -> None:
    """Replace the codebook by that of these views; KeyError for a column that nothing describes."""
    connection.execute(delete(codebook))
    entries = list(views_to_entries(views, declared))
    connection.execute(insert(codebook), [asdict(entry) for entry in entries])
    if connection.dialect.name == "postgresql":
        _comment(connection, [describe_view(name, declared) for name in views], entries)


def views_to_entries(
    views: Mapping[str, SelectBase], declared: tuple[StoredField, ...]
) -> Iterator[Entry]:
    """Every column of every view, in order."""
    cells = {(f"{f.table}_{f.form}", column_name(f)): f for f in declared}
    totals = {f"{f.row}_total": f for f in declared if f.table == "requests"}
    for view, statement in views.items():
        for position, column in enumerate(statement.selected_columns, start=1):
            name = str(column.key)
            words = _column_to_words(view, name, cells, totals)
            yield Entry(view, name, position, **words)


def describe_view(name: str, declared: tuple[StoredField, ...]) -> Described:
    """What a view is; of the table of a form, whichever form that is."""
    known = _data()["views"].get(name)
    if known is not None:
        return Described(name, **known)
    field = next(f for f in declared if f"{f.table}_{f.form}" == name)
    return Described(
        name,
        f"{field.form} 年表：{field.table}",
        f"the table {field.table} of the form {field.form}",
        "One current report that has the table a row, one column a cell.",
        "每份有此表的现行报告一行，每个单元格一列。",
    )


def _column_to_words(
    view: str,
    name: str,
    cells: Mapping[tuple[str, str], StoredField],
    totals: Mapping[str, StoredField],
) -> Words:
    """What a column means: the form says it, a measure or rate, or the file of descriptions."""
    if (view, name) in cells:
        return _cell_to_words(cells[view, name])
    if view in ("panel", "rates"):
        derived = _derived_words()
        if name in derived:
            return derived[name]
    known: Mapping[str, Words] = _data()["columns"]
    if f"{view}.{name}" in known:
        return known[f"{view}.{name}"]
    if view == "requests" and name in totals:
        return _total_to_words(totals[name])
    if view in READABLE.tables:
        of_contract = _contract_words()
        words = of_contract.get(f"{view}.{name}") or (
            known.get(name) or of_contract.get(name, {"like": name})
        )
        return known[words["like"]] if "like" in words else words
    return known[name]


def _cell_to_words(field: StoredField) -> Words:
    row, column = field.row.replace("_", " "), field.column.replace("_", " ")
    return {
        "label_zh": f"{field.row_label}：{field.column_label}",
        "label_en": f"{row}: {column}",
        "unit": field.unit,
        "description": "The number printed in this cell, NULL for whatever is no number.",
        "description_zh": "该格所印数字，不是数字时为 NULL。",
        "form": field.form,
        "form_table": field.table,
        "form_row": field.row,
        "form_column": field.column,
        "row_label": field.row_label,
        "column_label": field.column_label,
    }


def _total_to_words(field: StoredField) -> Words:
    return {
        "label_zh": f"{field.row_label}：总计",
        "label_en": f"{field.row.replace('_', ' ')}: total",
        "unit": field.unit,
        "description": "The number printed under 总计, NULL for whatever is no number and where "
        "the edition does not have the row.",
        "description_zh": "总计列所印数字；不是数字，或该版表格无此行时为 NULL。",
        "row_label": field.row_label,
        "column_label": "总计",
    }


@cache
def _derived_words() -> dict[str, Words]:
    """The columns of measures and rates by name, with their statuses and flags."""
    words: dict[str, Words] = {}
    for measure in all_measures():
        words[measure.name] = _measure_to_words(measure)
        words[f"{measure.name}_status"] = {
            "label_zh": f"{measure.label_zh}：状态",
            "label_en": f"{measure.label_en}: status",
            "description": "reported, corrected, blank, placeholder, unreadable, missing, no_table "
            "or not_in_form; of a sum, that of the part that is furthest from a number.",
            "description_zh": "reported、corrected、blank、placeholder、unreadable、missing、"
            "no_table 或 not_in_form；各项之和取其中最不像数字的一项的状态。",
        }
        words[f"{measure.name}_flagged"] = _flag_words(measure)
    for rate in all_rates():
        words[rate.name] = {
            "label_zh": rate.label_zh,
            "label_en": rate.label_en,
            "unit": "share",
            "description": f"`{rate.numerator}` / `{rate.denominator}`.",
            "description_zh": f"{rate.numerator} / {rate.denominator}。",
        }
        words[f"{rate.name}_flagged"] = _flag_words(rate)
    return words


def _flag_words(of: Measure | Rate) -> Words:
    return {
        "label_zh": f"{of.label_zh}：存疑",
        "label_en": f"{of.label_en}: in doubt",
        "description": "True when a cell that it is made of is in doubt.",
        "description_zh": "所用单元格有任何疑问时为真。",
    }


def _measure_to_words(measure: Measure) -> Words:
    by_form = {
        form: " + ".join(".".join(name[1:]) for name in names)
        for form, names in sorted(measure.cells.items(), reverse=True)
    }
    differs = {form: difference.en for form, difference in measure.differs.items()}
    differs_zh = {form: difference.zh for form, difference in measure.differs.items()}
    return {
        "label_zh": measure.label_zh,
        "label_en": measure.label_en,
        "unit": measure.unit,
        "description": measure.description,
        "description_zh": measure.description_zh,
        "cells": _to_lines(by_form),
        "differs": _to_lines(differs),
        "differs_zh": _to_lines(differs_zh),
    }


def _to_lines(by_form: Mapping[str, str]) -> str | None:
    return "\n".join(f"{form}: {text}" for form, text in by_form.items()) or None


def _comment(connection: Connection, views: Sequence[Described], entries: Sequence[Entry]) -> None:
    """Put the codebook beside the views themselves, as PostgreSQL's comments."""
    quote = connection.dialect.identifier_preparer.quote
    lines = [
        f"COMMENT ON VIEW {quote(view.name)} IS {_literal(view.description)};" for view in views
    ]
    for entry in entries:
        parts = (entry.label_zh, entry.label_en, entry.description, entry.differs)
        said = _literal(". ".join(part.rstrip(".") for part in parts if part) + ".")
        lines.append(
            f"COMMENT ON COLUMN {quote(entry.view_name)}.{quote(entry.column_name)} IS {said};"
        )
    plain = connection.execution_options(no_parameters=True)
    plain.exec_driver_sql("DO $codebook$ BEGIN\n" + "\n".join(lines) + "\nEND $codebook$")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _data() -> dict[str, Any]:
    return _read("codebook.toml")


def _contract_words() -> dict[str, Words]:
    """What the columns of the tables of an export mean; `like` names one of the codebook."""
    columns: dict[str, Words] = _read("contract.toml")["columns"]
    return columns


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("store") / name).read_text(encoding="utf-8"))
