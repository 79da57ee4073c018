"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

WRITTEN_BY = "Written by `python -m handbook reference` from {sources}."


def written_by(*sources: str) -> str:
    """The sentence that says where a page comes from."""
    return WRITTEN_BY.format(sources=", ".join(f"`{source}`" for source in sources))


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table and an empty one."""
    yield f"| {' | '.join(heading)} |"
    yield f"|{'---|' * len(heading)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def page(*lines: str) -> str:
    """The lines as a file."""
    return "\n".join(lines).rstrip("\n") + "\n"
