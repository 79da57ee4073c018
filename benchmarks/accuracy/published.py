"""The results as a page of Markdown and as JSON, both written by the command and never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from benchmarks.accuracy.breakdown import Line, add_up, by_group, by_reader, share_bounds
from benchmarks.accuracy.scoring import Score

GROUPS = ("layout", "form", "kind of mess")

_HEAD = (
    "reports",
    "cells",
    "right",
    "right %, 95 % bounds",
    "not zero",
    "right of them %",
    "wrong",
    "silent",
    "missing",
    "extra",
    "right but flagged",
)


def results_to_json(
    scores: Sequence[Score], tools: Mapping[str, Sequence[Score]]
) -> dict[str, object]:
    """Every count by report and by group, for programs."""
    return {
        "all": asdict(add_up("all", scores)),
        "reader": [asdict(line) for line in by_reader(scores)],
        **{key: [asdict(line) for line in by_group(scores, key)] for key in GROUPS},
        "tools": [asdict(add_up(tool, results)) for tool, results in tools.items()],
        "reports": [
            {
                "name": one.case.name,
                "status": one.report.verdict.value,
                "reader": one.report.reader,
                "agency": one.agency,
                "year": one.year,
                "sections": one.sections,
                "mistakes": list(one.mistakes),
                "counts": asdict(one.counts),
                "nonzero": asdict(one.nonzero),
            }
            for one in scores
        ],
    }


def results_to_page(
    command: str, scores: Sequence[Score], tools: Mapping[str, Sequence[Score]]
) -> str:
    """The page that `docs/accuracy.md` is."""
    agencies = [one.agency for one in scores if one.agency is not None]
    years = [one.year for one in scores if one.year is not None]
    traps = [one for one in scores if not one.case.is_report]
    parts = [
        "# Accuracy",
        f"Written by `{command}`. A cell is right when value and status are as in gold, silent "
        "when it is wrong and not flagged. Cells that are zero are easy to get right by accident, "
        "so the others are counted apart.",
        _table("", [add_up("all", scores)]),
        f"Agency right in {sum(agencies)} of {len(agencies)}, year in {sum(years)} of {len(years)} "
        f"reports; {sum(one.is_kept_out for one in traps)} of {len(traps)} documents that are no "
        "reports kept out.",
        *(part for key in GROUPS for part in (f"## By {key}", _table(key, by_group(scores, key)))),
        "## By reader",
        _table("reader", by_reader(scores)),
    ]
    if tools:
        parts += [
            "## What each tool alone would have given",
            "The tables that other tools find in the PDFs of this set, unchanged, in place of "
            "ours, under the same text and through the same interpretation.",
            _table("tool", [add_up(tool, results) for tool, results in tools.items()]),
        ]
    return "\n\n".join(parts) + "\n"


def _table(corner: str, lines: Sequence[Line]) -> str:
    head = f"| {corner} | {' | '.join(_HEAD)} |\n|---|{'---:|' * len(_HEAD)}"
    return "\n".join([head, *(_row(line) for line in lines)])


def _row(line: Line) -> str:
    counts, nonzero = line.counts, line.nonzero
    low, high = share_bounds(counts.right, counts.gold)
    cells = (
        line.reports,
        counts.gold,
        counts.right,
        f"{_percent(counts.right, counts.gold)} ({low:.2%} to {high:.2%})" if counts.gold else "",
        nonzero.gold,
        _percent(nonzero.right, nonzero.gold),
        counts.wrong,
        counts.silent,
        counts.missing,
        counts.extra,
        counts.flagged,
    )
    return f"| {line.name} | {' | '.join(str(cell) for cell in cells)} |"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else ""
