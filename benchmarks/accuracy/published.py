"""The results as a page of Markdown and as JSON, both written by the command and never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from benchmarks.accuracy.breakdown import Line, add_up, by_group, by_reader, share_bounds
from benchmarks.accuracy.cases import METADATA
from benchmarks.accuracy.scoring import Score
from benchmarks.accuracy.tools import Failure

GROUPS = ("layout", "form", "kind of mess")

_HEAD = (
    "reports",
    "cells",
    "right",
    "right %, 95 % bounds",
    "not zero",
    "right of them %, 95 % bounds",
    "wrong",
    "silent",
    "missing",
    "extra",
    "right but flagged",
    "repaired",
)
_METADATA_HEAD = ("reports", "agency", "year", "title", "published on", "headings of sections")


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
                "metadata": dict(one.metadata),
                "sections": one.sections,
                "mistakes": list(one.mistakes),
                "counts": asdict(one.counts),
                "nonzero": asdict(one.nonzero),
            }
            for one in scores
        ],
    }


def results_to_page(
    command: str,
    scores: Sequence[Score],
    tools: Mapping[str, Sequence[Score]],
    failures: Sequence[Failure] = (),
) -> str:
    """The page that `docs/accuracy.md` is."""
    total = add_up("all", scores)
    traps = [one for one in scores if not one.case.is_report]
    parts = [
        "# Accuracy",
        f"Written by `{command}`. A cell is right when value and status are as in gold, silent "
        "when it is wrong and not flagged. Cells that are zero are easy to get right by accident, "
        "so the others are counted apart. A cell that is not right is repaired when what the "
        "program suggests in its place is gold.",
        _table("", [total]),
        f"{sum(one.is_kept_out for one in traps)} of {len(traps)} documents that are no reports "
        "kept out.",
        *(part for key in GROUPS for part in (f"## By {key}", _table(key, by_group(scores, key)))),
        "## By reader",
        _table("reader", by_reader(scores)),
        "## Metadata and sections",
        "Right ones of those that gold tells, by layout. A heading is right when it is found as "
        "that of its section.",
        _metadata_table("layout", [*by_group(scores, "layout"), total]),
    ]
    if tools:
        parts += [
            "## What each tool alone would have given",
            "The tables that other tools find in the PDFs of this set that have text, unchanged, "
            "in place of ours, under the same text and through the same interpretation.",
            _table("tool", [add_up(tool, results) for tool, results in tools.items()]),
        ]
    if failures:
        parts += [
            "Files on which a tool failed; all their cells count as missing:",
            "\n".join(f"- {one.tool}, {one.case}: {one.said}" for one in failures),
        ]
    return "\n\n".join(parts) + "\n"


def _table(corner: str, lines: Sequence[Line]) -> str:
    head = f"| {corner} | {' | '.join(_HEAD)} |\n|---|{'---:|' * len(_HEAD)}"
    return "\n".join([head, *(_row(line) for line in lines)])


def _row(line: Line) -> str:
    counts, nonzero = line.counts, line.nonzero
    cells = (
        line.reports,
        counts.gold,
        counts.right,
        _percent(counts.right, counts.gold),
        nonzero.gold,
        _percent(nonzero.right, nonzero.gold),
        counts.wrong,
        counts.silent,
        counts.missing,
        counts.extra,
        counts.flagged,
        counts.repaired,
    )
    return f"| {line.name} | {' | '.join(str(cell) for cell in cells)} |"


def _percent(part: int, whole: int) -> str:
    low, high = share_bounds(part, whole)
    return f"{part / whole:.2%} ({low:.2%} to {high:.2%})" if whole else ""


def _metadata_table(corner: str, lines: Sequence[Line]) -> str:
    head = f"| {corner} | {' | '.join(_METADATA_HEAD)} |\n|---|{'---:|' * len(_METADATA_HEAD)}"
    return "\n".join([head, *(_metadata_row(line) for line in lines)])


def _metadata_row(line: Line) -> str:
    shares = (*(line.metadata[name] for name in METADATA), line.sections)
    cells = [f"{right} of {told}" if told else "" for right, told in shares]
    return f"| {line.name} | {line.reports} | {' | '.join(cells)} |"
