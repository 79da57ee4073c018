"""The reports in which something is to be reviewed, those first where a decision clears most doubt.

Work goes report by report: whoever has a page before them decides its next cell at once, and one
decision often settles others of its report. One statement over the index of flagged cells finds
them all; what is wished for is chosen from them without asking again. Within a report
`normalize.review` says which cell is first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Engine, text

from store.connections import reading

_FAILS = "fails "
_STATEMENT = """
    SELECT r.report_id, o.doubts, r.agency, r.agency_id, r.year, CASE
        WHEN s.value IS NOT NULL THEN 0
        WHEN o.doubts LIKE '% reads ''%' OR o.doubts LIKE '%recognised as %' THEN 1
        WHEN s.derived_by IS NOT NULL THEN 2
        WHEN o.doubts LIKE '%fails %' THEN 3
        ELSE 4 END AS reason
    FROM observation_rows AS o
    JOIN reports AS r ON r.report_key = o.report_key
    LEFT JOIN suggestion_rows AS s ON s.report_key = o.report_key AND s.field_id = o.field_id
    WHERE o.flagged AND r.superseded_by IS NULL
    ORDER BY o.report_key, o.field_id
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to review. Empty parts ask for everything; `agency` is a part of its name, or its
    lasting id; `check` the name of one that fails; `report` a report's id.
    """

    agency: str = ""
    year: int | None = None
    check: str = ""
    report: str = ""


EVERYTHING = Wish()


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One flagged cell, as far as the order of reports depends on it; `doubts` one a line."""

    report_id: str
    doubts: str | None
    agency: str | None
    agency_id: str | None
    year: int | None
    reason: int


@dataclass(frozen=True, slots=True)
class InDoubt:
    """A report with the number of its flagged cells, and of those that fail each check.

    `reason` is that of its most informative cell, as `normalize.review.Reason` counts.
    """

    report_id: str
    agency: str
    agency_id: str
    year: int | None
    reason: int
    cells: int
    checks: tuple[tuple[str, int], ...]


def reports_in_doubt(engine: Engine, wish: Wish = EVERYTHING) -> tuple[InDoubt, ...]:
    """The current reports with flagged cells that are wished for, the best to begin with first."""
    with reading(engine) as connection:
        found = connection.execution_options(yield_per=5000).execute(text(_STATEMENT))
        everything = rows_to_queue(DoubtRow(*row) for row in found)
    return choose(everything, wish)


def rows_to_queue(rows: Iterable[DoubtRow]) -> tuple[InDoubt, ...]:
    """The reports of flagged cells, which come report by report.

    A report counts by its most informative cell, then by its number of flagged cells; equals stand
    in the order of their ids, so that the same rows always give the same queue.
    """
    found = []
    for report_id, own in groupby(rows, key=attrgetter("report_id")):
        cells = list(own)
        first = cells[0]
        failing = Counter(
            doubt.removeprefix(_FAILS)
            for cell in cells
            for doubt in (cell.doubts or "").split("\n")
            if doubt.startswith(_FAILS)
        )
        found.append(
            InDoubt(
                report_id,
                first.agency or "",
                first.agency_id or "",
                first.year,
                min(cell.reason for cell in cells),
                len(cells),
                tuple(sorted(failing.items())),
            )
        )
    return tuple(sorted(found, key=_rank))


def choose(everything: Iterable[InDoubt], wish: Wish) -> tuple[InDoubt, ...]:
    """Those that are wished for, in order; of a check only the cells that fail it are counted."""
    found = [
        each
        for each in everything
        if (not wish.agency or wish.agency == each.agency_id or wish.agency in each.agency)
        and wish.year in (None, each.year)
        and wish.report in ("", each.report_id)
    ]
    if not wish.check:
        return tuple(found)
    counted = ((each, dict(each.checks).get(wish.check, 0)) for each in found)
    return tuple(sorted((replace(each, cells=n) for each, n in counted if n), key=_rank))


def _rank(each: InDoubt) -> tuple[int, int, str]:
    return each.reason, -each.cells, each.report_id
