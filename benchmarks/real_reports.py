"""Every published report at hand: which cells are right, which are flagged, and why.

`python -m benchmarks.real_reports FOLDER [--out docs/real-reports.md]` takes the folders that
`benchmarks.accuracy` takes. Exits with 1 when a cell is neither right nor flagged.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.accuracy.__main__ import read_case
from benchmarks.accuracy.cases import load_cases
from benchmarks.accuracy.scoring import Score
from normalize.report import Status


def scores_to_page(scores: Sequence[Score], command: str) -> str:
    """The page in Markdown: counts of all, one row a report, and what is wrong or flagged."""
    counts = [score.counts for score in scores]
    lines = [
        "# Published reports, cell by cell",
        "",
        f"Written by `{command}`. Gold was read by people from the same files; cells of printed",
        "rows that gold leaves out are not counted.",
        "",
        f"{len(scores)} documents, {sum(c.gold for c in counts)} cells in gold: "
        f"{sum(c.right for c in counts)} right, {sum(c.wrong for c in counts)} wrong, "
        f"{sum(c.missing for c in counts)} missing, {sum(c.silent for c in counts)} wrong and not "
        f"flagged; {sum(c.flagged for c in counts)} of the right ones are flagged.",
        "",
        "| report | reader | status | gold | right | wrong | missing | right, flagged |",
        "|---|---|---|---:|---:|---:|---:|---:|",
        *(_row(score) for score in scores),
        "",
        "## What is not right, or in doubt",
        "",
        *(line for score in scores for line in _explained(score)),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _row(score: Score) -> str:
    c, report = score.counts, score.report
    readers = ", ".join(dict.fromkeys(o.reader for o in report.observations if o.reader))
    cells = f"{c.gold} | {c.right} | {c.wrong} | {c.missing} | {c.flagged}"
    return f"| {score.case.name} | {readers or report.reader} | {report.verdict.value} | {cells} |"


def _explained(score: Score) -> Iterator[str]:
    """A paragraph a report that has anything to explain."""
    mistakes = [mistake for mistake in score.mistakes if ": extra " not in mistake]
    doubts = Counter(
        doubt
        for o in score.report.observations
        for doubt in o.doubts
        if o.status is not Status.MISSING and doubt.startswith("fails ")
    )
    reasons = score.report.reasons
    if not (mistakes or doubts or reasons):
        return
    yield f"**{score.case.name}**"
    yield ""
    yield from (f"- {_plain(reason)}" for reason in reasons)
    yield from (
        f"- {count} {'cell' if count == 1 else 'cells'} flagged: {_plain(doubt)}"
        for doubt, count in doubts.items()
    )
    yield from (f"- {_plain(mistake)}" for mistake in mistakes)
    yield ""


def _plain(text: str) -> str:
    """The text without what Markdown would take for a mark."""
    return text.replace("\n", " ").replace("|", "\\|").replace("*", "\\*")


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads, scores and prints; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="the page to write, else it is printed")
    given = parser.parse_args(arguments)
    scores = [read_case(case, None) for case in load_cases(given.folder)]
    page = scores_to_page(scores, "python -m benchmarks.real_reports FOLDER --out FILE")
    if given.out:
        given.out.write_text(page, encoding="utf-8")
    else:
        print(page, end="")
    return int(any(score.counts.silent for score in scores))


if __name__ == "__main__":
    sys.exit(main())
