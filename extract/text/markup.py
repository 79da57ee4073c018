"""What Markdown and web pages leave in a plain text and no reader of the page ever saw."""

from __future__ import annotations

import re
from collections.abc import Sequence

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BORDER = re.compile(r"([|｜│┃║¦\t])")
_WRAPPED = re.compile(
    r"(?P<before>\s*(?:#{1,6}\s+)?)(?P<mark>\*\*\*|\*\*|__)(?=\S)"
    r"(?P<inner>(?:(?!\*\*|__).)+?)(?<=\S)(?P=mark)(?P<after>\s*)"
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")

QUOTED_SHARE = 0.8
"""Share of lines that begin with the mark of quoting in a text that is quoted as a whole."""

_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)


def without_invisible(text: str) -> str:
    """The text without soft hyphens, marks of direction and spaces of no width."""
    return _INVISIBLE.sub("", text)


def without_quoting(lines: Sequence[str]) -> list[str]:
    """The lines without the `>` that mail programs put before each line of a text they quote."""
    written = [line for line in lines if line.strip()]
    quoted = sum(_QUOTE.match(line) is not None for line in written)
    if not written or quoted < QUOTED_SHARE * len(written):
        return list(lines)
    return [_QUOTE.sub("", line) for line in lines]


def line_without_markup(line: str) -> str:
    """A line without marks that make a whole cell or line bold; `<br>` in a cell breaks a line."""
    parts = _BORDER.split(line)
    if len(parts) > 1:
        parts = [_BREAK.sub("\n", part) for part in parts]
    return "".join("\n".join(map(_unwrapped, part.split("\n"))) for part in parts)


def _unwrapped(text: str) -> str:
    found = _WRAPPED.fullmatch(text)
    return f"{found['before']}{found['inner']}{found['after']}" if found else text
