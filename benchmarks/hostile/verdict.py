"""What a run made of the traps, held against what had to happen."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile.catalogue import Trap
from benchmarks.hostile.exports import Rows
from benchmarks.hostile.measure import Cost
from benchmarks.hostile.trap import Fate
from normalize.report import Verdict
from pipeline.workers import CRASHED, FAULT

MOST_SECONDS = 30.0
MOST_BYTES = 1024**3
SECONDS_TO_GIVE_UP = 2.0
"""What one document may cost at most: time until its report is made, memory of its worker;
and for one that is never read, how long after its time it must be given up."""

Texts = Mapping[str, Sequence[str]]
"""All exported texts of a report, by its digest."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is on record for one name; `reason` is empty for what was accepted."""

    source: str
    sha256: str
    verdict: Verdict
    reason: str


def read_outcomes(database: Path) -> list[Outcome]:
    """One for each name that the database lists as holding bytes now."""
    with sqlite3.connect(database) as connection:
        rows = connection.execute(
            "SELECT s.source, s.sha256, r.status, COALESCE(r.reason, '') FROM sources s "
            "LEFT JOIN reports r ON r.sha256 = s.sha256 WHERE s.current ORDER BY s.source"
        )
        return [
            Outcome(source, sha, Verdict(status), reason) for source, sha, status, reason in rows
        ]


def faults_of_database(database: Path) -> Iterator[str]:
    with sqlite3.connect(database) as connection:
        for (said,) in connection.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield f"the database is damaged: {said}"
        for row in connection.execute("PRAGMA foreign_key_check"):
            yield f"the database points nowhere: {row}"


def faults_of_accounts(
    traps: Sequence[Trap], outcomes: Sequence[Outcome], planned: Sequence[str], done: Sequence[str]
) -> Iterator[str]:
    """Files that are not accounted for exactly once."""
    expected = Counter(trap.source for trap in traps)
    for what, found in (
        ("planned", Counter(planned)),
        ("reported as done", Counter(done)),
        ("on record", Counter(outcome.source for outcome in outcomes)),
    ):
        for source in sorted(expected.keys() | found.keys()):
            if found[source] != expected[source]:
                yield f"{source!r} is {what} {found[source]} times, not {expected[source]}"


def faults_of_fates(
    traps: Sequence[Trap], outcomes: Mapping[str, Outcome], texts: Texts
) -> Iterator[str]:
    """Traps that did not end as they must."""
    for trap in traps:
        outcome = outcomes.get(trap.source)
        if outcome is not None:
            for fault in _faults_of_fate(trap, outcome, texts.get(outcome.sha256, ())):
                yield f"{trap.source!r} {fault}"


def _faults_of_fate(trap: Trap, outcome: Outcome, texts: Sequence[str]) -> Iterator[str]:
    must, reason = trap.must, outcome.reason
    if outcome.verdict is Verdict.QUARANTINED:
        if must.fate is Fate.READ:
            yield f"was quarantined: {reason}"
        elif not reason.strip():
            yield "was quarantined without a reason"
        elif reason.startswith(FAULT) or (reason == CRASHED and "memory" not in must.words):
            yield f"met a fault: {reason}"
        elif must.words and not any(word.lower() in reason.lower() for word in must.words):
            yield f"was quarantined for another reason than {'/'.join(must.words)}: {reason}"
    elif must.fate is Fate.REFUSED:
        yield f"went in ({outcome.verdict})"
    else:
        for text in must.verbatim:
            if not any(text in exported for exported in texts):
                yield f"does not come out with {text!r}"
    for text in must.absent:
        if text in reason or any(text in exported for exported in texts):
            yield f"comes out with {text!r}"


def faults_of_costs(
    traps: Sequence[Trap], costs: Mapping[str, Cost], time_limit: float
) -> Iterator[str]:
    """Documents that took more time or memory than any may."""
    for trap in traps:
        cost = costs.get(trap.source)
        if cost is None:
            yield f"{trap.source!r} was not read by any worker"
            continue
        if cost.seconds is not None and cost.seconds > MOST_SECONDS:
            yield f"{trap.source!r} took {cost.seconds:.0f} s"
        waited = cost.until_given_up
        if cost.seconds is None and (waited is None or waited > time_limit + SECONDS_TO_GIVE_UP):
            after = "never" if waited is None else f"after {waited:.0f} s only"
            yield f"{trap.source!r} was given up {after}"
        if cost.peak is not None and cost.peak > MOST_BYTES:
            yield f"{trap.source!r} took {cost.peak / 1024**2:.0f} MB"


def texts_of_exports(tables: Mapping[str, Rows]) -> Texts:
    """Every text that CSV holds of a report, by the report's digest."""
    digests = {row["report_id"]: row["sha256"] for row in tables["reports"]}
    texts: dict[str, list[str]] = {digest: [] for digest in digests.values()}
    for name, columns in (
        ("reports", ("agency", "title", "source")),
        ("sections", ("heading", "text")),
        ("observations", ("raw",)),
    ):
        for row in tables[name]:
            texts[digests[row["report_id"]]] += [row[column] for column in columns if row[column]]
    return texts
