"""What a reviewer sees of one doubtful cell."""

from __future__ import annotations

from dataclasses import dataclass

from explore.database import Row
from explore.equations import Equation, check_to_equation
from explore.errors import NotDrawn, NotThere
from explore.grids import Sheet, report_to_sheets
from explore.pictures import Pictures
from explore.review.crops import box_to_surroundings
from explore.site import Site
from extract.document import BBox
from normalize.forms import Field, all_fields
from normalize.report import Check, Observation, Report, Statement
from normalize.review import (
    Doubtful,
    OtherReading,
    Place,
    check_to_places,
    is_failing,
    observation_to_other_readings,
    observation_to_state,
    place_of,
)

_IN_WORDS = "N-"
"""How the checks of sentences against tables are called."""


_DECISIONS = """
SELECT who, decision, value_exact, why, made_at FROM corrections
WHERE sha256 = :sha256 AND form = :form AND "table" = :table AND "row" = :row
    AND "column" = :column
ORDER BY made_at, correction_id
"""


@dataclass(frozen=True, slots=True)
class Failing:
    """A failing check that involves the cell, both sides of it where it compares sums."""

    check: Check
    equation: Equation | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the cell stands: its box on page `number`, and the part around it, all in points."""

    number: int
    width: float
    height: float
    box: BBox
    around: BBox


@dataclass(frozen=True, slots=True)
class Item:
    """One cell to decide on. `line` is its row as it was read, in the columns of the form.

    `shown` is None where no page can be shown; `not_shown` says why, empty for documents that have
    no pages. The whole table as it was read, `sheet`, stands in for the page then. `decisions` are
    those of the ledger on this cell, withdrawals too.
    """

    report_id: str
    report: Report
    cell: Observation
    doubtful: Doubtful
    field: Field
    others: tuple[OtherReading, ...]
    failing: tuple[Failing, ...]
    statements: tuple[Statement, ...]
    line: tuple[tuple[Field, Observation], ...]
    sheet: Sheet | None
    decisions: tuple[Row, ...]
    shown: Shown | None
    not_shown: str
    state: str

    @property
    def name(self) -> str:
        """The cell as addresses and the ledger's commands write it."""
        return ".".join(place_of(self.cell))


def report_to_item(site: Site, report_id: str, report: Report, doubtful: Doubtful) -> Item:
    """What there is to see of one flagged cell of a report."""
    cell = doubtful.observation
    own = [o for o in report.observations if (o.form, o.table) == (cell.form, cell.table)]
    fields = {(f.form, f.table, f.row, f.column): f for f in all_fields()}
    shown, not_shown = cell_to_place(site, report, cell)
    failing = _failing(report, own, doubtful.place)
    return Item(
        report_id=report_id,
        report=report,
        cell=cell,
        doubtful=doubtful,
        field=fields[doubtful.place],
        others=observation_to_other_readings(cell),
        failing=failing,
        statements=_statements(report, cell, failing),
        line=tuple((fields[place_of(o)], o) for o in own if o.row == cell.row),
        sheet=None if shown else _sheet(report, cell),
        decisions=_decisions(site, report, doubtful.place),
        shown=shown,
        not_shown=not_shown,
        state=str(observation_to_state(cell)),
    )


def find_cell(report: Report, name: str) -> Observation:
    """The cell `form.table.row.column`; NotThere if the report has none of that name."""
    for o in report.observations:
        if ".".join(place_of(o)) == name:
            return o
    raise NotThere("the report has no such cell", "its cells are on its page")


def _failing(report: Report, own: list[Observation], place: Place) -> tuple[Failing, ...]:
    cells = {(o.row, o.column): o for o in own}
    flagged = {place_of(o): o for o in report.observations if o.flagged}
    return tuple(
        Failing(check, check_to_equation(check, cells))
        for check in report.checks
        if is_failing(check) and place in check_to_places(check, flagged)
    )


def _statements(
    report: Report, cell: Observation, failing: tuple[Failing, ...]
) -> tuple[Statement, ...]:
    """The sentences about the cell, and those that a check holds against its table."""
    against = {
        side
        for failed in failing
        if failed.check.check.startswith(_IN_WORDS)
        for side in (failed.check.expected, failed.check.actual)
    }
    own = f"{cell.table}.{cell.row}.{cell.column}"
    return tuple(
        said
        for said in report.statements
        if said.measure == own
        or (said.value in against and said.measure.startswith(f"{cell.table}."))
    )


def _decisions(site: Site, report: Report, place: Place) -> tuple[Row, ...]:
    names = dict(zip(("form", "table", "row", "column"), place, strict=True))
    return tuple(site.database.rows(_DECISIONS, {"sha256": report.sha256, **names}))


def _sheet(report: Report, cell: Observation) -> Sheet | None:
    sheets = report_to_sheets(report)
    return next((s for s in sheets if (s.form, s.table) == (cell.form, cell.table)), None)


def cell_to_place(site: Site, report: Report, cell: Observation) -> tuple[Shown | None, str]:
    """Where the cell stands, or why that cannot be shown; nothing of a document without pages."""
    if report.pages is None or cell.page is None:
        return None, ""
    if cell.bbox is None:
        return None, "the place of the cell on its page is not known"
    try:
        width, height = _page_size(site.pictures, report.sha256, cell.page)
    except NotDrawn as error:
        return None, str(error)
    around = box_to_surroundings(cell.bbox, (width, height))
    if around[2] <= around[0] or around[3] <= around[1]:
        return None, "the place of the cell is not on its page"
    return Shown(cell.page, width, height, cell.bbox, around), ""


def _page_size(pictures: Pictures, sha256: str, number: int) -> tuple[float, float]:
    """Of a picture the size is known when it is drawn; that takes no longer than showing it."""
    sizes = pictures.sizes(sha256)
    if number <= len(sizes):
        return sizes[number - 1]
    drawn = pictures.page(sha256, number)
    return drawn.width, drawn.height
