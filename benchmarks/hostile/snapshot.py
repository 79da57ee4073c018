"""The state of folders before and after, so that what a run touched can be told."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

State = Mapping[str, tuple[object, ...]]


def folder_to_state(folder: Path, without: Sequence[Path] = ()) -> State:
    """What stands below a folder: kind, size, time of change and, of links, the target."""
    state: dict[str, tuple[object, ...]] = {}
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(root, name) not in without]
        for name in (*folders, *names):
            path = Path(root, name)
            status = path.lstat()
            target = str(path.readlink()) if path.is_symlink() else ""
            state[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns, target)
    return state


def changes(before: State, after: State) -> Iterator[str]:
    """In words, everything that is not as it was."""
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            yield f"{path!r} is gone"
        elif path not in before:
            yield f"{path!r} is new"
        elif before[path] != after[path]:
            yield f"{path!r} was changed"
