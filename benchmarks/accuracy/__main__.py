"""What the program reads against what is printed: `python -m benchmarks.accuracy DIR`.

DIR holds one folder a report: `source.*`, `gold.csv` (table, row, column, value, status) and
`meta.json` (agency, year, kind, layout, mess). Gold lists the cells that a careful person sees in
the document. Exits with 1 when an error is silent or when something that is no report went in.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.accuracy.cases import Case, load_cases
from benchmarks.accuracy.published import results_to_json, results_to_page
from benchmarks.accuracy.scoring import Counts, Score, score
from benchmarks.accuracy.tools import TOOLS, Failure, tool_to_report
from normalize.report import Verdict
from pipeline.plan import Task
from pipeline.work import task_to_report


def read_case(case: Case, reader: str | None) -> Score:
    """The program's reading of one case held against its gold."""
    return score(case, task_to_report(Task(case.source, case.name), reader))


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
        table.add_row(one.case.name, *counts, _tick(one, "agency"), _tick(one, "year"), verdict)
    total = sum((one.counts for one in scores), Counts())
    table.add_section()
    table.add_row(
        "all",
        *(str(getattr(total, column)) for column in columns),
        _share(scores, "agency"),
        _share(scores, "year"),
        "",
    )
    return table


def _tick(one: Score, name: str) -> str:
    return {None: "", True: "right", False: "WRONG"}[one.metadata.get(name)]


def _share(scores: Sequence[Score], name: str) -> str:
    known = [one.metadata[name] for one in scores if name in one.metadata]
    return f"{sum(known)}/{len(known)}"


def main(arguments: Sequence[str]) -> int:
    """Prints the table; 1 when an error is silent or a trap was taken for a report."""
    options = _parse(arguments)
    cases = list(load_cases(options.folder))
    if not cases:
        print(f"{options.folder}: no folder in it holds a gold.csv", file=sys.stderr)
        return 2
    scores = [read_case(case, options.reader) for case in cases]
    failures: list[Failure] = []
    tools = _read_with_tools(cases, failures) if options.tools else {}
    console = Console(width=150)
    console.print(scores_to_table(scores))
    silent = [one for one in scores if one.counts.silent]
    trapped = [one for one in scores if not one.case.is_report and not one.is_kept_out]
    for one in scores if options.mistakes else silent:
        for mistake in one.mistakes:
            console.print(f"{one.case.name} {mistake}", markup=False, highlight=False)
    for one in trapped:
        console.print(f"{one.case.name}: no report, and went in all the same", markup=False)
    for failure in failures:
        print(f"{failure.tool} failed on {failure.case}: {failure.said}", file=sys.stderr)
    _publish(options, scores, tools, failures)
    return 1 if silent or trapped else 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", help="force one reader")
    parser.add_argument("--mistakes", action="store_true", help="list every cell that is not right")
    parser.add_argument("--tools", action="store_true", help="compare other tools on the PDFs")
    parser.add_argument("--json", type=Path, help="write all counts to this file")
    parser.add_argument("--out", type=Path, help="write a page of results to this file")
    return parser.parse_args(arguments)


def _read_with_tools(cases: Sequence[Case], failures: list[Failure]) -> dict[str, list[Score]]:
    """Our own reading of the PDFs first, then each tool's; where one fails is added to `failures`.

    A PDF without text that can be relied on is left out: tools get our text around their tables,
    and none of them recognises pictures.
    """
    pdfs = [case for case in cases if case.source.suffix == ".pdf" and case.gold]
    ours = [read_case(case, None) for case in pdfs]
    refused = Verdict.QUARANTINED
    read = [o.case for o in ours if o.report.verdict is not refused and o.report.reader != "ocr"]
    results = {"gongkai": [one for one in ours if one.case in read]}
    for tool in TOOLS:
        results[tool] = []
        for case in read:
            report, failure = tool_to_report(tool, case.source)
            results[tool].append(score(case, report))
            if failure is not None:
                failures.append(Failure(tool, case.name, failure))
    return results


def _publish(
    options: argparse.Namespace,
    scores: Sequence[Score],
    tools: dict[str, list[Score]],
    failures: Sequence[Failure],
) -> None:
    if options.json:
        results = results_to_json(scores, tools)
        options.json.write_text(
            json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    if options.out:
        flags = " --tools" if options.tools else ""
        command = f"python -m benchmarks.accuracy {options.folder}{flags} --out {options.out}"
        options.out.write_text(results_to_page(command, scores, tools, failures), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
