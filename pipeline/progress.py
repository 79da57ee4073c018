"""Progress on standard error: a bar on a terminal, elsewhere a plain line every few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from pipeline.plain_text import on_one_line
from pipeline.results import Became, FileResult

_LINE_EVERY = 5.0
"""Seconds between two lines where no bar can be drawn."""


@dataclass(slots=True)
class Meter:
    """How far a run is. Files that need not be read go by too fast to count towards the rate."""

    total: int
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    read: int = 0
    flagged: int = 0
    quarantined: int = 0
    _start: float = field(init=False)

    def __post_init__(self) -> None:
        self._start = self.clock()

    def add(self, result: FileResult) -> None:
        self.done += 1
        self.flagged += result.flagged
        if result.became in (Became.QUARANTINED, Became.STILL_QUARANTINED):
            self.quarantined += 1
        if result.was_read:
            self.read += 1
        elif not self.read:
            self._start = self.clock()

    @property
    def rate(self) -> float | None:
        """Files read in a second; None as long as none is."""
        passed = self.clock() - self._start
        return self.read / passed if self.read and passed > 0 else None

    @property
    def seconds_left(self) -> float | None:
        rate = self.rate
        return (self.total - self.done) / rate if rate else None

    def __str__(self) -> str:
        pace = []
        if self.rate is not None and self.seconds_left is not None:
            pace = [f"{self.rate:.1f} files/s", f"{seconds_to_text(self.seconds_left)} left"]
        return ", ".join(
            [*pace, f"{self.flagged} cells flagged", f"{self.quarantined} quarantined"]
        )


def seconds_to_text(seconds: float) -> str:
    """As `8 s`, `3 min 20 s` or `2 h 05 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[FileResult], None]]:
    """A function to tell of each file that is done."""
    console = Console(stderr=True)
    meter = Meter(total)
    if not console.is_terminal:
        yield _lines(console, meter)
        return
    columns = (
        TextColumn("reading"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[meter]}  {task.description}", markup=False),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=total, meter=meter)

        def advance(result: FileResult) -> None:
            meter.add(result)
            progress.update(bar, completed=meter.done, description=on_one_line(result.source))

        yield advance


def _lines(console: Console, meter: Meter) -> Callable[[FileResult], None]:
    """Prints at most one line every few seconds, and one for the last file."""
    last = meter.clock()

    def advance(result: FileResult) -> None:
        nonlocal last
        meter.add(result)
        now = meter.clock()
        if now - last >= _LINE_EVERY or meter.done == meter.total:
            last = now
            console.print(
                f"{meter.done} of {meter.total} files, {meter}", highlight=False, soft_wrap=True
            )

    return advance
