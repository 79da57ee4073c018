"""Addresses of files within packages: `package.zip!/folder/report.pdf`, to any of its members."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extract.archive import MAX_MEMBERS, ZIP_STARTS
from extract.errors import ExtractError, TooLarge
from extract.packages.mailed import is_mail_with_files, mail_to_package
from extract.packages.package import Member, Package
from extract.packages.zipped import zip_to_package

INSIDE = "!/"
"""Stands between a package and a file in it."""

DEEPEST = 3
"""Packages within packages that are opened; a deeper one is a file of a kind nothing reads."""

SNIFFED = 16_384
"""Bytes that tell a package: an archive's first ones, or a mail's head."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The names of all files in a package, as `b.zip!/c.pdf` in inner ones.

    `passed_over` counts what these packages hold besides.
    """

    names: tuple[str, ...]
    passed_over: int


def split_address(path: Path) -> tuple[Path, str] | None:
    """The package on disk and the name within it; None for what is no address of a member."""
    text = path.as_posix()
    if INSIDE not in text or _is_regular(path):
        return None
    at = text.find(INSIDE)
    while at >= 0:
        package = Path(text[:at])
        if _is_regular(package):
            return package, text[at + len(INSIDE) :]
        at = text.find(INSIDE, at + 1)
    return None


def package_to_contents(path: Path) -> Contents | None:
    """What a file on disk holds as a package; None when it is none.

    Raises ExtractError when it is one and cannot be opened, and TooLarge for more than MAX_MEMBERS
    in all its packages together.
    """
    package = _open_file(path)
    if package is None:
        return None
    names: list[str] = []
    passed_over = 0
    for name, over in _walk(package, 1):
        if name is not None:
            names.append(name)
        passed_over += over
        if len(names) > MAX_MEMBERS:
            raise TooLarge(f"the package holds more than {MAX_MEMBERS} files", "split it")
    return Contents(tuple(names), passed_over)


def member_to_bytes(path: Path, name: str) -> bytes:
    """The bytes of the file of this name within the package at `path`. Raises ExtractError."""
    status = path.stat()
    stamp = (status.st_mtime_ns, status.st_size)
    parts = name.split(INSIDE)
    for read in _readings(str(path), stamp, (), parts):
        return read.all()
    raise ExtractError(f"the package holds no file {name}", "check its name within the package")


def _readings(
    path: str, stamp: tuple[int, int], inside: tuple[str, ...], parts: list[str]
) -> Iterator[Member]:
    """The members that an address may mean; a name may itself hold what parts names."""
    package = _package_at(path, stamp, inside)
    if package is None:
        return
    for length in range(len(parts), 0, -1):
        name = INSIDE.join(parts[:length])
        if name not in package.members:
            continue
        if length == len(parts):
            yield package.members[name]
        else:
            yield from _readings(path, stamp, (*inside, name), parts[length:])


@lru_cache(maxsize=DEEPEST)
def _package_at(path: str, stamp: tuple[int, int], inside: tuple[str, ...]) -> Package | None:
    """A package on disk, or within others; kept, since its files are asked for one by one.

    `stamp` tells a file from another that takes its place.
    """
    if not inside:
        return _open_file(Path(path))
    outer = _package_at(path, stamp, inside[:-1])
    return None if outer is None else _open_member(outer.members[inside[-1]])


def _walk(package: Package, depth: int) -> Iterator[tuple[str | None, int]]:
    """The names of files, and how much was passed over in each package."""
    yield None, package.passed_over
    for name, member in package.members.items():
        inner = _open_soundly(member) if depth < DEEPEST else None
        if inner is None or not inner.members:
            yield name, 0
            continue
        for below, over in _walk(inner, depth + 1):
            yield (None if below is None else f"{name}{INSIDE}{below}"), over


def _open_soundly(member: Member) -> Package | None:
    """An inner package; None for other files and for those that are read only to say why not."""
    try:
        return _open_member(member)
    except ExtractError:
        return None


def _open_member(member: Member) -> Package | None:
    return _open(member.start(SNIFFED), member.all)


def _open_file(path: Path) -> Package | None:
    try:
        if not _is_regular(path):
            return None
        with path.open("rb") as stream:
            start = stream.read(SNIFFED)
    except (OSError, ValueError):
        return None
    return _open(start, lambda: path)


def _open(start: bytes, source: Callable[[], bytes | Path]) -> Package | None:
    """The package that begins so; `source` gives it whole when it may be one."""
    if start.startswith(ZIP_STARTS):
        return zip_to_package(source())
    if is_mail_with_files(start):
        whole = source()
        return mail_to_package(whole if isinstance(whole, bytes) else whole.read_bytes())
    return None


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False
