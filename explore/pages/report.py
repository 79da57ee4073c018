"""One report: its tables as the form has them beside the pages they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explore.database import Database, Row
from explore.equations import Equation, check_to_equation
from explore.errors import NotDrawn
from explore.grids import Grid, Key, Sheet, report_to_sheets
from explore.pictures import Pictures
from explore.sources import Sources
from explore.texts import Piece, mark_spans
from normalize.report import Check, Observation, Report, Section, Statement

A4 = (595.0, 842.0)
"""Points, for a page whose size is told only when it is drawn."""

MOST_PAGES = 200

_FACTS = """
SELECT report_id, agency_id, level, agency_kind, region_code, loaded_at, superseded_by, read_by
FROM reports WHERE report_id = :report_id
"""
_VERSIONS = """
SELECT DISTINCT r.report_id, r.source, r.year, r.status, r.superseded_by, r.loaded_at, r.sha256
FROM sources AS mine
JOIN sources AS theirs ON theirs.source = mine.source
JOIN reports AS r ON r.sha256 = theirs.sha256
WHERE mine.sha256 = :sha256 AND r.sha256 <> :sha256
ORDER BY r.loaded_at
"""
_SIBLINGS = """
SELECT report_id, year, status FROM reports
WHERE {body} AND superseded_by IS NULL AND report_id <> :report_id
ORDER BY year, report_id
"""
_DECISIONS = """
SELECT form, "table", "row", "column", decision, value_exact, who, why, made_at
FROM corrections WHERE sha256 = :sha256 ORDER BY made_at, correction_id
"""
_PANEL_CHECKS = """
SELECT check_name, kind, form, form_table, form_row, form_column, expected, actual,
    other_report_id, other_agency, other_year
FROM failed_panel_checks WHERE report_id = :report_id
"""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell with its number on this page, 1 for the first, and whether its box is drawn."""

    number: int
    observation: Observation
    has_box: bool


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A table as the form has it, with its cells by row and column."""

    form: str
    table: str
    grids: tuple[Grid, ...]
    cells: dict[Key, PlacedCell]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the document, in points, and the cells whose boxes stand on it."""

    number: int
    width: float
    height: float
    cells: tuple[PlacedCell, ...]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that fails, both sides of it where it compares sums, and its cell."""

    check: Check
    equation: Equation | None
    cell: PlacedCell | None


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section in pieces; marks are numbers of statements, from 1."""

    section: Section
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`pages` are empty where no document is shown; `not_shown` says why."""

    report: Report
    facts: Row
    tables: tuple[LaidOut, ...]
    pages: tuple[PageView, ...]
    not_shown: str
    is_paged: bool
    flagged: tuple[PlacedCell, ...]
    suggested: tuple[PlacedCell, ...]
    failed: tuple[FailedCheck, ...]
    failed_elsewhere: tuple[Row, ...]
    sections: tuple[MarkedSection, ...]
    statements: tuple[Statement, ...]
    versions: tuple[Row, ...]
    siblings: tuple[Row, ...]
    decisions: tuple[Row, ...]


def report_page(
    database: Database, sources: Sources, pictures: Pictures, report_id: str
) -> ReportPage:
    """The page of one report; NotThere if there is none of that id."""
    report = database.report(report_id)
    [facts] = database.rows(_FACTS, {"report_id": report_id})
    tables, placed = _lay_out(report_to_sheets(report))
    pages, not_shown = _pages(report, placed, sources, pictures)
    numbers = {(c.observation.form, *_key(c)): c for c in placed}
    return ReportPage(
        report=report,
        facts=facts,
        tables=tables,
        pages=pages,
        not_shown=not_shown,
        is_paged=report.pages is not None,
        flagged=tuple(cell for cell in placed if cell.observation.flagged),
        suggested=tuple(cell for cell in placed if cell.observation.suggested_by),
        failed=tuple(_failed(check, tables, numbers) for check in report.checks if _fails(check)),
        failed_elsewhere=tuple(database.rows(_PANEL_CHECKS, {"report_id": report_id})),
        sections=_mark_sections(report),
        statements=report.statements,
        versions=tuple(database.rows(_VERSIONS, {"sha256": report.sha256})),
        siblings=_siblings(database, report, facts),
        decisions=tuple(database.rows(_DECISIONS, {"sha256": report.sha256})),
    )


def _lay_out(sheets: Sequence[Sheet]) -> tuple[tuple[LaidOut, ...], list[PlacedCell]]:
    """The tables with their cells numbered in the order in which they are shown."""
    tables: list[LaidOut] = []
    placed: list[PlacedCell] = []
    for sheet in sheets:
        cells: dict[Key, PlacedCell] = {}
        keys = [key for grid in sheet.grids for line in grid.lines for key in line.keys]
        for key in keys:
            if (observation := sheet.cells.get(key)) is not None:
                has_box = observation.page is not None and observation.bbox is not None
                cells[key] = PlacedCell(len(placed) + 1, observation, has_box)
                placed.append(cells[key])
        tables.append(LaidOut(sheet.form, sheet.table, sheet.grids, cells))
    return tuple(tables), placed


def _key(cell: PlacedCell) -> tuple[str, str, str]:
    return cell.observation.table, cell.observation.row, cell.observation.column


def _pages(
    report: Report, placed: Sequence[PlacedCell], sources: Sources, pictures: Pictures
) -> tuple[tuple[PageView, ...], str]:
    """The pages to show, or why there are none to see."""
    if report.pages is None:
        return (), ""
    try:
        if report.sha256 not in sources:
            sources.read(report.sha256)
        sizes = pictures.sizes(report.sha256)
    except NotDrawn as error:
        return (), str(error)
    views = []
    for number in range(1, min(report.pages, MOST_PAGES) + 1):
        width, height = sizes[number - 1] if number <= len(sizes) else A4
        on_page = tuple(c for c in placed if c.has_box and c.observation.page == number)
        views.append(PageView(number, width, height, on_page))
    return tuple(views), ""


def _fails(check: Check) -> bool:
    return check.kind != "I" and (check.passed is False or check.blank_as_zero is False)


def _failed(
    check: Check,
    tables: Sequence[LaidOut],
    numbers: dict[tuple[str, str, str, str], PlacedCell],
) -> FailedCheck:
    own = [t for t in tables if (t.form, t.table) == (check.form, check.table)]
    cells = {key: cell.observation for table in own for key, cell in table.cells.items()}
    anchor = numbers.get((check.form, check.table, check.row, check.column))
    return FailedCheck(check, check_to_equation(check, cells), anchor)


def _mark_sections(report: Report) -> tuple[MarkedSection, ...]:
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for number, said in enumerate(report.statements, 1):
        if said.section_position is not None and said.offset is not None:
            span = (said.offset, said.offset + len(said.quote), number)
            spans.setdefault(said.section_position, []).append(span)
    return tuple(
        MarkedSection(section, mark_spans(section.text, spans.get(position, [])))
        for position, section in enumerate(report.sections, 1)
    )


def _siblings(database: Database, report: Report, facts: Row) -> tuple[Row, ...]:
    """The agency's other current reports."""
    if facts["agency_id"] is not None:
        body = "agency_id = :body"
    elif report.agency is not None:
        body = "agency_id IS NULL AND agency = :body"
    else:
        return ()
    named = {"body": facts["agency_id"] or report.agency, "report_id": facts["report_id"]}
    return tuple(database.rows(_SIBLINGS.format(body=body), named))
