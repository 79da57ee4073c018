"""Progress on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.plain_text import on_one_line
from pipeline.plan import Task

_LINE_EVERY = 100
"""Files between two lines where no bar can be drawn."""


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Task], None]]:
    """A function to call once for each file done."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _count_lines(console, total)
        return
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=total)

        def advance(task: Task) -> None:
            progress.update(bar, advance=1, description=on_one_line(task.source))

        yield advance


def _count_lines(console: Console, total: int) -> Callable[[Task], None]:
    done = 0

    def advance(_: Task) -> None:
        nonlocal done
        done += 1
        if done % _LINE_EVERY == 0 or done == total:
            console.print(f"read {done} of {total} files", highlight=False)

    return advance
