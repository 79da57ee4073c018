"""Two reports side by side: table by table with what differs, and the texts as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from explore.database import Database, Row
from explore.grids import Grid, Key, table_to_grids
from explore.texts import Change, compare_texts
from normalize.forms import FormTable, table_names, tables_named
from normalize.report import Observation, Report, Section

_CHOICES = """
SELECT report_id, agency, year FROM reports
WHERE superseded_by IS NULL AND status <> 'quarantined'
    AND coalesce(agency_id, agency) = (
        SELECT coalesce(agency_id, agency) FROM reports WHERE report_id = :report_id)
ORDER BY year
"""
_OTHERS = """
SELECT report_id, agency, year FROM reports
WHERE superseded_by IS NULL AND status <> 'quarantined' AND report_id <> :report_id
    AND (instr(agency, :words) OR instr(agency_id, :words))
ORDER BY year IS NOT :year, agency, year LIMIT 30
"""
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell in both reports, None where a report does not have it."""

    first: Observation | None
    second: Observation | None

    @property
    def difference(self) -> Decimal | None:
        """Second less first; None where either has no number."""
        one, two = self.first, self.second
        if one is None or two is None or one.value is None or two.value is None:
            return None
        return two.value - one.value

    @property
    def is_equal(self) -> bool:
        """Whether both have the same number, or are alike in having none."""
        one, two = self.first, self.second
        if one is None or two is None:
            return one is two
        return (one.value, one.status if one.value is None else "") == (
            two.value,
            two.status if two.value is None else "",
        )


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """A table in the layout of the newer form of the two; `forms` are those of each report."""

    table: str
    forms: tuple[str | None, str | None]
    grids: tuple[Grid, ...]
    pairs: Mapping[Key, Pair]
    differing: int


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section of both as one text; `is_equal` where nothing was changed."""

    section: str
    headings: tuple[str, str]
    changes: tuple[Change, ...]
    is_equal: bool


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two reports by their ids, and others to choose from.

    `choices` are those of the first one's agency, `others` those of agencies whose names hold the
    `words`, those of its year first. Without a second report nothing is compared yet.
    """

    ids: tuple[str, str | None]
    first: Report
    second: Report | None
    choices: tuple[Row, ...]
    words: str
    others: tuple[Row, ...]
    tables: tuple[ComparedTable, ...]
    sections: tuple[ComparedSection, ...]


def compare_page(
    database: Database, first_id: str, second_id: str | None, words: str = ""
) -> ComparePage:
    """The page of two reports; NotThere where one of them is not there."""
    first = database.report(first_id)
    second = database.report(second_id) if second_id else None
    named = {"words": words.strip()[:_LONGEST], "year": first.year, "report_id": first_id}
    return ComparePage(
        ids=(first_id, second_id or None),
        first=first,
        second=second,
        choices=tuple(database.rows(_CHOICES, {"report_id": first_id})),
        words=str(named["words"]),
        others=tuple(database.rows(_OTHERS, named)) if named["words"] else (),
        tables=tuple(_tables(first, second)) if second else (),
        sections=tuple(_sections(first, second)) if second else (),
    )


def _tables(first: Report, second: Report) -> list[ComparedTable]:
    compared = []
    for name in table_names():
        ours, theirs = _cells(first, name), _cells(second, name)
        forms = (_form(ours), _form(theirs))
        newest = max((form for form in forms if form is not None), default=None)
        editions = [t for t in tables_named(name) if t.form == newest]
        if editions:
            compared.append(_compare(editions[0], forms, ours, theirs))
    return compared


def _cells(report: Report, table: str) -> dict[Key, Observation]:
    """The cells of a table by row and column; of two editions of it the newer one's."""
    own = [o for o in report.observations if o.table == table]
    newest = max((o.form for o in own), default="")
    return {(o.row, o.column): o for o in own if o.form == newest}


def _form(cells: Mapping[Key, Observation]) -> str | None:
    return next((cell.form for cell in cells.values()), None)


def _compare(
    table: FormTable,
    forms: tuple[str | None, str | None],
    ours: Mapping[Key, Observation],
    theirs: Mapping[Key, Observation],
) -> ComparedTable:
    pairs = {
        key: Pair(ours.get(key), theirs.get(key))
        for key in table.fields
        if key in ours or key in theirs
    }
    return ComparedTable(
        table=table.name,
        forms=forms,
        grids=table_to_grids(table, pairs.__contains__),
        pairs=pairs,
        differing=sum(not pair.is_equal for pair in pairs.values()),
    )


def _sections(first: Report, second: Report) -> list[ComparedSection]:
    """Sections of the same name together, in the order of the first report."""
    ours, theirs = _texts(first), _texts(second)
    compared = []
    for name in dict.fromkeys((*ours, *theirs)):
        one, two = ours.get(name), theirs.get(name)
        changes = compare_texts(one.text if one else "", two.text if two else "")
        compared.append(
            ComparedSection(
                section=name,
                headings=(one.heading if one else "", two.heading if two else ""),
                changes=changes,
                is_equal=all(change.kind == "same" for change in changes),
            )
        )
    return compared


def _texts(report: Report) -> dict[str, Section]:
    """The sections by name, those of one name joined."""
    texts: dict[str, Section] = {}
    for section in report.sections:
        known = texts.get(section.section)
        text = f"{known.text}\n{section.text}" if known else section.text
        heading = known.heading if known else section.heading
        texts[section.section] = Section(section.section, heading, text)
    return texts
