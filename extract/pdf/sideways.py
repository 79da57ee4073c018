"""Latin text that stands on its side, as the titles of axes do, told by the order of drawing."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.page import Char

_LEAST_CHARS = 4
_LETTER_GAP, _WORD_GAP = 0.45, 1.0
"""The next character stands no further above or below, in widths of the line, than this."""
_OVERLAP = 0.25
"""Ink may reach over that of the next character by this share."""


def turned_runs(chars: Sequence[Char]) -> list[tuple[int, int]]:
    """Where runs of characters that are drawn up or down the page begin and end."""
    runs: list[tuple[int, int]] = []
    start = way = count = 0
    last: Char | None = None
    spaced = False
    for index, char in enumerate(chars):
        if char.text.isspace():
            spaced = True
            continue
        step = _step(last, char, spaced) if last is not None else 0
        spaced = False
        if step and step == (way or step):
            way, count = step, count + 1
        else:
            if count >= _LEAST_CHARS:
                runs.append((start, index))
            start, way, count = index, 0, 1
            if step:
                way = 0
        last = char
    if count >= _LEAST_CHARS:
        runs.append((start, len(chars)))
    return runs


def _step(last: Char, char: Char, spaced: bool) -> int:
    """1 when a character stands right below the one before, -1 right above, else 0."""
    width = max(last.x1 - last.x0, char.x1 - char.x0, 0.1)
    if min(last.x1, char.x1) - max(last.x0, char.x0) < 0.4 * min(
        last.x1 - last.x0, char.x1 - char.x0
    ):
        return 0
    most = (_WORD_GAP if spaced else _LETTER_GAP) * width
    size = max(last.bottom - last.top, char.bottom - char.top)
    if -_OVERLAP * size <= char.top - last.bottom <= most and char.top > last.top:
        return 1
    if -_OVERLAP * size <= last.top - char.bottom <= most and char.top < last.top:
        return -1
    return 0


def sideways_text(chars: Sequence[Char]) -> str | None:
    """The text of a cell whose characters all stand on their side, a run a line, else None."""
    runs = turned_runs(chars)
    inked = sum(1 for char in chars if not char.text.isspace())
    held = sum(1 for a, b in runs for char in chars[a:b] if not char.text.isspace())
    if not runs or held < inked:
        return None
    return "\n".join("".join([char.text for char in chars[a:b]]).strip() for a, b in runs)


def without_turned(chars: Sequence[Char]) -> Sequence[Char]:
    """The characters but for those that stand on their side."""
    runs = turned_runs(chars)
    if not runs:
        return chars
    kept: list[Char] = []
    done = 0
    for start, stop in runs:
        kept += chars[done:start]
        done = stop
    return [*kept, *chars[done:]]
