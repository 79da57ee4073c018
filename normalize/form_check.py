"""What is wrong with a folder of forms, and what may surprise whoever wrote it."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from normalize.errors import FormError
from normalize.form_keys import unread_keys
from normalize.forms import (
    Block,
    Form,
    FormTable,
    form_files,
    form_to_text,
    load_form,
    shipped_forms,
)
from normalize.labels import fold

UNITS = ("count", "items", "times", "persons", "unit", "yuan")
"""Units that values can be stored in; those of money in any unit are stored in yuan."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Finding:
    """`wrong` where the form cannot be used so; otherwise it is only worth knowing."""

    place: str
    what: str
    wrong: bool


def check_forms(folder: Traversable) -> list[Finding]:
    """Everything found in the forms of a folder, file by file; FormError when it holds none."""
    findings: list[Finding] = []
    forms: list[Form] = []
    for file in form_files(folder):
        try:
            text = form_to_text(file)
        except FormError as error:
            findings.append(_finding_of(error))
            continue
        findings += [Finding(file.name, what, True) for what in _unread_keys(text)]
        try:
            form = load_form(text, file.name)
        except FormError as error:
            findings.append(_finding_of(error))
            continue
        findings += _form_findings(form, file.name, forms)
        forms.append(form)
    return findings


def _finding_of(error: FormError) -> Finding:
    place, _, what = str(error).partition(": ")
    return Finding(place, what, True)


def _unread_keys(text: str) -> list[str]:
    try:
        return list(unread_keys(tomllib.loads(text)))
    except tomllib.TOMLDecodeError:
        return []  # What is no TOML is said when the form is loaded.


def _form_findings(form: Form, file: str, before: Iterable[Form]) -> Iterator[Finding]:
    if form.name in {other.name for other in (*shipped_forms(), *before)}:
        yield Finding(file, f"there is a form {form.name} already; rename it", True)
    for table in form.tables:
        place = f"{file}, table {table.name}"
        yield from (Finding(place, what, True) for what in _errors(table))
        if table.name in {other.name for shipped in shipped_forms() for other in shipped.tables}:
            yield Finding(place, "is taken for a further edition of the national table", False)
        yield from (Finding(place, what, False) for what in _remarks(table))


def _errors(table: FormTable) -> Iterator[str]:
    names = {table.name, *(name for cell in table.fields for name in cell)}
    for name in sorted(name for name in names if not _NAME.fullmatch(name)):
        yield f"the name {name!r} must be of small letters, digits and underscores"
    for unit in sorted({field.unit for field in table.fields.values()} - set(UNITS)):
        yield f"the unit {unit!r} is none of {', '.join(UNITS)}"
    for block in table.blocks:
        if not block.rows or not block.columns:
            yield "a block has no row or no column"


def _ambiguous(block: Block) -> Iterator[str]:
    """Rows, or columns, of one block that one printed label may mean: their order has to tell."""
    rows: dict[tuple[tuple[str, ...], str, str], set[str]] = defaultdict(set)
    for row in block.rows:
        for label in (row.label, *row.aliases):
            folded = fold(label)
            rows[row.groups, folded.ordinal or "", folded.core].add(row.name)
    columns: dict[str, set[str]] = defaultdict(set)
    for column in block.columns:
        for label in (column.label, *column.aliases):
            columns[fold(label).core].add(column.name)
    for (_, _, label), names in rows.items():
        if len(names) > 1:
            yield f"only order tells which row the label {label!r} is: {', '.join(sorted(names))}"
    for label, names in columns.items():
        if len(names) > 1:
            yield f"only order tells which column {label!r} is: {', '.join(sorted(names))}"


def _remarks(table: FormTable) -> Iterator[str]:
    hard = [rule for rule in table.rules if rule.kind == "H" and rule.relation == "="]
    if not hard:
        yield "no identity is declared, so no reading of it can be proven"
    proven = {name for rule in hard for name in (*rule.left, *rule.right)}
    rows = {row for row, _ in table.fields}
    if hard and all(rule.each != "row" for rule in hard):
        alone = sorted(rows - proven)
        if alone:
            yield f"no identity holds the rows {', '.join(alone)}"
    shipped = {
        fold(label).core: (other.form, other.name)
        for form in shipped_forms()
        for other in form.tables
        for block in other.blocks
        for row in block.rows
        for label in (row.label, *row.aliases)
    }
    for block in table.blocks:
        yield from _ambiguous(block)
        for row in block.rows:
            core = fold(row.label).core
            if core in shipped and shipped[core][1] != table.name:
                form_name, name = shipped[core]
                yield f"the label {row.label!r} is also one of table {name}, form {form_name}"
