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

import pypdfium2.raw as pdfium

from extract.pdf import pdfium_calls as calls
from extract.pdf.matrix import Matrix
from extract.pdf.page import UNKNOWN_CHARACTER, Char
from extract.pdf.pdfium_calls import BATCH, Reference, Slots
from extract.pdf.slanted import upright_in_rings

_HYPHEN = "\x02"
"""pdfium's own mark for a hyphen at the end of a line."""
_BLANK = re.compile("[ \r\n]")
"""What pdfium may have added between words and at the end of a line."""
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
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
    sides: tuple[list[float], ...] = ([], [], [], [])
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        indices = range(start, start + size)
        _, *batch = _BOX.filled(calls.char_box, size, repeat(text_page), indices)
        for side, values in zip(sides, batch, strict=True):
            side += values
    lacking = list(map(calls.lacks_meaning, repeat(text_page), range(count)))
    angles = list(map(calls.char_angle, repeat(text_page), range(count)))
    texts = list(text)
    if 1 in lacking or _CONTROL.search(text):
        texts = list(map(_meaning, text, lacking))
    kept = [True] * count
    for found in _BLANK.finditer(text):
        index = found.start()
        if found[0] == " ":
            if sides[0][index] == sides[1][index] and sides[2][index] == sides[3][index]:
                kept[index] = _is_hint(text, index)
        elif calls.is_generated(text_page, index):
            kept[index] = False
        else:
            texts[index] = UNKNOWN_CHARACTER
    turned = [index for index in compress(range(count), angles) if kept[index]]
    aside = {i for i in turned if _is_slanted(angles[i]) and _is_turned(text_page, i)}
    if aside:
        inked = [i for i in range(count) if kept[i] and not texts[i].isspace()]
        boxes = [(sides[0][i], sides[2][i], sides[1][i], sides[3][i]) for i in inked]
        aside |= {inked[k] for k in upright_in_rings([i in aside for i in inked], boxes)}
    slanted = "".join([texts[index] for index in sorted(aside)])
    for index in aside:
        kept[index] = False
    printed = list(compress(range(count), kept))
    ways = Counter(angles[index] for index in turned if kept[index])
    ways[0.0] = len(printed) - ways.total()
    if len(printed) < count:
        texts = list(compress(texts, kept))
        sides = tuple(list(compress(side, kept)) for side in sides)
    return Glyphs(printed, texts, sides, ways, slanted)


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
