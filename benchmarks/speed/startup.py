"""How long the command takes to say anything, against Python itself."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.speed.timing import take_turns

ROOT = Path(__file__).parents[2]
HELP = "import sys; from pipeline.command import main; sys.argv[0] = 'gongkai'; main()"


@dataclass(frozen=True, slots=True)
class StartCost:
    """Median seconds of the wall clock."""

    help: float
    python: float


def start_cost(repeats: int) -> StartCost:
    """`gongkai --help`, and Python doing nothing, each in a new process."""
    seconds = take_turns(
        {
            "help": partial(_start, ["-c", HELP, "--help"]),
            "python": partial(_start, ["-c", "pass"]),
        },
        repeats,
        clock=time.perf_counter,
    )
    return StartCost(**seconds)


def _start(arguments: Sequence[str]) -> None:
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
