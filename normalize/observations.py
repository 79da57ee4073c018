"""Placed cells -> observations: numbers in the form's units, with every doubt named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import product

from normalize.cells import MONEY, CellReading, money_unit, read_cell
from normalize.forms import Field, FormTable
from normalize.numerals import SCALES
from normalize.placed import CHANGED_HEAD, NOT_SEPARABLE, SUB_ROWS, PlacedRow, PlacedTable
from normalize.printed import Printed
from normalize.report import Observation, Status
from normalize.script import to_simplified

NO_NUMBER = "something that is no number"
UNIT_CONFLICT = "two units of money printed"
NO_UNIT = "no unit of money printed, taken as yuan"
PICTURED_UNIT = "the unit 元 is recognised from a picture, where forms print 万元"
FRACTION = "decimals in a count"
HUGE = "more than nine digits in a count"
TWICE = "printed twice with different values"

_LARGEST_COUNT = Decimal(10) ** 9

_Key = tuple[str, str]


def table_to_observations(placed: PlacedTable, reader: str) -> tuple[Observation, ...]:
    """One observation a cell of the edition found, in the form's order; absent ones `missing`.

    A row printed under another edition's head takes that edition's names.
    """
    found: dict[tuple[str, str, str], Observation] = {}
    for row in placed.rows:
        for observation in _row_to_observations(row, reader):
            key = (observation.form, observation.row, observation.column)
            found[key] = _agreed(found[key], observation) if key in found else observation
    rows_elsewhere = {row for form, row, _ in found if form != placed.table.form}
    own = {
        (row, column): o for (form, row, column), o in found.items() if form == placed.table.form
    }
    others = [o for (form, _, _), o in found.items() if form != placed.table.form]
    return (*_with_missing(placed.table, own, rows_elsewhere), *others)


def _agreed(first: Observation, second: Observation) -> Observation:
    """The first printing of a cell, in doubt when a second one says otherwise."""
    if (first.value, first.status) == (second.value, second.status):
        return first
    return with_doubts(first, (TWICE,))


def with_doubts(observation: Observation, doubts: Iterable[str]) -> Observation:
    """The observation with further doubts, each once."""
    merged = tuple(dict.fromkeys((*observation.doubts, *doubts)))
    return _replaced(observation, merged)


def without_doubt(observation: Observation, doubt: str) -> Observation:
    return _replaced(observation, tuple(d for d in observation.doubts if d != doubt))


def _replaced(o: Observation, doubts: tuple[str, ...]) -> Observation:
    return Observation(
        o.form,
        o.table,
        o.row,
        o.column,
        o.value,
        o.unit,
        o.status,
        o.raw,
        o.page,
        o.bbox,
        o.reader,
        doubts,
        o.suggestion,
        o.suggested_by,
        o.candidates,
        o.original_value,
        o.original_status,
    )


def _with_missing(
    table: FormTable, found: dict[_Key, Observation], elsewhere: set[str]
) -> list[Observation]:
    printed_rows = {row for row, _ in found}
    out: list[Observation] = []
    for field in table.fields.values():
        observation = found.get((field.row, field.column))
        if observation is not None:
            out.append(observation)
        elif field.row not in elsewhere and (not field.optional or field.row in printed_rows):
            out.append(_absent(field, ()))
    return out


def _absent(field: Field, doubts: tuple[str, ...]) -> Observation:
    return Observation(
        field.form,
        field.table,
        field.row,
        field.column,
        None,
        field.unit,
        Status.MISSING,
        doubts=doubts,
    )


def _row_to_observations(placed: PlacedRow, reader: str) -> Iterable[Observation]:
    fields = placed.table.fields
    keys = list(product(placed.rows, placed.columns))
    if placed.cells is None:
        for key in keys:
            yield _unseparated(fields[key], placed, reader)
        return
    heads = placed.heads if len(placed.heads) == len(placed.columns) else ()
    for at, (key, cell) in enumerate(zip(keys, placed.cells, strict=True)):
        head = heads[at % len(placed.columns)] if heads else "".join(placed.heads)
        if cell is None:
            yield _absent(fields[key], placed.doubts)
        else:
            yield _observe(fields[key], cell, placed, head, reader)


def _unseparated(field: Field, placed: PlacedRow, reader: str) -> Observation:
    raw = " | ".join(piece.text for piece in placed.loose)
    if SUB_ROWS in placed.doubts or not raw.strip(" |"):
        return _absent(field, placed.doubts)
    first = placed.loose[0]
    doubts = (*placed.doubts, NOT_SEPARABLE)
    return Observation(
        field.form,
        field.table,
        field.row,
        field.column,
        None,
        field.unit,
        Status.UNREADABLE,
        raw,
        first.page,
        first.bbox,
        reader,
        doubts,
    )


def _observe(field: Field, cell: Printed, placed: PlacedRow, head: str, reader: str) -> Observation:
    reading = read_cell(cell.text)
    units = (placed.unit or "", head, *placed.unit_texts)
    value, doubts = _in_unit_of_field(reading, field, units)
    own = [doubt for doubt in placed.doubts if doubt != CHANGED_HEAD]
    if reading.status is Status.UNREADABLE:
        own.append(NO_NUMBER)
    if cell.candidates and field.unit == "yuan" and _may_lack_a_scale(reading, value):
        own.append(PICTURED_UNIT)
    return Observation(
        form=field.form,
        table=field.table,
        row=field.row,
        column=field.column,
        value=value,
        unit=field.unit,
        status=reading.status,
        raw=cell.text,
        page=cell.page,
        bbox=cell.bbox,
        reader=reader,
        doubts=tuple(dict.fromkeys((*own, *reading.doubts, *doubts))),
        candidates=cell.candidates,
    )


def _in_unit_of_field(
    reading: CellReading, field: Field, printed_units: Sequence[str]
) -> tuple[Decimal | None, tuple[str, ...]]:
    """(value, doubts), money in yuan; `printed_units` are texts around the cell, nearest first."""
    if reading.value is None:
        return None, ()
    if field.unit == "yuan":
        return _money_in_yuan(reading, printed_units)
    doubts = [*([FRACTION] if reading.value != reading.value.to_integral_value() else [])]
    if abs(reading.value) >= _LARGEST_COUNT:
        doubts.append(HUGE)
    if reading.unit in MONEY:
        doubts.append(f"a count with the unit {reading.unit}")
    return plain(reading.value), tuple(doubts)


def _money_in_yuan(
    reading: CellReading, printed_units: Sequence[str]
) -> tuple[Decimal | None, tuple[str, ...]]:
    """The cell's unit beats those around it, which are used once; two that differ are a doubt."""
    value = reading.value if reading.value is not None else Decimal(0)
    if reading.unit in MONEY:
        return plain(value * MONEY[reading.unit]), ()
    if reading.unit in SCALES:
        return plain(value), ()
    around = [unit for text in printed_units if (unit := money_unit(to_simplified(text)))]
    if not around:
        return plain(value), () if value == 0 else (NO_UNIT,)
    conflict = len(set(around)) > 1 and value != 0
    return plain(value * MONEY[around[0]]), (UNIT_CONFLICT,) if conflict else ()


def _may_lack_a_scale(reading: CellReading, value: Decimal | None) -> bool:
    """True for money in 元 by its head alone: a stamp or faint ink easily takes the 万 away."""
    return reading.unit is None and bool(value) and value == reading.value


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and without trailing zeros after the point."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def any_printed(observations: Sequence[Observation]) -> bool:
    """True when at least one cell holds something."""
    return any(o.status not in (Status.MISSING, Status.BLANK) for o in observations)
