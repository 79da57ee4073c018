"""The files that a run is to read, each with the name it will have in the database."""

from __future__ import annotations

import os
import stat
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
    """A path named on the command line does not exist, or cannot be reached."""


def paths_to_tasks(paths: Sequence[Path], include: Sequence[str] = ()) -> tuple[Task, ...]:
    """Every file under the paths in a fixed order, each once.

    `include` are patterns of file names or of paths inside the folder; files named on the command
    line are always taken. Two files that would have the same name get their folder in front.
    """
    found: list[tuple[Task, Path | None]] = []
    seen: set[str] = set()
    for path in paths:
        for task, root in _expand(path, include):
            there = _mode_of(task.path) is not None
            key = os.path.realpath(task.path) if there else os.fspath(task.path)
            if key not in seen:
                seen.add(key)
                found.append((task, root))
    taken = Counter(task.source for task, _ in found)
    tasks = (
        Task(task.path, f"{printable(str(root))}/{task.source}")
        if root and taken[task.source] > 1
        else task
        for task, root in found
    )
    return tuple(sorted(tasks, key=lambda task: task.source))


def _expand(path: Path, include: Sequence[str]) -> Iterator[tuple[Task, Path | None]]:
    check_is_there(path)
    if is_folder(path):
        for file in sorted(_files_below(path)):
            inside = file.relative_to(path).as_posix()
            chosen = any(fnmatch(inside, p) or fnmatch(file.name, p) for p in include)
            if file == path:
                yield Task(path, printable(path.as_posix())), None
            elif not include or chosen or _is_closed(file):
                yield Task(file, printable(inside)), path
    else:
        yield Task(path, printable(path.as_posix())), None


def check_is_there(path: Path) -> None:
    """Raises NothingThere; a link that leads nowhere is there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NothingThere(f"{path}: there is no such file or folder; check the path") from error
    except OSError as error:
        raise NothingThere(f"{path}: cannot be reached ({error.strerror}); check the path") from (
            error
        )


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; False where that cannot be found out."""
    mode = _mode_of(path)
    return mode is not None and stat.S_ISDIR(mode)


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def _files_below(folder: Path) -> Iterator[Path]:
    """Everything that is no folder, and folders that cannot be listed.

    Linked folders are not entered, so a loop cannot trap the walk; they count as files.
    """
    closed: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=lambda error: closed.append(_named(error))):
        folders.sort()
        for name in (*names, *(f for f in folders if Path(root, f).is_symlink())):
            yield Path(root, name)
    yield from closed


def _is_closed(path: Path) -> bool:
    """True for what `_files_below` gives only because it cannot look inside."""
    return is_folder(path) and not path.is_symlink()


def _named(error: OSError) -> Path:
    return Path(os.fsdecode(error.filename))


def printable(text: str) -> str:
    r"""The name in characters that can be stored and printed, a name of its own for each file.

    Bytes that are no UTF-8 are written `\xNN`. In a name that has such bytes, or text that looks
    like them, the backslash itself is doubled.
    """
    name = os.fsencode(text)
    plain = name.decode("utf-8", errors="backslashreplace")
    if "\\x" not in plain:
        return plain
    return name.replace(b"\\", b"\\\\").decode("utf-8", errors="backslashreplace")
