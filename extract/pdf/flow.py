"""Lines outside of the tables -> headings and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from extract.document import BBox, Text
from extract.pdf.lines import Line
from extract.pdf.piece import round_box

_NUMBERED_HEADING = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:[、．.]|\s|部分|章|节)|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_LONGEST_HEADING = 45
_END_OF_SENTENCE = tuple("。；;！!？?，,：:")
_LARGER = 1.15
"""A heading's characters are this many times as high as those of the text."""
_INDENT = 1.2
"""A first line is set in by this many heights of its characters."""
_SHORT = 1.4
"""A last line leaves this many heights more than the next line's beginning would have filled."""
_NOT_FIRST = frozenset("，。、；：？！）》”’…·%,.;:?!)")
"""Marks that do not begin a line."""
_APART = 0.9
"""Paragraphs stand this many heights further apart than lines do."""
_CENTERED = 1.5


@dataclass(frozen=True, slots=True)
class Margins:
    """Where full lines begin and end, how high text is and how far apart its lines are."""

    left: float
    right: float
    size: float
    pitch: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with what is needed to tell whether the next page goes on with it.

    `page` is that of its last line.
    """

    text: Text
    page: int
    first: Line
    last: Line
    margins: Margins


def lines_to_margins(lines: Sequence[Line]) -> Margins:
    """The margins of the lines given, in the order of reading; zeros when there are none."""
    if not lines:
        return Margins(0.0, 0.0, 0.0, 0.0)
    size = _usual_size(lines)
    body = [line for line in lines if abs(line.size - size) <= 0.2 * size] or list(lines)
    starts = Counter(round(line.x0 / 3) * 3 for line in body)
    often = [x for x, count in starts.items() if count >= max(2, 0.15 * len(body))]
    left = min(often) if often else min(line.x0 for line in body)
    pitches = [
        b.bottom - a.bottom
        for a, b in pairwise(body)
        if 0.5 * size < b.bottom - a.bottom < 4 * size
    ]
    return Margins(
        left=left,
        right=max(line.x1 for line in body),
        size=size,
        pitch=median(pitches) if pitches else 2 * size,
    )


def _usual_size(lines: Sequence[Line]) -> float:
    """The height of type in which half of the characters are smaller or equal."""
    half = sum(len(line.text) for line in lines) / 2
    count = 0
    for line in sorted(lines, key=lambda line: line.size):
        count += len(line.text)
        if count >= half:
            return round(line.size, 1)
    return 0.0


def lines_to_paragraphs(
    lines: Sequence[Line], page: int, margins: Margins, body_size: float
) -> list[Paragraph]:
    """Headings and paragraphs of one stretch of lines without a table between them.

    `body_size` is the height of the document's ordinary text.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, margins, body_size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, page, margins, body_size) for group in groups]


def _goes_on(group: Sequence[Line], line: Line, margins: Margins, body_size: float) -> bool:
    last = group[-1]
    size = max(last.size, line.size)
    if line.bottom - last.bottom > margins.pitch + _APART * size:
        return False
    if _is_centered(line, margins) and _is_centered(last, margins):
        return _is_large(line, body_size) and abs(line.size - last.size) <= 0.15 * size
    if abs(line.size - last.size) > 0.3 * size:
        return False
    if _is_set_in(line, margins) or _ends_early(last, line, margins):
        return False
    return not _NUMBERED_HEADING.match(line.text)


def _is_set_in(line: Line, margins: Margins) -> bool:
    return line.x0 > margins.left + _INDENT * line.size


def _ends_early(line: Line, following: Line, margins: Margins) -> bool:
    """Whether the line leaves room that the beginning of the following one would have filled."""
    return margins.right - line.x1 > _unit(following) + _SHORT * line.size


def _unit(line: Line) -> float:
    """The width of the line's beginning that cannot be broken: a character, a word, a figure."""
    end = line.chars[0].x1
    for left, right in pairwise(line.chars):
        inside = _is_latin(left.text) and _is_latin(right.text)
        if not inside and right.text not in _NOT_FIRST:
            break
        end = right.x1
    return end - line.x0


def _is_latin(text: str) -> bool:
    return "!" <= text <= "~"


def _is_large(line: Line, body_size: float) -> bool:
    return line.size >= _LARGER * body_size


def _is_centered(line: Line, margins: Margins) -> bool:
    before, after = line.x0 - margins.left, margins.right - line.x1
    return before > 2.5 * line.size and abs(before - after) <= _CENTERED * line.size


def _paragraph(group: Sequence[Line], page: int, margins: Margins, body_size: float) -> Paragraph:
    heading = _is_heading(group, margins, body_size)
    if heading:
        text = "\n".join(line.text for line in group)
    else:
        text = ""
        for line in group:
            text = join_lines(text, line.text)
    box: BBox = (
        min(line.x0 for line in group),
        min(line.top for line in group),
        max(line.x1 for line in group),
        max(line.bottom for line in group),
    )
    kind: Literal["heading", "paragraph"] = "heading" if heading else "paragraph"
    whole = Text(kind, text, page, round_box(box))
    return Paragraph(whole, page, group[0], group[-1], margins)


def _is_heading(group: Sequence[Line], margins: Margins, body_size: float) -> bool:
    text = "".join(line.text for line in group)
    if len(text) > _LONGEST_HEADING or "。" in text[:-1]:
        return False
    if _NUMBERED_HEADING.match(text):
        return len(group) == 1 and (not text.endswith(_END_OF_SENTENCE) or len(text) <= 16)
    if text.endswith(_END_OF_SENTENCE) or not re.search(r"[^\W\d_]{2}", text):
        return False
    return all(_is_large(line, body_size) or _is_centered(line, margins) for line in group)


def join_lines(text: str, line: str) -> str:
    """A line added to a paragraph: Chinese without a space, words and figures with one."""
    if text and line and _needs_space(text[-1]) and _needs_space(line[0]):
        return f"{text} {line}"
    return text + line


def _needs_space(character: str) -> bool:
    return character < "\u0250" and (character.isalnum() or character in ".,;:)")


def goes_on(first: Paragraph, second: Paragraph) -> bool:
    """Whether the second, on the next page, is the rest of the first."""
    return (
        first.text.kind == second.text.kind == "paragraph"
        and not _is_set_in(second.first, second.margins)
        and not _ends_early(first.last, second.first, first.margins)
        and not _NUMBERED_HEADING.match(second.text.text)
    )


def join_paragraphs(first: Paragraph, second: Paragraph) -> Paragraph:
    """One paragraph that runs over a page break, in the place of its first part."""
    text = replace(first.text, text=join_lines(first.text.text, second.text.text))
    return Paragraph(text, second.page, first.first, second.last, second.margins)
