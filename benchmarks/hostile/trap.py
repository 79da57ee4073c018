"""A trap is a file and what must become of it; a kind is a function that lays some."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

TABBED_ROW = "\n规章\t"
"""The first row of the first table of a report of 2021 whose cells are parted by tabs."""


class Fate(StrEnum):
    """What the program may do with a file."""

    READ = "read"
    REFUSED = "refused"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Must:
    """What must become of a file.

    The reason for refusing it holds one of `words`, in whatever case. Each of `verbatim` comes
    out of every export as it was printed, and none of `absent` comes out anywhere.
    """

    fate: Fate
    words: tuple[str, ...] = ()
    verbatim: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def read(*verbatim: str, absent: Sequence[str] = ()) -> Must:
    """It goes in, and these texts come out again."""
    return Must(Fate.READ, verbatim=verbatim, absent=tuple(absent))


def refused(*words: str, absent: Sequence[str] = ()) -> Must:
    """It is quarantined for a reason with one of these words."""
    return Must(Fate.REFUSED, words, absent=tuple(absent))


def either(*words: str) -> Must:
    """It may go in; if it is quarantined, the reason has one of these words."""
    return Must(Fate.EITHER, words)


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound report that mutations start from."""

    name: str
    suffix: str
    data: bytes


@dataclass(slots=True)
class Place:
    """A kind's own folder, its own chance, and the traps laid in it so far.

    `elsewhere` is a folder that no run may touch; `share` is how many files a kind that makes
    files by chance is to make.
    """

    folder: Path
    elsewhere: Path
    draw: Random
    seeds: Sequence[Seed]
    share: int
    traps: dict[Path, Must] = field(default_factory=dict)

    def write(self, name: str, data: bytes | str, must: Must) -> Path:
        """A file with these bytes, or this text as UTF-8."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return self.expect(path, must)

    def write_package(self, name: str, data: bytes, musts: Mapping[str, Must]) -> None:
        """A ZIP package with these bytes; what must become of each file in it."""
        (self.folder / name).write_bytes(data)
        for member, must in musts.items():
            self.expect(self.folder / f"{name}!" / member, must)

    def expect(self, path: Path, must: Must) -> Path:
        """A path that the run has to account for."""
        self.traps[path] = must
        return path

    def seed(self, suffix: str) -> Seed:
        """The first seed of a kind of file."""
        return next(seed for seed in self.seeds if seed.suffix == suffix)

    def report(self) -> str:
        """A sound report as text, the cells of its tables parted by tabs."""
        texts = (s.data.decode("utf-8", "replace") for s in self.seeds if s.suffix == ".txt")
        return next(text for text in texts if TABBED_ROW in text and "\ufffd" not in text)


Make = Callable[[Place], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to trouble the program; `about` says what is troublesome."""

    name: str
    about: str
    make: Make


def kinds_of(makers: Iterable[Make]) -> tuple[Kind, ...]:
    """One kind a function: its name from the function's, what it is about from its docstring."""
    return tuple(
        Kind(
            name=make.__name__.replace("_", "-"),
            about=" ".join((make.__doc__ or "").split()).rstrip("."),
            make=make,
        )
        for make in makers
    )


def source_of(path: Path, folder: Path) -> str:
    """The name that a file below `folder` must have in the database, worked out on its own.

    Bytes that are no UTF-8 are written `\\xNN`; in a name with such bytes, or with text that looks
    like them, the backslash itself is doubled, so that no two files share a name.
    """
    name = os.fsencode(path.relative_to(folder).as_posix())
    plain = name.decode("utf-8", "backslashreplace")
    if "\\x" not in plain:
        return plain
    return name.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
