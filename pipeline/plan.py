"""The files that a run is to read, each with the name it will have in the database."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from extract.errors import ExtractError
from extract.packages.address import INSIDE, Contents, package_to_contents, split_address


@dataclass(frozen=True, slots=True)
class Task:
    """One file; `source` is its path relative to the folder named, or as given.

    The path of a file in a package goes on behind the package's: `package.zip!/report.pdf`.
    `converted` is the folder where its conversion lies, when it was converted ahead.
    """

    path: Path
    source: str
    converted: Path | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to read, and how much in packages was passed over (folders, systems' leavings)."""

    tasks: tuple[Task, ...]
    passed_over: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A task, the folder in which it was found, and what its package holds besides."""

    task: Task
    root: Path | None
    passed_over: int = 0


class NothingThere(Exception):
    """A path named on the command line does not exist, or cannot be reached."""


def paths_to_plan(paths: Sequence[Path], include: Sequence[str] = ()) -> Plan:
    """Every file under the paths and in packages there, in a fixed order, each once.

    `include` are patterns of file names, or of paths inside the folder or the package; files named
    on the command line are always taken. Two files that would have the same name get their folder
    in front. Raises NothingThere.
    """
    found: dict[str, _Found] = {}
    for path in paths:
        for one in _expand(path, include):
            found.setdefault(_identity(one.task.path), one)
    taken = Counter(one.task.source for one in found.values())
    tasks = (
        Task(one.task.path, f"{printable(str(one.root))}/{one.task.source}")
        if one.root and taken[one.task.source] > 1
        else one.task
        for one in found.values()
    )
    return Plan(
        tuple(sorted(tasks, key=lambda task: task.source)),
        sum(one.passed_over for one in found.values()),
    )


def paths_to_tasks(paths: Sequence[Path], include: Sequence[str] = ()) -> tuple[Task, ...]:
    """The tasks of `paths_to_plan`."""
    return paths_to_plan(paths, include).tasks


def _identity(path: Path) -> str:
    """What two names of one file have in common."""
    address = split_address(path)
    if address is not None:
        return f"{os.path.realpath(address[0])}{INSIDE}{address[1]}"
    return os.path.realpath(path) if _mode_of(path) is not None else os.fspath(path)


def _expand(path: Path, include: Sequence[str]) -> Iterator[_Found]:
    check_is_there(path)
    address = split_address(path)
    if address is not None:
        yield from _named_members(*address, include)
    elif is_folder(path):
        for file in sorted(_files_below(path)):
            yield from _expand_file(path, file, include)
    else:
        contents = _contents_of(path)
        if contents is None:
            yield _Found(Task(path, printable(path.as_posix())), None)
        else:
            yield from _members(path, path, None, contents, include)


def _expand_file(folder: Path, file: Path, include: Sequence[str]) -> Iterator[_Found]:
    """A file below a folder, or the files in it when it is a package."""
    inside = file.relative_to(folder)
    if file == folder:
        yield _Found(Task(folder, printable(folder.as_posix())), None)
        return
    chosen = not include or _is_chosen(inside.as_posix(), include)
    contents = _contents_of(file)
    if contents is not None:
        yield from _members(file, inside, folder, contents, () if chosen else include)
    elif chosen or _is_closed(file):
        yield _Found(Task(file, printable(inside.as_posix())), folder)


def _members(
    package: Path, shown: Path, root: Path | None, contents: Contents, include: Sequence[str]
) -> Iterator[_Found]:
    passed_over = contents.passed_over
    for name in contents.names:
        source = f"{shown.as_posix()}{INSIDE}{name}"
        if not include or _is_chosen(source, include) or _is_chosen(name, include):
            task = Task(Path(f"{package.as_posix()}{INSIDE}{name}"), printable(source))
            yield _Found(task, root, passed_over)
            passed_over = 0


def _named_members(package: Path, name: str, include: Sequence[str]) -> Iterator[_Found]:
    """The member named, or those of the inner package or the folder that is named."""
    contents = package_to_contents(package) or Contents((), 0)
    named = Contents(tuple(one for one in contents.names if one == name), 0)
    if named.names:
        yield from _members(package, package, None, named, ())
        return
    below = (f"{name.rstrip('/')}{INSIDE}", f"{name.rstrip('/')}/")
    within = Contents(tuple(one for one in contents.names if one.startswith(below)), 0)
    yield from _members(package, package, None, within, include)


def _contents_of(path: Path) -> Contents | None:
    """What is in a package; None for other files, for those that cannot be opened or are empty.

    These are read as files, and then refused for what is wrong with them.
    """
    try:
        contents = package_to_contents(path)
    except ExtractError:
        return None
    return contents if contents and contents.names else None


def _is_chosen(path: str, include: Sequence[str]) -> bool:
    name = path.rpartition("/")[2]
    return any(fnmatch(path, pattern) or fnmatch(name, pattern) for pattern in include)


def check_is_there(path: Path) -> None:
    """Raises NothingThere; a link that leads nowhere is there."""
    address = split_address(path)
    if address is not None:
        _check_is_inside(*address)
        return
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NothingThere(f"{path}: there is no such file or folder; check the path") from error
    except OSError as error:
        raise NothingThere(f"{path}: cannot be reached ({error.strerror}); check the path") from (
            error
        )


def _check_is_inside(package: Path, name: str) -> None:
    try:
        contents = package_to_contents(package)
    except ExtractError as error:
        raise NothingThere(f"{package}: {error}") from error
    if contents is None:
        raise NothingThere(f"{package}: is no package of files; name the file itself")
    within = name.rstrip("/")
    if not any(
        one == within or one.startswith((f"{within}/", f"{within}{INSIDE}"))
        for one in contents.names
    ):
        few = ", ".join(contents.names[:3])
        raise NothingThere(
            f"{package}: holds no file {name}; it holds {len(contents.names)}: {few}"
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
