"""Document -> Report: the chain from printed lines to checked observations and a verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.document import Document
from normalize.checks import verify
from normalize.forms import FormTable
from normalize.lines import document_to_lines
from normalize.observations import table_to_observations, with_doubts
from normalize.placed import PlacedTable
from normalize.placing import place_region
from normalize.printed import Line
from normalize.regions import TABLES, Region, lines_to_regions
from normalize.report import Check, ExtraRow, Observation, Report, Section, Status, Verdict
from normalize.sections import split_sections
from normalize.split_rows import join_split_rows
from normalize.titles import Identity, identify
from normalize.verdicts import Evidence, judge

_LONG_FORM = 30
_ROWS_FOR_ONE_FOUND = 12
"""A form of more than _LONG_FORM rows is there when one row in so many is found."""

HIDDEN_TEXT = "the page's text may not be what is seen on it"
SECOND_TABLE = "the document has another such table that says otherwise"


@dataclass(frozen=True, slots=True)
class _TableReading:
    """One printed table read: the editions in it, its cells and its checks."""

    table: str
    observations: tuple[Observation, ...]
    checks: tuple[Check, ...]
    extras: tuple[ExtraRow, ...]
    caption: str = ""

    @property
    def printed(self) -> int:
        """How many cells of the form are printed."""
        return sum(o.status is not Status.MISSING for o in self.observations)


def interpret(document: Document) -> Report:
    """What a document says in the words of the forms; one that is no report is quarantined."""
    lines = join_split_rows(document_to_lines(document))
    regions = lines_to_regions(lines)
    identity = identify(document)
    readings = _read_regions(regions, identity.year, document.reader)
    sections = split_sections(document, {member.line.block for r in regions for member in r.lines})
    kept, doubled = _keep_one(readings, identity.year)
    kept = [_doubt_pages(reading, document.doubtful_pages) for reading in kept]
    verdict, reasons = judge(
        Evidence(
            identity=identity,
            sections=sections,
            observations=tuple(o for reading in kept for o in reading.observations),
            checks=tuple(c for reading in kept for c in reading.checks),
            doubled_tables=doubled,
            characters=sum(len(section.text) for section in sections),
            notes=document.notes,
        )
    )
    return _to_report(document, identity, sections, kept, verdict, reasons)


def _read_regions(regions: Sequence[Region], year: int | None, reader: str) -> list[_TableReading]:
    """Every printed table, in the forms' order; the first ones tell the edition of the rest."""
    hint: str | None = None
    readings: list[_TableReading] = []
    for table in TABLES:
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


def _read_table(placed: PlacedTable, reader: str, caption: str) -> _TableReading:
    observations = table_to_observations(placed, reader)
    checks: list[Check] = []
    for edition in _editions(placed):
        verified = verify(edition, observations)
        observations = verified.observations
        checks.extend(verified.checks)
    extras = tuple(_to_extra(placed.table.name, line) for line in placed.extras)
    return _TableReading(placed.table.name, observations, tuple(checks), extras, caption)


def _editions(placed: PlacedTable) -> tuple[FormTable, ...]:
    return tuple(dict.fromkeys((placed.table, *(row.table for row in placed.rows))))


def _to_extra(table: str, line: Line) -> ExtraRow:
    label = " ".join(piece.text for piece in line.labels)
    values = tuple(piece.text for piece in line.values)
    return ExtraRow(table, label, values, line.values[0].page if line.values else None)


def _keep_one(
    readings: Sequence[_TableReading], year: int | None
) -> tuple[list[_TableReading], tuple[str, ...]]:
    """One reading a table, and the tables printed more than once with different values.

    The table that is captioned with another year comes last, then the one with fewer cells.
    """
    kept: dict[str, _TableReading] = {}
    doubled: list[str] = []
    order = {name: at for at, name in enumerate(TABLES)}
    ranked = sorted(
        readings, key=lambda r: (order[r.table], _is_of_another_year(r.caption, year), -r.printed)
    )
    for reading in ranked:
        first = kept.setdefault(reading.table, reading)
        if first is not reading and _values(first) != _values(reading):
            doubled.append(reading.table)
            doubtful = tuple(with_doubts(o, (SECOND_TABLE,)) for o in first.observations)
            kept[reading.table] = replace(first, observations=doubtful)
    return list(kept.values()), tuple(dict.fromkeys(doubled))


def _doubt_pages(reading: _TableReading, pages: Sequence[int]) -> _TableReading:
    """The table with a doubt on each cell of a page whose text may not be what is seen."""
    doubted = tuple(
        with_doubts(o, (HIDDEN_TEXT,)) if o.page in pages else o for o in reading.observations
    )
    return replace(reading, observations=doubted)


def _values(reading: _TableReading) -> Counter[tuple[str, str, str]]:
    return Counter((o.row, o.column, str(o.value)) for o in reading.observations)


def _to_report(
    document: Document,
    identity: Identity,
    sections: tuple[Section, ...],
    readings: Sequence[_TableReading],
    verdict: Verdict,
    reasons: tuple[str, ...],
) -> Report:
    held_back = verdict is Verdict.QUARANTINED
    return Report(
        source=document.source,
        sha256=document.sha256,
        media_type=document.media_type,
        reader=document.reader,
        pages=document.pages,
        verdict=verdict,
        reasons=reasons,
        agency=identity.agency,
        year=identity.year,
        title=identity.title,
        published_on=identity.published_on,
        sections=sections,
        observations=() if held_back else tuple(o for r in readings for o in r.observations),
        checks=() if held_back else tuple(c for r in readings for c in r.checks),
        extras=() if held_back else tuple(e for r in readings for e in r.extras),
    )
