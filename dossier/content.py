"""Two reports of one agency side by side: tables, failed checks, texts, and the years around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dossier.find import Found, Row
from explore.equations import Equation, check_to_equation
from explore.grids import Grid, Key, table_to_grids
from explore.texts import Change, compare_texts
from normalize.forms import FormTable, table_names, tables_named
from normalize.report import Check, Observation, Report
from store.connections import reading
from store.load import read_report
from store.selection import Selection
from store.tidy import view_table

if TYPE_CHECKING:
    from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell in both reports, None where a report does not have it."""

    before: Observation | None
    after: Observation | None

    @property
    def difference(self) -> Decimal | None:
        """After less before; None where either has no number."""
        one, two = self.before, self.after
        if one is None or two is None or one.value is None or two.value is None:
            return None
        return two.value - one.value


@dataclass(frozen=True, slots=True)
class PairedTable:
    """A table laid out as in the newer form of the two; `forms` are those of each report."""

    name: str
    forms: tuple[str | None, str | None]
    grids: tuple[Grid, ...]
    pairs: Mapping[Key, Pair]


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that fails; `kept` where the other report fails it at the same cell too."""

    year: int
    check: Check
    equation: Equation | None
    kept: bool


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section of both as one text."""

    name: str
    heading: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """`before` and `after` are the reports of the two `years`; `rows` those of the panel."""

    found: Found
    years: tuple[int, int]
    before: Report
    after: Report
    tables: tuple[PairedTable, ...]
    failures: tuple[Failure, ...]
    panel_failures: tuple[Row, ...]
    sections: tuple[ComparedSection, ...]

    @property
    def rows(self) -> tuple[Row, Row]:
        return self.found.rows[self.years[0]], self.found.rows[self.years[1]]


def read_dossier(engine: Engine, found: Found, years: tuple[int, int]) -> Dossier:
    """The two reports, and the checks of both against other years and reports."""
    ids = tuple(str(found.rows[year]["report_id"]) for year in years)
    with reading(engine) as connection:
        before, after = (read_report(connection, report_id) for report_id in ids)
        table = view_table(connection, "failed_panel_checks", Selection(reports=ids))
        names = [column.name for column in table.columns]
        panel = tuple(dict(zip(names, row, strict=True)) for row in table.rows(connection))
    return Dossier(
        found=found,
        years=years,
        before=before,
        after=after,
        tables=tuple(_tables(before, after)),
        failures=tuple(_failures(before, after, years)),
        panel_failures=tuple(sorted(panel, key=lambda row: (str(row["year"]), str(row)))),
        sections=tuple(_sections(before, after)),
    )


def _tables(before: Report, after: Report) -> Iterable[PairedTable]:
    for name in table_names():
        ours, theirs = newest_cells(before, name), newest_cells(after, name)
        forms = (_form_of(ours), _form_of(theirs))
        newest = max((form for form in forms if form is not None), default=None)
        edition = next((t for t in tables_named(name) if t.form == newest), None)
        if edition is not None:
            yield _pair(edition, forms, ours, theirs)


def newest_cells(report: Report, table: str) -> dict[Key, Observation]:
    """The cells of a table by row and column; of two editions of it the newer one's."""
    own = [o for o in report.observations if o.table == table]
    newest = max((o.form for o in own), default="")
    return {(o.row, o.column): o for o in own if o.form == newest}


def _form_of(cells: Mapping[Key, Observation]) -> str | None:
    return next((cell.form for cell in cells.values()), None)


def _pair(
    edition: FormTable,
    forms: tuple[str | None, str | None],
    ours: Mapping[Key, Observation],
    theirs: Mapping[Key, Observation],
) -> PairedTable:
    pairs = {
        key: Pair(ours.get(key), theirs.get(key))
        for key in edition.fields
        if key in ours or key in theirs
    }
    grids = table_to_grids(edition, pairs.__contains__)
    return PairedTable(edition.name, forms, grids, pairs)


def _failures(before: Report, after: Report, years: tuple[int, int]) -> Iterable[Failure]:
    """Failed checks of both, remarks aside."""
    own = [[c for c in r.checks if c.passed is False and c.kind != "I"] for r in (before, after)]
    places = [{_place(check) for check in checks} for checks in own]
    for at, report in enumerate((before, after)):
        for check in own[at]:
            cells = {
                (o.row, o.column): o
                for o in report.observations
                if (o.form, o.table) == (check.form, check.table)
            }
            kept = _place(check) in places[1 - at]
            yield Failure(years[at], check, check_to_equation(check, cells), kept)


def _place(check: Check) -> tuple[str, str, str, str]:
    return (check.check, check.table, check.row, check.column)


def _sections(before: Report, after: Report) -> Iterable[ComparedSection]:
    ours, theirs = _texts(before), _texts(after)
    for name in dict.fromkeys((*ours, *theirs)):
        was, now = ours.get(name, ("", "")), theirs.get(name, ("", ""))
        yield ComparedSection(name, now[0] or was[0], compare_texts(was[1], now[1]))


def _texts(report: Report) -> dict[str, tuple[str, str]]:
    """Heading and text by name, sections of one name joined."""
    texts: dict[str, tuple[str, str]] = {}
    for section in report.sections:
        heading, text = texts.get(section.section, (section.heading, ""))
        texts[section.section] = (heading, f"{text}\n{section.text}".strip("\n"))
    return texts
