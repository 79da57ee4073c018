"""What the program reads against what is printed: `python -m benchmarks.accuracy DIR`.

DIR holds one folder a report: `source.*`, `gold.csv` (table, row, column, value, status) and
`meta.json` (agency, year, kind). Gold lists the cells that a careful person sees in the document.

    right     value and status as in gold
    wrong     another value or status
    silent    wrong and not flagged: the worst there is
    missing   in gold, and the program says that it is not printed or has no such cell
    extra     a number where gold has no cell
    flagged   right, but with a doubt

Exits with 1 when there is a silent error or when something that is no report went in.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table

from normalize.report import Observation, Report, Status, Verdict
from pipeline.plan import Task
from pipeline.work import task_to_report

_Cell = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells of one report, or of many added up."""

    gold: int = 0
    right: int = 0
    wrong: int = 0
    silent: int = 0
    missing: int = 0
    extra: int = 0
    flagged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Case:
    """One folder of a report with gold."""

    name: str
    source: Path
    gold: dict[_Cell, tuple[Decimal | None, str]]
    agency: str | None
    year: int | None
    is_report: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How one case came out; `agency` and `year` are None where gold does not tell them."""

    case: Case
    report: Report
    counts: Counts
    agency: bool | None
    year: bool | None
    mistakes: tuple[str, ...]

    @property
    def is_kept_out(self) -> bool:
        return self.report.verdict is not Verdict.ACCEPTED


def load_cases(folder: Path) -> Iterator[Case]:
    """The reports under a folder that have gold, by name."""
    for gold in sorted(folder.glob("*/gold.csv")):
        sources = sorted(gold.parent.glob("source.*"))
        if sources:
            yield _load_case(gold.parent, sources[0], gold)


def _load_case(folder: Path, source: Path, gold: Path) -> Case:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    with gold.open(encoding="utf-8", newline="") as file:
        cells = {
            (row["table"], row["row"], row["column"]): (
                Decimal(row["value"]) if row["value"] else None,
                row["status"],
            )
            for row in csv.DictReader(file)
        }
    kind = f"{meta.get('kind', '')} {meta.get('expect', '')}".lower()
    return Case(
        name=folder.name,
        source=source,
        gold=cells,
        agency=_printed_agency(meta.get("agency")),
        year=meta["year"] if isinstance(meta.get("year"), int) else None,
        is_report="not a report" not in kind and "quarantined" not in kind,
    )


def _printed_agency(text: str | None) -> str | None:
    """The agency where gold gives a name, not a description of one."""
    name = re.sub(r"\s*[(（].*", "", text or "")
    return name if name and "某" not in name else None


def score(case: Case, reader: str | None) -> Score:
    """The program's reading of one case held against its gold."""
    report = task_to_report(Task(case.source, case.name), reader)
    found = {(o.table, o.row, o.column): o for o in report.observations}
    counts = Counts(gold=len(case.gold)) if case.is_report else Counts()
    mistakes: list[str] = []
    for cell, expected in case.gold.items() if case.is_report else ():
        one, mistake = _judge(found.get(cell), expected)
        counts += one
        if mistake:
            mistakes.append(f"{'.'.join(cell)}: {mistake}")
    surplus = [o for cell, o in found.items() if cell not in case.gold and o.value is not None]
    for o in surplus:
        mistakes.append(f"{o.table}.{o.row}.{o.column}: extra {o.value}{_flag(o)}")
    return Score(
        case,
        report,
        counts + Counts(extra=len(surplus)),
        agency=None if case.agency is None else report.agency == case.agency,
        year=None if case.year is None else report.year == case.year,
        mistakes=tuple(mistakes),
    )


def _judge(
    found: Observation | None, gold: tuple[Decimal | None, str]
) -> tuple[Counts, str | None]:
    value, status = gold
    if found is None or (found.status is Status.MISSING and status != Status.MISSING):
        return Counts(missing=1), f"missing, gold {value if value is not None else status}"
    if (found.value, found.status.value) == (value, status):
        return Counts(right=1, flagged=int(found.flagged)), None
    said = f"{found.value if found.value is not None else found.status.value}{_flag(found)}"
    wrong = Counts(wrong=1, silent=int(not found.flagged))
    return wrong, f"read {said}, gold {value if value is not None else status}"


def _flag(observation: Observation) -> str:
    return (
        f" (flagged: {', '.join(observation.doubts)})" if observation.flagged else " (NOT flagged)"
    )


def scores_to_table(scores: Sequence[Score]) -> Table:
    """One row a report and a last row for all."""
    table = Table(title="cells")
    columns = [f.name for f in fields(Counts)]
    table.add_column("report")
    for column in columns:
        table.add_column(column, justify="right")
    for column in ("agency", "year", "status"):
        table.add_column(column)
    for one in scores:
        counts = (str(getattr(one.counts, column)) for column in columns)
        verdict = one.report.verdict.value
        table.add_row(one.case.name, *counts, _tick(one.agency), _tick(one.year), verdict)
    total = sum((one.counts for one in scores), Counts())
    table.add_section()
    table.add_row(
        "all",
        *(str(getattr(total, column)) for column in columns),
        _share([one.agency for one in scores]),
        _share([one.year for one in scores]),
        "",
    )
    return table


def _tick(right: bool | None) -> str:
    return {None: "", True: "right", False: "WRONG"}[right]


def _share(marks: Sequence[bool | None]) -> str:
    known = [mark for mark in marks if mark is not None]
    return f"{sum(known)}/{len(known)}"


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 when an error is silent or a trap was taken for a report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", help="force one reader")
    parser.add_argument("--mistakes", action="store_true", help="list every cell that is not right")
    options = parser.parse_args(arguments)
    scores = [score(case, options.reader) for case in load_cases(options.folder)]
    if not scores:
        print(f"{options.folder}: no folder in it holds a gold.csv", file=sys.stderr)
        return 2
    console = Console(width=150)
    console.print(scores_to_table(scores))
    silent = [one for one in scores if one.counts.silent]
    trapped = [one for one in scores if not one.case.is_report and not one.is_kept_out]
    for one in scores if options.mistakes else silent:
        for mistake in one.mistakes:
            console.print(f"{one.case.name} {mistake}", markup=False, highlight=False)
    for one in trapped:
        console.print(f"{one.case.name}: no report, and went in all the same", markup=False)
    return 1 if silent or trapped else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
