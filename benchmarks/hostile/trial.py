"""The whole trial: traps laid, the job run beside them, everything it left behind looked at."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile import exports, verdict
from benchmarks.hostile.catalogue import Trap, lay_traps
from benchmarks.hostile.job import DATABASE, SUMMARY
from benchmarks.hostile.link_traps import a_file_that_changes, changing, versions
from benchmarks.hostile.measure import LOG, Cost, read_costs
from benchmarks.hostile.snapshot import changes, folder_to_state
from benchmarks.hostile.trap import Kind
from benchmarks.hostile.verdict import MOST_SECONDS, Outcome
from pipeline.plan import Task
from pipeline.work import task_to_report

ROOT = Path(__file__).parents[2]

TIME_LIMIT = MOST_SECONDS
"""Seconds that the run allows a document before it gives it up."""

_HANG = 3600.0
"""Seconds after which a run is taken to hang, whatever its size."""

_TAIL = 3000

PLACES = ("in", "out", "log", "elsewhere", "here", "temporary")
"""`temporary` may be written to, when nothing is left there; `elsewhere` and `here` may not."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the traps; `faults` says in words what should not have happened.

    `peak` is what the process that writes took at most, in bytes, 0 where that is not known.
    """

    traps: tuple[Trap, ...]
    outcomes: Mapping[str, Outcome]
    costs: Mapping[str, Cost]
    seed: str
    peak: int
    faults: tuple[str, ...]


def try_kinds(
    kinds: Sequence[Kind],
    workplace: Path,
    *,
    seed: str = "1",
    count: int = 0,
    jobs: int = 2,
    time_limit: float = TIME_LIMIT,
) -> Result:
    """Lays the traps of these kinds below `workplace` and runs the job over them."""
    folders = {name: workplace / name for name in PLACES}
    for folder in folders.values():
        folder.mkdir(parents=True)
    traps = lay_traps(kinds, seed, count, folders["in"], folders["elsewhere"])
    changed = folders["in"] / a_file_that_changes.__name__.replace("_", "-")
    aside = (folders["out"], folders["log"], folders["temporary"], changed)
    before = folder_to_state(workplace, aside)
    with changing(changed) if changed.is_dir() else nullcontext():
        broken = _run_job(folders, jobs, time_limit)
    if broken:
        return Result(traps, {}, {}, seed, 0, (broken,))
    touched = tuple(changes(before, folder_to_state(workplace, aside)))
    summary = json.loads((folders["out"] / SUMMARY).read_text(encoding="utf-8"))
    listed = verdict.read_outcomes(folders["out"] / DATABASE)
    outcomes = {outcome.source: outcome for outcome in listed}
    costs = read_costs(folders["log"])
    tables = exports.read_csv(folders["out"] / "csv")
    texts = verdict.texts_of_exports(tables)
    faults = (
        *verdict.faults_of_accounts(traps, listed, summary["planned"], summary["done"]),
        *verdict.faults_of_fates(traps, outcomes, texts),
        *verdict.faults_of_costs(traps, costs, time_limit),
        *verdict.faults_of_database(folders["out"] / DATABASE),
        *(f"an export was refused: {refusal}" for refusal in summary["exports refused"]),
        *_faults_of_exports(folders["out"], tables, summary["exports refused"]),
        *(f"touched: {change}" for change in touched),
        *(f"left behind: {path.name}" for path in folders["temporary"].iterdir()),
        *_faults_of_changing(changed, outcomes, tables, workplace),
    )
    return Result(traps, outcomes, costs, seed, summary["peak"] or 0, faults)


def _run_job(folders: Mapping[str, Path], jobs: int, time_limit: float) -> str | None:
    """Why the run broke; None when it came to its end."""
    here = str(folders["here"])
    settings = {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(folders["temporary"]),
        "HOME": here,
        LOG: str(folders["log"]),
    }
    command = [sys.executable, "-m", "benchmarks.hostile.job", folders["in"], folders["out"]]
    try:
        done = subprocess.run(
            [*map(str, command), "--jobs", str(jobs), "--timeout", str(time_limit)],
            cwd=here,
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_HANG,
        )
    except subprocess.TimeoutExpired:
        return f"the run hung: it had not ended after {_HANG:.0f} seconds"
    if done.returncode:
        said = done.stderr.decode(errors="replace")[-_TAIL:]
        return f"the run broke with status {done.returncode}:\n{said}"
    return None


def _faults_of_exports(
    out: Path, tables: Mapping[str, exports.Rows], refused: Sequence[str]
) -> Iterator[str]:
    missing = {refusal.partition(":")[0] for refusal in refused}
    if "parquet" not in missing:
        yield from exports.faults_of_parquet(out / "parquet", tables)
    if "xlsx" not in missing:
        yield from exports.faults_of_workbook(out / "xlsx" / "gongkai.xlsx", tables)
    if "stata" not in missing:
        yield from exports.faults_of_stata(out / "stata", tables)


def _faults_of_changing(
    folder: Path,
    outcomes: Mapping[str, Outcome],
    tables: Mapping[str, exports.Rows],
    workplace: Path,
) -> Iterator[str]:
    """Files that changed and are on record with other cells than their bytes hold."""
    still = workplace / "still"
    still.mkdir()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        outcome = outcomes.get(f"{folder.name}/{path.name}")
        for data in versions(path.read_bytes()) if outcome else ():
            if outcome is None or hashlib.sha256(data).hexdigest() != outcome.sha256:
                continue
            copy = still / path.name
            copy.write_bytes(data)
            report = task_to_report(Task(copy, path.name), None)
            expected = {(o.table, o.row, o.column): o.raw or "" for o in report.observations}
            found = {
                (row["table"], row["row"], row["column"]): row["raw"]
                for row in tables["observations"]
                if row["report_id"] == outcome.sha256[:16]
            }
            if (report.verdict, expected) != (outcome.verdict, found):
                yield f"{outcome.source!r} is on record otherwise than its bytes read"
