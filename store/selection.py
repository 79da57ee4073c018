"""Which reports are taken out of a database: by year, division, form and level."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, or_, select

from store.schema import fields, reports
from store.schema_cells import observation_rows


@dataclass(frozen=True, slots=True)
class Selection:
    """Current reports that meet every condition that is given; an empty one asks for nothing.

    `regions` are beginnings of division codes: "44" is Guangdong, "440303" one county. `forms` are
    those of a report's cells, whatever its year; `levels` as in the column `level` of reports.
    `agencies` are names as printed, or agency_ids; `reports` are report_ids.
    """

    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()

    def of_reports(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on the table of reports, that they are current first."""
        found: list[ColumnElement[bool]] = [reports.c.superseded_by.is_(None)]
        if self.years:
            found.append(reports.c.year.in_(self.years))
        if self.regions:
            code = reports.c.region_code
            found.append(or_(*(code.startswith(part, autoescape=True) for part in self.regions)))
        if self.levels:
            found.append(reports.c.level.in_(self.levels))
        if self.agencies:
            named = reports.c.agency.in_(self.agencies)
            found.append(or_(named, reports.c.agency_id.in_(self.agencies)))
        if self.reports:
            found.append(reports.c.report_id.in_(self.reports))
        if self.forms:
            having = (
                select(observation_rows.c.report_key)
                .join_from(observation_rows, fields)
                .where(fields.c.form.in_(self.forms))
            )
            found.append(reports.c.report_key.in_(having))
        return tuple(found)

    def of_form(self, form: Column[str]) -> tuple[ColumnElement[bool], ...]:
        """The condition on rows that name a form; those of a report as a whole name none."""
        return (form.in_((*self.forms, "")),) if self.forms else ()


EVERYTHING = Selection()
