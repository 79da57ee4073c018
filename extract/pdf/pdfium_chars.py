"""The characters of a page as pdfium knows them.

The calls for each character are most of what reading them takes, so they are made in batches,
and what is rare is looked for only where a whole page shows that it is there.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress, repeat
from operator import not_

import pypdfium2.raw as pdfium

from extract.pdf import pdfium_calls as calls
from extract.pdf.matrix import Matrix
from extract.pdf.page import UNKNOWN_CHARACTER, Char
from extract.pdf.pdfium_calls import BATCH, Reference, Slots
from extract.pdf.slanted import upright_in_rings

_HYPHEN = "\x02"
"""pdfium's own mark for a hyphen at the end of a line."""
_SPACE = re.compile(" ")
_LINE_ENDS = frozenset("\r\n")
"""What pdfium may have added between words and at the end of a line."""
_CONTROL = re.compile("[\x00-\x1f]")
_RIGHT_ANGLE = math.pi / 2
_SLANT = 0.05
"""Radians from which text stands at an angle."""

_BOX = Slots(ctypes.c_double, 4)
_new_char = partial(tuple.__new__, Char)


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Printed characters in drawing order, a column for each of their properties.

    `indices` are pdfium's. `sides` are left, right, bottom and top of the boxes of ink in the
    page's own system, y upwards.
    `angles` counts characters by the angle (clockwise, radians) at which they stand; those at a
    slant are not among them but in `slanted`.
    """

    indices: Sequence[int]
    texts: Sequence[str]
    sides: tuple[Sequence[float], ...]
    angles: Counter[float]
    slanted: str


def text_page_to_glyphs(text_page: Reference, count: int) -> Glyphs:
    """The page's `count` characters without the line ends and spaces that pdfium makes up.

    Of these spaces some stay as hints, without width, between figures, letters and their marks.
    """
    text = _text(text_page, count)
    indices = _without_ends(text_page, text)
    raw = text if len(indices) == count else "".join([text[index] for index in indices])
    sides: tuple[list[float], ...] = ([], [], [], [])
    for start in range(0, len(indices), BATCH):
        part = indices[start : start + BATCH]
        _, *batch = _BOX.filled(calls.char_box, len(part), repeat(text_page), part)
        for side, values in zip(sides, batch, strict=True):
            side += values
    lacking = list(map(calls.lacks_meaning, repeat(text_page), indices))
    angles = list(map(calls.char_angle, repeat(text_page), indices))
    texts = list(raw)
    if 1 in lacking or _CONTROL.search(raw):
        texts = list(map(_meaning, raw, lacking))
    kept = [True] * len(indices)
    left, right, bottom, top = sides
    for at in [found.start() for found in _SPACE.finditer(raw)]:
        if left[at] == right[at] and bottom[at] == top[at]:
            kept[at] = _is_hint(text, indices[at])
    turned = [at for at in compress(range(len(indices)), angles) if kept[at]]
    aside = {at for at in turned if _is_slanted(angles[at]) and _is_turned(text_page, indices[at])}
    if aside:
        inked = [at for at, one in enumerate(texts) if kept[at] and not one.isspace()]
        boxes = [(left[at], bottom[at], right[at], top[at]) for at in inked]
        aside |= {inked[k] for k in upright_in_rings([at in aside for at in inked], boxes)}
    slanted = "".join([texts[at] for at in sorted(aside)])
    for at in aside:
        kept[at] = False
    ways = Counter(angles[at] for at in turned if kept[at])
    if False in kept:
        indices = list(compress(indices, kept))
        texts = list(compress(texts, kept))
        sides = tuple(list(compress(side, kept)) for side in sides)
    ways[0.0] = len(indices) - ways.total()
    return Glyphs(indices, texts, sides, ways, slanted)


def _without_ends(text_page: Reference, text: str) -> Sequence[int]:
    """pdfium's indices of the characters but for the line ends that it makes up."""
    is_end = list(map(_LINE_ENDS.__contains__, text))
    ends = list(compress(range(len(text)), is_end))
    if not ends:
        return range(len(text))
    for index, made_up in zip(ends, map(calls.is_generated, repeat(text_page), ends), strict=True):
        if not made_up:
            is_end[index] = False
    return list(compress(range(len(text)), map(not_, is_end)))


def glyphs_to_chars(glyphs: Glyphs, seen: Matrix) -> list[Char]:
    """The characters with their boxes on the seen page."""
    left, right, bottom, top = glyphs.sides
    if seen.b or seen.c or seen.a < 0:
        boxes = map(seen.box, left, bottom, right, top)
        return [Char(text, *box) for text, box in zip(glyphs.texts, boxes, strict=True)]
    dx, dy = seen.e, seen.f
    if dx:
        left, right = [x + dx for x in left], [x + dx for x in right]
    upper, lower = [dy - y for y in top], [dy - y for y in bottom]
    return list(map(_new_char, zip(glyphs.texts, left, upper, right, lower, strict=True)))


def all_on_page(glyphs: Glyphs, seen: Matrix, width: float, height: float) -> bool:
    """Whether every character stands within the seen page."""
    if not glyphs.texts:
        return True
    left, right, bottom, top = glyphs.sides
    x0, y0, x1, y1 = seen.box(min(left), min(bottom), max(right), max(top))
    return x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= height


def ways_of(angles: Counter[float], turns: int) -> Counter[int]:
    """Characters counted by the way they run, for `turns_to_read`; `turns` are those of /Rotate."""
    ways: Counter[int] = Counter()
    for angle, count in angles.items():
        ways[(round(max(angle, 0.0) / _RIGHT_ANGLE) + turns) % 4] += count
    return ways


def _text(text_page: Reference, count: int) -> str:
    """One character for each of pdfium's."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if calls.get_text(text_page, 0, count, ctypes.byref(buffer)) == count + 1:
        whole = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(whole) == count:
            return whole.replace("\ufffe", _HYPHEN)
    return "".join(map(_code_to_text, map(calls.code_of, repeat(text_page), range(count))))


def _code_to_text(code: int) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNKNOWN_CHARACTER
    return chr(code)


def _meaning(text: str, lacking: int) -> str:
    if lacking == 1:
        return UNKNOWN_CHARACTER
    if text < " ":
        return "-" if text == _HYPHEN else UNKNOWN_CHARACTER
    return text


def _is_hint(text: str, index: int) -> bool:
    """Whether a made-up space stands between two figures, letters or marks of them."""
    before, after = text[max(index - 1, 0)], text[min(index + 1, len(text) - 1)]
    return "!" <= before <= "~" and "!" <= after <= "~"


def _is_slanted(angle: float) -> bool:
    return _SLANT < angle % _RIGHT_ANGLE < _RIGHT_ANGLE - _SLANT


def _is_turned(text_page: Reference, index: int) -> bool:
    """Whether the character's base line runs at an angle, and not just its stems."""
    matrix = pdfium.FS_MATRIX()
    calls.char_matrix(text_page, index, ctypes.byref(matrix))
    return _is_slanted(math.atan2(matrix.b, matrix.a))
