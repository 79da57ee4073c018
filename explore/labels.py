"""What measures of the panel and cells of the forms are called."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from explore.wording import Words
from normalize.forms import Field, all_fields
from store.measures import Measure, all_measures


@cache
def measure_of(name: str) -> Measure:
    """What the codebook says of a measure."""
    return next(measure for measure in all_measures() if measure.name == name)


def measure_label(name: str, words: Words) -> str:
    """What the codebook calls a measure, in the language of the words."""
    measure = measure_of(name)
    return measure.label_zh if words.language == "zh" else measure.label_en


def differences(names: Iterable[str], words: Words) -> tuple[tuple[str, str, str], ...]:
    """(measure, form, how that form counts it otherwise than the newest one)."""
    return tuple(
        (
            measure_label(name, words),
            form,
            difference.zh if words.language == "zh" else difference.en,
        )
        for name in names
        for form, difference in sorted(measure_of(name).differs.items())
    )


def cell_label(
    form: str | None, table: str | None, row: str | None, column: str | None, words: Words
) -> str:
    """A cell by its printed labels, or in English by its names; a table or row where only that
    is meant.
    """
    said = words.name("table", table) if table else ""
    field = _fields().get((form or "", table or "", row or "", column or ""))
    parts: tuple[str, ...]
    if words.language == "zh" and field is not None:
        parts = (field.row_label.rpartition("/")[2], field.column_label)
    else:
        parts = tuple(part.replace("_", " ") for part in (row or "", column or ""))
    inner = " × ".join(part for part in parts if part)
    return f"{said}{words('sep')}{inner}" if said and inner else said or inner or "–"


def statement_label(measure: str, words: Words) -> str:
    """What a figure from a sentence is of: the newest form's cell where there is one."""
    table, _, rest = measure.partition(".")
    row, _, column = rest.partition(".")
    forms = [form for form, *cell in _fields() if cell == [table, row, column]]
    if forms:
        return cell_label(max(forms), table, row, column, words)
    return measure.replace("_", " ").replace(".", " · ")


@cache
def _fields() -> dict[tuple[str, str, str, str], Field]:
    return {(f.form, f.table, f.row, f.column): f for f in all_fields()}
