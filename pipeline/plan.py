"""The files that a run is to read, each with the name it will have in the database."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Task:
    """One file; `source` is its path relative to the folder named, or as given."""

    path: Path
    source: str


class NothingThere(Exception):
    """A path named on the command line does not exist."""


def paths_to_tasks(paths: Sequence[Path], include: Sequence[str] = ()) -> tuple[Task, ...]:
    """Every file under the paths in a fixed order, each once.

    `include` are patterns of file names or of paths inside the folder; files named on the command
    line are always taken. Two files that would have the same name get their folder in front.
    """
    found: list[tuple[Task, Path | None]] = []
    seen: set[str] = set()
    for path in paths:
        for task, root in _expand(path, include):
            key = os.path.realpath(task.path) if task.path.exists() else os.fspath(task.path)
            if key not in seen:
                seen.add(key)
                found.append((task, root))
    taken = Counter(task.source for task, _ in found)
    tasks = (
        Task(task.path, printable(f"{root}/{task.source}"))
        if root and taken[task.source] > 1
        else task
        for task, root in found
    )
    return tuple(sorted(tasks, key=lambda task: task.source))


def _expand(path: Path, include: Sequence[str]) -> Iterator[tuple[Task, Path | None]]:
    if path.is_dir():
        for file in sorted(_files_below(path)):
            inside = file.relative_to(path).as_posix()
            if not include or any(fnmatch(inside, p) or fnmatch(file.name, p) for p in include):
                yield Task(file, printable(inside)), path
    elif path.exists() or path.is_symlink():
        yield Task(path, printable(path.as_posix())), None
    else:
        raise NothingThere(f"{path}: there is no such file or folder; check the path")


def _files_below(folder: Path) -> Iterator[Path]:
    """Files and dangling links; linked folders are not entered, so a loop cannot trap the walk."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in (*names, *(f for f in folders if Path(root, f).is_symlink())):
            yield Path(root, name)


def printable(text: str) -> str:
    """The name with bytes that are no UTF-8 written out, so that it can be stored and printed."""
    return os.fsencode(text).decode("utf-8", errors="backslashreplace")
