"""The views over years: `panel`, `rates` and `coverage`, on the rows of `panel_rows`.

panel     one current report a row, its measures comparable across forms, with the status of each
rates     one current report a row, shares of its measures with what they are shares of
coverage  one year, level and province a row: how many reports, and how sure they are
"""

from __future__ import annotations

from itertools import combinations

from sqlalchemy import (
    ColumnElement,
    Label,
    SelectBase,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from normalize.report import Verdict
from store.form_views import REPORT_COLUMNS, is_current
from store.measures import TOPICS, Rate, all_measures, all_rates
from store.measuring import FLAGGED, STATES, differing, forms_of
from store.schema import PANEL_BLANKS, PANEL_COUNTS, panel_rows, reports

_ROW = panel_rows.c
_BODY_COLUMNS = (reports.c.agency_id, reports.c.level, reports.c.agency_kind)
_JOINED = panel_rows.join(reports, panel_rows.c.report_id == reports.c.report_id)


def panel() -> SelectBase:
    """One row a report; of each measure the value, then all statuses, then all flags."""
    names = [measure.name for measure in all_measures()]
    return (
        select(
            *REPORT_COLUMNS,
            *_BODY_COLUMNS,
            *(_ROW[f"{topic}_form"] for topic in TOPICS),
            *(_ROW[name] for name in names),
            *_differences(),
            *(_ROW[name] for name in (*PANEL_BLANKS, *PANEL_COUNTS)),
            *(_status(name).label(f"{name}_status") for name in names),
            *(_flagged(name).label(f"{name}_flagged") for name in names),
        )
        .select_from(_JOINED)
        .where(is_current())
    )


def rates() -> SelectBase:
    """One row a report: every rate, what it is a share of, and whether either is in doubt."""
    denominators = dict.fromkeys(rate.denominator for rate in all_rates())
    return (
        select(
            *REPORT_COLUMNS,
            *_BODY_COLUMNS,
            *(_ROW[f"{topic}_form"] for topic in TOPICS[:2]),
            *(_ROW[name] for name in denominators),
            *(_quotient(rate).label(rate.name) for rate in all_rates()),
            _differences()[0],
            *(
                or_(_flagged(rate.numerator), _flagged(rate.denominator)).label(
                    f"{rate.name}_flagged"
                )
                for rate in all_rates()
            ),
        )
        .select_from(_JOINED)
        .where(is_current())
    )


def coverage() -> SelectBase:
    """One row for each year, level and province that has a current report."""
    r = reports.c
    province = func.substr(r.region_code, literal_column("1"), literal_column("2"))
    cells, flagged = func.sum(_ROW.cells), func.sum(_ROW.cells_flagged)
    return (
        select(
            r.year,
            r.level,
            province.label("province_code"),
            func.count().label("reports"),
            *(
                func.sum(case((r.status == verdict.value, 1), else_=0)).label(verdict.value)
                for verdict in Verdict
            ),
            func.count(func.coalesce(r.agency_id, r.agency).distinct()).label("agencies"),
            func.coalesce(cells, 0).label("cells"),
            func.coalesce(flagged, 0).label("cells_flagged"),
            _divide(flagged, cells).label("flagged_share"),
        )
        .select_from(reports.outerjoin(panel_rows, r.report_id == _ROW.report_id))
        .where(is_current())
        .group_by(r.year, r.level, province)
    )


def _quotient(rate: Rate) -> ColumnElement[object]:
    return _divide(_ROW[rate.numerator], _ROW[rate.denominator])


def _divide(over: ColumnElement[object], under: ColumnElement[object]) -> ColumnElement[object]:
    """The quotient, NULL where either is or there is nothing to divide by; never whole numbers'."""
    whole: ColumnElement[object] = literal_column("1.0").op("*")(over)
    return whole.op("/")(func.nullif(under, literal_column("0")))


def _status(name: str) -> ColumnElement[str]:
    code = _ROW[f"{name}_state"].bitwise_and(FLAGGED - 1)
    return case(*((code == number, literal(status)) for number, status in enumerate(STATES)))


def _flagged(name: str) -> ColumnElement[bool]:
    return _ROW[f"{name}_state"] >= FLAGGED


def _differences() -> list[Label[str | None]]:
    """For each topic the names of the measures that a report's form counts otherwise."""
    columns = []
    for topic in TOPICS:
        forms = forms_of(topic)
        mixtures = [
            "+".join(sorted(m)) for n in range(len(forms)) for m in combinations(forms, n + 1)
        ]
        cases = []
        for form in forms[::-1]:
            if names := " ".join(differing(topic, form)):
                having = [mixture for mixture in mixtures if form in mixture.split("+")]
                cases.append((_ROW[f"{topic}_form"].in_(having), literal(names)))
        if cases:
            columns.append(case(*cases).label(f"{topic}_differs"))
    return columns
