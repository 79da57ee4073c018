"""A document's printed tables, each read into the cells of a form and checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Document
from normalize.checks import verify
from normalize.forms import FormTable, all_forms, table_names
from normalize.observations import table_to_observations, with_doubts
from normalize.placed import OtherColumn, PlacedTable
from normalize.placing import place_region
from normalize.printed import Line
from normalize.regions import Region
from normalize.report import Check, ExtraRow, Observation, Status

_LONG_FORM = 30
_ROWS_FOR_ONE_FOUND = 12
"""A form of more than _LONG_FORM rows is there when one row in so many is found."""

HIDDEN_TEXT = "the page's text may not be what is seen on it"
SECOND_TABLE = "the document has another such table that says otherwise"
TOO_EARLY = "the form of this table is younger than the report's year"


@dataclass(frozen=True, slots=True)
class TableReading:
    """One printed table as one reader read it: its cells, its checks, rows the form lacks.

    `doubled`: the document prints it more than once, with different values. `others` are columns
    that the form lacks; `extras` has their texts too.
    """

    table: str
    reader: str
    observations: tuple[Observation, ...]
    checks: tuple[Check, ...]
    extras: tuple[ExtraRow, ...]
    caption: str = ""
    doubled: bool = False
    others: tuple[OtherColumn, ...] = ()

    @property
    def printed(self) -> int:
        """How many cells of the form are printed."""
        return sum(o.status is not Status.MISSING for o in self.observations)

    @property
    def holding(self) -> int:
        """How many identities hold, blanks counted as zero where there are any."""
        return sum(c.kind == "H" and bool(c.passed or c.blank_as_zero) for c in self.checks)

    @property
    def failures(self) -> int:
        """How many identities are broken, blanks counted as zero where there are any."""
        return sum(c.is_broken for c in self.checks)

    @property
    def lacking(self) -> int:
        """How many cells were not found or hold no number that can be read."""
        return sum(o.status in (Status.MISSING, Status.UNREADABLE) for o in self.observations)


def regions_to_tables(
    regions: Sequence[Region], year: int | None, document: Document
) -> tuple[TableReading, ...]:
    """One reading a table of the forms, in the forms' order."""
    readings = _keep_one(_read_regions(regions, year, document.reader), year)
    return tuple(_of_its_time(_by_page(reading, document), year) for reading in readings)


def _read_regions(regions: Sequence[Region], year: int | None, reader: str) -> list[TableReading]:
    """Every printed table, in the forms' order; the first ones tell the edition of the rest."""
    hint: str | None = None
    readings: list[TableReading] = []
    for table in table_names():
        for region in (r for r in regions if r.table == table):
            placed = place_region(region, year, hint)
            if not _is_table(placed):
                continue
            hint = hint or placed.table.form
            readings.append(_read_table(placed, reader, _caption(region)))
    return readings


def _caption(region: Region) -> str:
    """What is printed between the table before and the figures of this one."""
    first = region.lines[0].line
    return "".join(piece.text for piece in (*first.before, *first.labels))


def _is_of_another_year(caption: str, year: int | None) -> bool:
    """True for a table whose caption names, nearest to it, another year than the report's."""
    years = re.findall(r"((?:19|20)\d\d)\s*年", caption)
    named = int(years[-1]) if years else year
    return "上年度" in caption or (year is not None and named != year)


def _is_table(placed: PlacedTable) -> bool:
    """False for a stray line or two that resemble rows of a long form."""
    rows = sum(len(block.rows) for block in placed.table.blocks)
    return len(placed.rows) >= max(1, rows // _ROWS_FOR_ONE_FOUND if rows > _LONG_FORM else 1)


def _read_table(placed: PlacedTable, reader: str, caption: str) -> TableReading:
    observations = table_to_observations(placed, reader)
    checks: list[Check] = []
    for edition in _editions(placed):
        verified = verify(edition, observations)
        observations = verified.observations
        checks.extend(verified.checks)
    name = placed.table.name
    extras = (
        *(_line_to_extra(name, line) for line in placed.extras),
        *(_column_to_extra(name, column) for column in placed.others),
    )
    return TableReading(
        name, reader, observations, tuple(checks), extras, caption, others=placed.others
    )


def _editions(placed: PlacedTable) -> tuple[FormTable, ...]:
    return tuple(dict.fromkeys((placed.table, *(row.table for row in placed.rows))))


def _column_to_extra(table: str, column: OtherColumn) -> ExtraRow:
    cells = [cell for _, cell in column.cells]
    return ExtraRow(
        table, column.label, tuple(cell.text for cell in cells), cells[0].page if cells else None
    )


def _line_to_extra(table: str, line: Line) -> ExtraRow:
    label = " ".join(piece.text for piece in line.labels)
    values = tuple(piece.text for piece in line.values)
    return ExtraRow(table, label, values, line.values[0].page if line.values else None)


def _keep_one(readings: Sequence[TableReading], year: int | None) -> list[TableReading]:
    """One reading a table, in doubt when it is printed more than once with different values.

    The table that is captioned with another year comes last, then the one with fewer cells.
    """
    kept: dict[str, TableReading] = {}
    order = {name: at for at, name in enumerate(table_names())}
    ranked = sorted(
        readings, key=lambda r: (order[r.table], _is_of_another_year(r.caption, year), -r.printed)
    )
    for reading in ranked:
        first = kept.setdefault(reading.table, reading)
        if first is not reading and _values(first) != _values(reading):
            doubtful = tuple(with_doubts(o, (SECOND_TABLE,)) for o in first.observations)
            kept[reading.table] = replace(first, observations=doubtful, doubled=True)
    return list(kept.values())


def _by_page(reading: TableReading, document: Document) -> TableReading:
    """The table with what is to be said of the pages on which its cells stand.

    That is a doubt where a page's text may not be what is seen, and the reader where a page of
    the document was read otherwise than the rest.
    """
    mixed = bool(document.recognised_pages)
    observations = []
    for o in reading.observations:
        if o.page in document.doubtful_pages:
            o = with_doubts(o, (HIDDEN_TEXT,))
        if mixed and o.page is not None:
            o = replace(o, reader="ocr" if o.page in document.recognised_pages else "pdfium")
        observations.append(o)
    return replace(reading, observations=tuple(observations))


def _of_its_time(reading: TableReading, year: int | None) -> TableReading:
    """The table in doubt where its form was not there yet: another form's labels resemble it, or
    the year is not the report's.
    """
    if year is None or all(form.first_year <= year for form in all_forms()):
        return reading
    early = {form.name for form in all_forms() if form.first_year > year}
    return replace(
        reading,
        observations=tuple(
            with_doubts(o, (TOO_EARLY,)) if o.form in early else o for o in reading.observations
        ),
    )


def _values(reading: TableReading) -> Counter[tuple[str, str, str]]:
    return Counter((o.row, o.column, str(o.value)) for o in reading.observations)
