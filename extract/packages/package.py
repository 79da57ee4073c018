"""A package opened: its members by name, each read when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

MAX_PACKAGE_BYTES = 8 * 1024**3
"""Unpacked size of all members of one package together; a province's year has a tenth of it."""

MAX_FILE_BYTES = 200 * 1024 * 1024
"""Unpacked size of one member, as of a file."""

MAX_RATIO = 300
"""Times its packed size that a member may unpack to; a table of zeros as HTML comes to 60."""

RATIO_FROM = 16 * 1024 * 1024
"""Unpacked bytes below which no ratio is of any harm."""

JUNK_NAMES = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
JUNK_FOLDERS = frozenset(("__macosx",))


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a package: what gives all its bytes, and what gives the first so many of them.

    Both raise ExtractError.
    """

    all: Callable[[], bytes]
    start: Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Package:
    """`members` by name, in the package's order.

    `passed_over` counts folders, what operating systems leave behind, and covering letters.
    """

    members: Mapping[str, Member]
    passed_over: int


def entries_to_package(entries: Iterable[tuple[str, Member]], passed_over: int = 0) -> Package:
    """A package of named members: names made relative and each of them one of its own."""
    members: dict[str, Member] = {}
    for name, member in entries:
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        if name.endswith("/") or _is_junk(parts):
            passed_over += 1
        else:
            members[_free_name("/".join(parts) or "unnamed", members)] = member
    return Package(members, passed_over)


def _is_junk(parts: list[str]) -> bool:
    if not parts:
        return False
    last = parts[-1].lower()
    return (
        last in JUNK_NAMES
        or last.startswith("._")
        or any(part.lower() in JUNK_FOLDERS for part in parts[:-1])
    )


def _free_name(name: str, taken: Mapping[str, Member]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
