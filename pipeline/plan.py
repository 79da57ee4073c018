"""The files that a run is to read, each with the name it will have in the database."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from extract.errors import ExtractError
from extract.packages.address import INSIDE, Contents, package_to_contents, split_address
from normalize.given import NOTHING_GIVEN, Given


@dataclass(frozen=True, slots=True)
class Task:
    """One file; `source` is its path relative to the folder named, or as given.

    The path of a file in a package goes on behind the package's: `package.zip!/report.pdf`.
    `converted` is the folder where its conversion lies, when it was converted ahead. `given` is
    what the manifest says of it.
    """

    path: Path
    source: str
    converted: Path | None = None
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to read, and how much in packages was passed over (folders, systems' leavings).

    `older` counts the files left out because they were modified before the date that was named.
    """

    tasks: tuple[Task, ...]
    passed_over: int
    older: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """A task, the folder in which it was found, and what its package holds besides."""

    task: Task
    root: Path | None
    passed_over: int = 0

    @property
    def rank(self) -> tuple[bool, str, str]:
        """Of several names of one file the least counts, so that the order of paths does not."""
        return self.root is None, str(self.root), self.task.source


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files of folders and packages are taken, by patterns of names or of paths in them.

    Those of `include`, all where it is empty, without those of `exclude`.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, *paths: str) -> bool:
        """Whether a file is taken that goes by any of these paths."""
        return (
            not self.include or any(_matches(path, self.include) for path in paths)
        ) and not self.leaves_out(*paths)

    def leaves_out(self, *paths: str) -> bool:
        return any(_matches(path, self.exclude) for path in paths)


class NothingThere(Exception):
    """A path named on the command line does not exist, or cannot be reached."""


def paths_to_plan(
    paths: Sequence[Path],
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    since: float | None = None,
) -> Plan:
    """Every file under the paths and in packages there, in a fixed order, each once.

    `include` and `exclude` are patterns of file names, or of paths inside the folder or the
    package; files named on the command line are always taken. Files modified before `since`, in
    seconds since 1970, are left out; of one in a package the package's time counts. Two files that
    would have the same name get their folder in front. Raises NothingThere.
    """
    choice = Choice(tuple(include), tuple(exclude))
    found: dict[str, _Found] = {}
    for path in paths:
        for one in _expand(path, choice):
            identity = _identity(one.task.path)
            found[identity] = min(found.get(identity, one), one, key=lambda one: one.rank)
    taken = Counter(one.task.source for one in found.values())
    tasks = [
        Task(one.task.path, f"{printable(str(one.root))}/{one.task.source}")
        if one.root and taken[one.task.source] > 1
        else one.task
        for one in found.values()
    ]
    young = [task for task in tasks if since is None or _is_modified_since(task.path, since)]
    return Plan(
        tuple(sorted(young, key=lambda task: task.source)),
        sum(one.passed_over for one in found.values()),
        len(tasks) - len(young),
    )


def paths_to_tasks(paths: Sequence[Path], include: Sequence[str] = ()) -> tuple[Task, ...]:
    """The tasks of `paths_to_plan`."""
    return paths_to_plan(paths, include).tasks


def _is_modified_since(path: Path, since: float) -> bool:
    """True also where that cannot be found out: the file is read, or refused with its reason."""
    address = split_address(path)
    try:
        return (address[0] if address else path).stat().st_mtime >= since
    except (OSError, ValueError):
        return True


def _identity(path: Path) -> str:
    """What two names of one file have in common."""
    address = split_address(path)
    if address is not None:
        return f"{os.path.realpath(address[0])}{INSIDE}{address[1]}"
    return os.path.realpath(path) if _mode_of(path) is not None else os.fspath(path)


def _expand(path: Path, choice: Choice) -> Iterator[_Found]:
    check_is_there(path)
    address = split_address(path)
    if address is not None:
        yield from _named_members(*address, choice)
    elif is_folder(path):
        for file in sorted(_files_below(path)):
            yield from _expand_file(path, file, choice)
    else:
        contents = _contents_of(path)
        if contents is None:
            yield _Found(Task(path, printable(path.as_posix())), None)
        else:
            yield from _members(path, path, None, contents, choice)


def _expand_file(folder: Path, file: Path, choice: Choice) -> Iterator[_Found]:
    """A file below a folder, or the files in it when it is a package."""
    inside = file.relative_to(folder)
    if file == folder:
        yield _Found(Task(folder, printable(folder.as_posix())), None)
        return
    if choice.leaves_out(inside.as_posix()):
        return
    chosen = choice.takes(inside.as_posix())
    contents = _contents_of(file)
    if contents is not None:
        # Of a package that is chosen itself every file is.
        within = replace(choice, include=()) if chosen else choice
        yield from _members(file, inside, folder, contents, within)
    elif chosen or _is_closed(file):
        yield _Found(Task(file, printable(inside.as_posix())), folder)


def _members(
    package: Path, shown: Path, root: Path | None, contents: Contents, choice: Choice
) -> Iterator[_Found]:
    passed_over = contents.passed_over
    for name in contents.names:
        source = f"{shown.as_posix()}{INSIDE}{name}"
        if choice.takes(source, name):
            task = Task(Path(f"{package.as_posix()}{INSIDE}{name}"), printable(source))
            yield _Found(task, root, passed_over)
            passed_over = 0


def _named_members(package: Path, name: str, choice: Choice) -> Iterator[_Found]:
    """The member named, or those of the inner package or the folder that is named."""
    contents = package_to_contents(package) or Contents((), 0)
    named = Contents(tuple(one for one in contents.names if one == name), 0)
    if named.names:
        yield from _members(package, package, None, named, Choice())
        return
    below = (f"{name.rstrip('/')}{INSIDE}", f"{name.rstrip('/')}/")
    within = Contents(tuple(one for one in contents.names if one.startswith(below)), 0)
    yield from _members(package, package, None, within, choice)


def _contents_of(path: Path) -> Contents | None:
    """What is in a package; None for other files, for those that cannot be opened or are empty.

    These are read as files, and then refused for what is wrong with them.
    """
    try:
        contents = package_to_contents(path)
    except ExtractError:
        return None
    return contents if contents and contents.names else None


def _matches(path: str, patterns: Sequence[str]) -> bool:
    name = path.rpartition("/")[2]
    return any(fnmatch(path, pattern) or fnmatch(name, pattern) for pattern in patterns)


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
