"""The result as a page of Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.hostile.catalogue import BY_CHANCE, BY_DESIGN
from benchmarks.hostile.measure import Cost
from benchmarks.hostile.trap import Kind
from benchmarks.hostile.trial import TIME_LIMIT, Result
from benchmarks.hostile.verdict import MOST_BYTES, MOST_SECONDS, SECONDS_TO_GIVE_UP
from normalize.report import Verdict

_MEGABYTE = 1024**2
_STEPS_SECONDS = (0.1, 1, 5, 10, 20, 30, 32)
_STEPS_MEGABYTES = (100, 200, 300, 400, 500, 750, 1024)
_PART_OF_ONE_FILE = re.compile(r"'[^']*'|“[^”]*”|\S*[/\\]\S*")
_LIBRARY = re.compile(r"\s*\((?P<said>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_LONGEST_SAID = 60


def result_to_markdown(result: Result, kinds: Sequence[Kind]) -> str:
    """The page: what must hold, what became of each kind, and for which reasons."""
    return "\n".join(_lines(result, kinds)) + "\n"


def _lines(result: Result, kinds: Sequence[Kind]) -> Iterator[str]:
    verdicts = Counter(outcome.verdict for outcome in result.outcomes.values())
    yield "# Hostile input"
    yield ""
    yield (
        "Written by `python -m benchmarks.hostile --out docs/hostile.md`. Broken and malicious "
        "files go through the batch job as any others do: worker processes, a SQLite file, all "
        "exports."
    )
    yield ""
    yield (
        "Every file must be on record exactly once, end as its kind demands, and be quarantined "
        "only for a reason that names the trouble; what was printed must come out of CSV, Parquet, "
        "Excel and Stata again, and nothing outside of the output folder may be touched. No "
        f"document may take more than {MOST_SECONDS:.0f} seconds or {MOST_BYTES // _MEGABYTE} MB; "
        f"this run gave each {TIME_LIMIT:.0f} seconds, and one that is not read must be given up "
        f"within {SECONDS_TO_GIVE_UP:.0f} seconds more."
    )
    yield ""
    peak = f", {result.peak / _MEGABYTE:.0f} MB for the process that writes" if result.peak else ""
    yield f"Seed {result.seed}, {len(result.traps)} files{peak}:"
    yield ""
    yield f"- {verdicts[Verdict.ACCEPTED]} accepted"
    yield f"- {verdicts[Verdict.NEEDS_REVIEW]} sent to review"
    yield f"- {verdicts[Verdict.QUARANTINED]} quarantined"
    yield f"- {len(result.faults)} not as it must be"
    for title, group in (("Made by chance", BY_CHANCE), ("Made by design", BY_DESIGN)):
        chosen = [kind for kind in kinds if kind in group]
        if chosen:
            yield from ("", f"## {title}", "", *_kinds_table(result, chosen))
    yield from ("", "## Why files were quarantined", "", "| reason | files |", "|---|---:|")
    for reason, files in sorted(_reasons(result).items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"| {_cell(reason)} | {files} |"


def _kinds_table(result: Result, kinds: Sequence[Kind]) -> Iterator[str]:
    yield "| kind | what | files | accepted | review | quarantined | slowest | most memory |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|"
    for kind in kinds:
        sources = [trap.source for trap in result.traps if trap.kind == kind.name]
        found = Counter(
            result.outcomes[source].verdict for source in sources if source in result.outcomes
        )
        counts = (found[verdict] for verdict in Verdict)
        costs = [result.costs[source] for source in sources if source in result.costs]
        cells = (kind.name, _cell(kind.about), len(sources), *counts, *_worst(costs))
        yield f"| {' | '.join(map(str, cells))} |"


def _worst(costs: Sequence[Cost]) -> tuple[str, str]:
    """The slowest and the largest in steps, for a page that does not change with every run."""
    slowest = max((cost.seconds for cost in costs if cost.seconds is not None), default=None)
    largest = max((cost.peak / _MEGABYTE for cost in costs if cost.peak is not None), default=None)
    waited = [cost.until_given_up or 0 for cost in costs if cost.seconds is None]
    return (
        f"given up in {_step(max(waited), _STEPS_SECONDS, 's')}"
        if waited
        else _step(slowest, _STEPS_SECONDS, "s"),
        _step(largest, _STEPS_MEGABYTES, "MB"),
    )


def _step(value: float | None, steps: Sequence[float], unit: str) -> str:
    if value is None:
        return ""
    above = next((step for step in steps if value < step), None)
    return f"> {steps[-1]:g} {unit}" if above is None else f"< {above:g} {unit}"


def _reasons(result: Result) -> Counter[str]:
    """Reasons without what belongs to one file: its numbers, names and parts."""
    return Counter(
        _general(outcome.reason)
        for outcome in result.outcomes.values()
        if outcome.verdict is Verdict.QUARANTINED
    )


def _general(reason: str) -> str:
    """The problem without the remedy; what a library said of it is cut at its first detail."""
    problem = reason.split("\n", 1)[0].split("; ", 1)[0]
    without = _LIBRARY.sub(lambda match: _said(match["said"]), problem)
    return re.sub(r"\d+", "N", _PART_OF_ONE_FILE.sub("…", without)).strip()


def _said(text: str) -> str:
    """What a library said, as far as it is not about one place in the file."""
    kind = re.split(r":|,| at | in | for | line | while ", text, maxsplit=1)[0]
    return f" ({kind})" if len(kind) <= _LONGEST_SAID else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
