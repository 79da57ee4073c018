"""Reports of real cell names, small, for the tests of the panel and the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from normalize.forms import all_fields
from normalize.report import Body, Check, Observation, Report, Status
from tests.store_examples import quarantined, report

FIELDS = {(f.form, f.table, f.row, f.column): f for f in all_fields()}
GROUNDS = tuple(
    row
    for form, _, row, column in FIELDS
    if form == "2021" and column == "total" and row.startswith("refused_")
)
MARKS = {
    "": Status.BLANK,
    "/": Status.PLACEHOLDER,
    "?": Status.UNREADABLE,
    "no cell": Status.MISSING,
}


def observe(
    form: str, cell: str, printed: str, *, doubts: tuple[str, ...] = (), person: bool = False
) -> Observation:
    """`cell` is table.row.column; `printed` a number or one of MARKS; by a `person`: corrected."""
    table, row, column = cell.split(".")
    status = MARKS.get(printed, Status.CORRECTED if person else Status.REPORTED)
    return Observation(
        form=form,
        table=table,
        row=row,
        column=column,
        value=None if printed in MARKS else Decimal(printed),
        unit=FIELDS[form, table, row, column].unit,
        status=status,
        raw=None if status is Status.MISSING else printed,
        doubts=doubts,
    )


def cells(form: str, table: str, printed: Mapping[str, str]) -> tuple[Observation, ...]:
    """Observations of one table; a row without a column is that of its totals."""
    return tuple(
        observe(form, f"{table}.{name if '.' in name else name + '.total'}", value)
        for name, value in printed.items()
    )


NEW = replace(
    report(
        "new",
        "new.pdf",
        observations=(
            *cells("2021", "requests", {"received": "10", "carried_over": "2", "granted": "3"}),
            *cells("2021", "requests", {"concluded": "8", "carried_forward": "4"}),
            *cells("2021", "requests", dict.fromkeys(GROUNDS, "0") | {GROUNDS[0]: "2"}),
            observe("2021", "requests.other_fee_unpaid.total", "", doubts=("lost",)),
            *cells("2021", "proactive", {"permits.decisions": "5", "fees.amount": "75450000.5"}),
            *cells(
                "2019",
                "proactive",
                {"regulations.produced": "1", "normative_documents.produced": "/"},
            ),
            *cells(
                "2021",
                "proceedings",
                {"reconsideration.upheld": "3", "reconsideration.corrected": "1"}
                | {"reconsideration.other": "0", "reconsideration.total": "4"},
            ),
        ),
    ),
    checks=(
        Check("Q-ROW", "2021", "requests", "other", "", None, None, None, blank_as_zero=True),
        Check("Q-BAL", "2021", "requests", "concluded", "", Decimal(12), Decimal(11), False),
        Check("Q-ALL0", "2021", "requests", "", "", None, None, False, kind="I"),
    ),
    body=Body("330100:government", "330100", "city", "government"),
)
OLD = replace(
    report(
        "old",
        "old.pdf",
        year=2016,
        observations=(
            *cells(
                "2014",
                "statistics",
                {
                    "requests_received.value": "20",
                    "requests_concluded.value": "19",
                    "requests_answered.value": "16",
                    "answered_granted.value": "8",
                    "refused_trade_secret.value": "1",
                    "refused_privacy.value": "2",
                    "fees_charged.value": "",
                    "litigations_corrected.value": "0",
                },
            ),
        ),
    ),
    body=Body("330100:government", "330100", "city", "government"),
)
BROKEN = quarantined()
EXAMPLES: tuple[Report, ...] = (NEW, OLD, BROKEN)
