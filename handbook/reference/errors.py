"""The page of exit statuses, verdicts and kinds of error, from the modules that declare them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

import dossier.errors
import explore.errors
import extract.errors
import normalize.errors
import release.errors
import store.errors
from handbook.reference.markdown import page, table, written_by
from pipeline.options import BAD_USAGE, FAILED, INTERRUPTED, QUARANTINED

_STATUSES = (
    (0, "all went well"),
    (FAILED, "the program or something that it needs failed; a message says what and what to do"),
    (BAD_USAGE, "the command was not understood, or names something that is not there"),
    (QUARANTINED, "done, and some files were quarantined or some lines left out, each with why"),
    (INTERRUPTED, "stopped with Ctrl-C; the same command goes on where it was"),
)
_ROOMS: tuple[tuple[ModuleType, str], ...] = (
    (extract.errors, "A file that cannot be read; `gongkai run` quarantines it and goes on."),
    (normalize.errors, "Forms that cannot be used."),
    (store.errors, "A database that cannot be used; in Python all of these are `GongkaiError`."),
    (explore.errors, "What the web application answers."),
    (release.errors, "A release that cannot be made."),
    (dossier.errors, "A report on an agency that cannot be made."),
)
_KIND = re.compile(r"^[ │]*[├└]── (\w+)  +(.+)$", re.MULTILINE)


def errors_page() -> str:
    """Every exit status and every kind of error with what it means."""
    lines = [
        "# Exit statuses and errors",
        "",
        written_by("pipeline/options.py", *(f"{_path(room)}" for room, _ in _ROOMS)),
        "",
        "## Exit statuses",
        "",
        *table(("status", "meaning"), ((str(code), said) for code, said in _STATUSES)),
        "How scripts use them: [quarantine and exit statuses](../how-to/quarantine.md).",
        "",
        "## Kinds of error",
        "",
        "A message names the place, what is wrong and what to do.",
        "",
    ]
    for room, said in _ROOMS:
        lines += [f"### {_path(room)}", "", said, "", *table(("error", "when"), _kinds(room))]
    return page(*lines)


def _path(room: ModuleType) -> str:
    return f"{room.__name__.replace('.', '/')}.py"


def _kinds(room: ModuleType) -> Iterator[tuple[str, str]]:
    """The kinds that the tree in the module's docstring draws; of one without a tree, its own."""
    drawn = _KIND.findall(room.__doc__ or "")
    if drawn:
        yield from ((f"`{name}`", said) for name, said in drawn)
        return
    for name, kind in vars(room).items():
        if isinstance(kind, type) and issubclass(kind, Exception):
            yield f"`{name}`", " ".join((kind.__doc__ or "").split())
