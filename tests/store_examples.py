"""A few cells of the forms and small reports, for the tests of the store."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from normalize.report import Observation, Report, Status, Verdict


@dataclass(frozen=True)
class Cell:
    form: str
    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: str = "count"


def requests_cells(form: str, *rows: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(form, "requests", row, column, f"行 {row}", label)
        for row in rows
        for column, label in (("natural_person", "自然人"), ("total", "总计"))
    )


FEES = Cell("2021", "proactive", "fees", "amount", "行政事业性收费", "本年收费金额", "yuan")
CELLS = (
    *requests_cells("2019", "received", "refused_secret", "refused_law", "other", "concluded"),
    FEES,
    *requests_cells(
        "2021",
        "received",
        "refused",
        "refused_secret",
        "refused_law",
        "other_fee_unpaid",
        "other_remaining",
        "concluded",
    ),
)


def observe(
    cell: Cell,
    value: str | None,
    status: Status = Status.REPORTED,
    *,
    raw: str | None = None,
    doubts: tuple[str, ...] = (),
) -> Observation:
    return Observation(
        form=cell.form,
        table=cell.table,
        row=cell.row,
        column=cell.column,
        value=None if value is None else Decimal(value),
        unit=cell.unit,
        status=status,
        raw=value if raw is None else raw,
        page=2,
        bbox=(72.0, 100.5, 90.25, 112.0),
        reader="pdfium",
        doubts=doubts,
    )


def totals(form: str, **values: str | None) -> tuple[Observation, ...]:
    """Observations of the column total; a row given None is blank."""
    cells = {cell.row: cell for cell in CELLS if cell.form == form and cell.column == "total"}
    return tuple(
        observe(cells[row], value, Status.BLANK if value is None else Status.REPORTED, raw=value)
        for row, value in values.items()
    )


def report(
    content: str = "one",
    source: str = "a.pdf",
    *,
    agency: str = "红寺堡区人民政府",
    year: int = 2023,
    observations: tuple[Observation, ...] = (),
    verdict: Verdict = Verdict.ACCEPTED,
    reasons: tuple[str, ...] = (),
) -> Report:
    return Report(
        source=source,
        sha256=sha256(content.encode()).hexdigest(),
        media_type="application/pdf",
        reader="pdfium",
        pages=5,
        verdict=verdict,
        reasons=reasons,
        agency=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        observations=observations,
    )


def quarantined(content: str = "broken", source: str = "broken.pdf") -> Report:
    return Report(
        source=source,
        sha256=sha256(content.encode()).hexdigest(),
        media_type="text/html",
        reader="html",
        pages=None,
        verdict=Verdict.QUARANTINED,
        reasons=("no heading of the form", "12 characters of text"),
    )
