"""The national forms, loaded from `forms/*.toml`: tables, blocks, labels, units and rules.

A form is an edition of the official report. Its tables consist of blocks: rows under one head.
Everything the program knows of printed labels, units and identities is said in those files.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import product
from pathlib import Path

from normalize.errors import FormError
from normalize.form_rules import Kind as Kind
from normalize.form_rules import Relation as Relation
from normalize.form_rules import Rule as Rule
from normalize.form_rules import load_rule, text_of, texts_of

FOLDERS_VARIABLE = "GONGKAI_FORMS"
"""Names folders of further forms, parted as in PATH."""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell name of a form, with its printed labels; `optional` where few agencies print it."""

    form: str
    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block; `signed` where a negative number is lawful.

    `group` is the head that stands over it and its neighbours together, None where there is none.
    """

    name: str
    label: str
    aliases: tuple[str, ...]
    unit: str | None
    signed: bool
    group: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a block; `groups` are the labels printed to the left of its own, outermost first."""

    name: str
    label: str
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    row_label: str
    unit: str | None
    optional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Rows under one head. `across` when its rows stand side by side in one printed line.

    Such a line has no label of its own; `traces` are words of its head that tell it.
    """

    banner: str | None
    heads: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    across: bool
    traces: tuple[str, ...]

    @property
    def width(self) -> int:
        """Figures in one printed line."""
        return len(self.columns) * (len(self.rows) if self.across else 1)


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """One table of one form; `fields` are its cells by (row, column), in printed order.

    A table is equal to itself alone: each is loaded once.
    """

    form: str
    name: str
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...]
    fields: Mapping[tuple[str, str], Field]


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the official form; `last_year` is None while it is in force."""

    name: str
    notice: str
    first_year: int
    last_year: int | None
    tables: tuple[FormTable, ...]

    def includes_year(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@cache
def all_forms() -> tuple[Form, ...]:
    """Every form shipped with the program, oldest first, and behind them those of other folders.

    Raises FormError for a form that contradicts itself, or has the name of another one.
    """
    forms = (*shipped_forms(), *(form for folder in folders_named() for form in load_forms(folder)))
    for name, count in Counter(form.name for form in forms).items():
        if count > 1:
            raise FormError(f"form {name} is declared {count} times; rename one of them")
    return forms


@cache
def shipped_forms() -> tuple[Form, ...]:
    """The forms that are part of the program, oldest first."""
    return load_forms(resources.files("normalize") / "forms")


def load_forms(folder: Traversable) -> tuple[Form, ...]:
    """The forms of a folder, by the names of their files."""
    return tuple(load_form(form_to_text(file), file.name) for file in form_files(folder))


def form_files(folder: Traversable) -> list[Traversable]:
    """The form files of a folder, by name; FormError when it has none or cannot be read."""
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    except OSError as error:
        raise FormError(f"{folder}: cannot be read ({error.strerror}); name a folder") from error
    if not files:
        raise FormError(f"{folder}: holds no form; a form is a file that ends in .toml")
    return sorted(files, key=lambda file: file.name)


def form_to_text(file: Traversable) -> str:
    """A form file's text; FormError when it cannot be had."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise FormError(f"{file.name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise FormError(f"{file.name}: is not in UTF-8 (byte {error.start})") from error


def folders_named() -> tuple[Path, ...]:
    """The folders of further forms, which the environment hands on to worker processes."""
    listed = os.environ.get(FOLDERS_VARIABLE, "")
    return tuple(Path(folder) for folder in listed.split(os.pathsep) if folder)


@cache
def table_names() -> tuple[str, ...]:
    """Every table in the order of the newest form, those of other folders' forms at the end."""
    newest_first = (*reversed(shipped_forms()), *all_forms()[len(shipped_forms()) :])
    return tuple(dict.fromkeys(table.name for form in newest_first for table in form.tables))


@cache
def all_fields() -> tuple[Field, ...]:
    """Every cell name of every form in printed order, the optional rows included."""
    tables = (table for form in all_forms() for table in form.tables)
    return tuple(field for table in tables for field in table.fields.values())


@cache
def tables_named(name: str) -> tuple[FormTable, ...]:
    """The editions of one table, oldest first."""
    return tuple(table for form in all_forms() for table in form.tables if table.name == name)


def load_form(text: str, origin: str) -> Form:
    """The form that a form file declares; FormError when the file contradicts itself."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{origin}: is no TOML: {error}") from error
    name = text_of(data, "form", origin)
    declared = data.get("table")
    if not isinstance(declared, list):
        raise FormError(f"{origin}: declares no table; write [[table]] with name and blocks")
    tables = tuple(_load_table(name, item, origin) for item in declared)
    first, last = _year(data, "first_year", origin), _year(data, "last_year", origin)
    if first is None or (last is not None and last < first):
        raise FormError(f"{origin}: 'first_year' must be a year, not after 'last_year'")
    form = Form(name, text_of(data, "notice", origin), first, last, tables)
    for table in form.tables:
        _require_sound(table, origin)
    return form


def _year(data: Mapping[str, object], key: str, origin: str) -> int | None:
    value = data.get(key)
    if value is not None and not isinstance(value, int):
        raise FormError(f"{origin}: '{key}' must be a year, found {value!r}")
    return value


def _load_table(form: str, data: Mapping[str, object], origin: str) -> FormTable:
    blocks = data.get("block")
    checks = data.get("check", [])
    if not isinstance(blocks, list) or not isinstance(checks, list):
        raise FormError(f"{origin}: a table needs blocks, and its checks must be a list")
    name = text_of(data, "name", origin)
    loaded = tuple(_load_block(block, origin) for block in blocks)
    fields = _blocks_to_fields(form, name, loaded, origin)
    rules = (load_rule(check, origin) for check in checks)
    return FormTable(
        form=form,
        name=name,
        blocks=loaded,
        rules=tuple(_with_every_row(rule, fields) for rule in rules),
        fields=fields,
    )


def _with_every_row(rule: Rule, fields: Mapping[tuple[str, str], Field]) -> Rule:
    """The rule with `*` written out as all rows that every agency prints, less its left side."""
    if rule.right != ("*",):
        return rule
    rows = dict.fromkeys(row for (row, _), field in fields.items() if not field.optional)
    return replace(rule, right=tuple(row for row in rows if row not in rule.left))


def _blocks_to_fields(
    form: str, table: str, blocks: tuple[Block, ...], origin: str
) -> Mapping[tuple[str, str], Field]:
    """The cells of a table; FormError when a name is declared twice."""
    fields: dict[tuple[str, str], Field] = {}
    for block in blocks:
        for row, column in product(block.rows, block.columns):
            if (row.name, column.name) in fields:
                raise FormError(
                    f"{origin}, table {table}: declared twice: {row.name}.{column.name}"
                )
            fields[row.name, column.name] = Field(
                form=form,
                table=table,
                row=row.name,
                column=column.name,
                row_label=row.row_label,
                column_label=column.label,
                unit=row.unit or column.unit or "count",
                optional=row.optional,
            )
    return fields


def _load_block(data: Mapping[str, object], origin: str) -> Block:
    columns, rows = data.get("columns"), data.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise FormError(f"{origin}: a block needs columns and rows")
    banner = data.get("banner")
    return Block(
        banner=None if banner is None else str(banner),
        heads=texts_of(data, "heads"),
        columns=tuple(_load_column(column, origin) for column in columns),
        rows=tuple(_load_row(row, origin) for row in rows),
        across=bool(data.get("across")),
        traces=texts_of(data, "traces"),
    )


def _load_column(data: Mapping[str, object], origin: str) -> Column:
    unit, group = data.get("unit"), data.get("group")
    return Column(
        name=text_of(data, "name", origin),
        label=text_of(data, "label", origin),
        aliases=texts_of(data, "aliases"),
        unit=None if unit is None else str(unit),
        signed=data.get("rule") == "signed",
        group=None if group is None else str(group),
    )


def _load_row(data: Mapping[str, object], origin: str) -> Row:
    row_label = text_of(data, "label", origin)
    *groups, label = row_label.split("/")
    unit = data.get("unit")
    return Row(
        name=text_of(data, "name", origin),
        label=label,
        aliases=texts_of(data, "aliases"),
        groups=tuple(groups),
        row_label=row_label,
        unit=None if unit is None else str(unit),
        optional=bool(data.get("optional")),
    )


def _require_sound(table: FormTable, origin: str) -> None:
    """Raises FormError for rules that name no cell."""
    place = f"{origin}, table {table.name}"
    rows, columns = {row for row, _ in table.fields}, {column for _, column in table.fields}
    cells = {f"{row}.{column}" for row, column in table.fields}
    for rule in (rule for rule in table.rules if rule.relation != "pattern"):
        known, others = (columns, rows) if rule.each == "row" else (rows, columns)
        names = rule.left if rule.relation == "printed" else (*rule.left, *rule.right)
        known = cells if any("." in name for name in names) else known
        unknown = [name for name in names if name not in known]
        unknown += [name for name in rule.only if name not in others]
        if unknown:
            raise FormError(f"{place}: {rule.check} names no cell of it: {unknown}")
