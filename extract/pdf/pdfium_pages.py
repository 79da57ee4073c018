"""Pages as pdfium gives them, through its raw interface.

The calls for each character take most of the time, so each page asks for as few as it can.
pdfium is not thread-safe: documents read at the same time need processes of their own.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extract.pdf import pdfium_calls as calls
from extract.pdf.limits import (
    broken_file,
    broken_page,
    check_bytes,
    check_chars,
    check_count,
    check_size,
    password_needed,
)
from extract.pdf.matrix import Matrix, page_to_seen
from extract.pdf.page import UNKNOWN_CHARACTER, Char, Page, PdfFile, chars_on_page, count_unmapped
from extract.pdf.pdfium_calls import Handle, handle_of
from extract.pdf.pdfium_paths import bounds, page_to_drawing
from extract.pdf.title import title_to_text
from extract.pdf.turning import turn_matrix, turns_to_read

_HYPHEN = "\x02"
"""pdfium's own mark for a hyphen at the end of a line."""
_LINE_ENDS = "\r\n"
"""What pdfium adds at the end of a line."""
_RIGHT_ANGLE = math.pi / 2
_SLANT = 0.05
"""Radians from which text stands at an angle."""
_SLACK = 0.5
"""A character stands within its text object give or take this much (points)."""


@contextmanager
def open_pdfium(data: bytes) -> Iterator[PdfFile]:
    """The file's pages, each closed before it is handed out.

    Raises EmptyFile, EncryptedFile, BrokenFile and TooLarge.
    """
    check_bytes(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # The code may be that of an earlier file when this one failed without setting any.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise password_needed() from error
        raise broken_file() from error
    try:
        count = len(document)
        check_count(count)
        title = title_to_text(document.get_metadata_value("Title"))
        yield PdfFile(title, count, _pages(document, count))
    finally:
        document.close()


def _pages(document: Any, count: int) -> Iterator[Page]:
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        if not page:
            raise broken_page(index + 1)
        try:
            read = _page(page, index + 1)
        finally:
            pdfium.FPDF_ClosePage(page)
        yield read


def _page(page: Any, number: int) -> Page:
    width = pdfium.FPDF_GetPageWidthF(page)
    height = pdfium.FPDF_GetPageHeightF(page)
    check_size(number, width, height)
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        raise broken_page(number)
    turns = pdfium.FPDFPage_GetRotation(page)
    seen = page_to_seen(turns, box.left, box.bottom, box.right, box.top)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        raise broken_page(number)
    try:
        return _text_page_to_page(page, text_page, number, seen, turns, width, height)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _text_page_to_page(
    page: Any, text_page: Any, number: int, seen: Matrix, turns: int, width: float, height: float
) -> Page:
    check_chars(number, pdfium.FPDFText_CountChars(text_page))
    texts = _texts(text_page)
    printed = _printed(handle_of(text_page), texts, seen)
    back = None
    to_read = turns_to_read(_ways(printed.angles, turns))
    if to_read:
        turn = turn_matrix(to_read, width, height)
        seen, back = seen.then(turn), turn.inverse()
        if to_read != 2:
            width, height = height, width
        printed = _printed(handle_of(text_page), texts, seen)
    drawing = page_to_drawing(handle_of(page), seen)
    chars = printed.chars
    if drawing.form_texts:
        chars = _in_place(printed, handle_of(text_page), drawing.form_texts, seen)
    visible, outside = chars_on_page(chars, width, height)
    return Page(
        number=number,
        width=width,
        height=height,
        chars=visible,
        rules=drawing.ink.page_rules(width, height),
        picture=min(drawing.picture / (width * height), 1.0),
        unmapped=count_unmapped(visible),
        outside=outside,
        slanted="".join(printed.slanted).strip(),
        crowded=drawing.ink.is_crowded,
        back=back,
    )


@dataclass(slots=True)
class _Printed:
    """Characters in drawing order with pdfium's indices, and slanted ones, which are set aside.

    `angles` counts the characters by the angle (clockwise, radians) at which they stand.
    """

    chars: list[Char] = field(default_factory=list)
    indices: list[int] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    angles: Counter[float] = field(default_factory=Counter)


def _printed(text_page: Handle, texts: Sequence[str], seen: Matrix) -> _Printed:
    """The printed characters, with their boxes on the seen page.

    The line ends that pdfium makes up are left out, and so are its spaces, except as hints
    (without width) between figures, letters and their marks.
    """
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    at_left, at_right, at_bottom, at_top = map(ctypes.byref, (left, right, bottom, top))
    char_box, lacks_meaning, char_angle = calls.char_box, calls.lacks_meaning, calls.char_angle
    upright = not (seen.b or seen.c) and seen.a > 0
    dx, dy = seen.e, seen.f
    printed = _Printed()
    chars, indices, angles = printed.chars, printed.indices, printed.angles
    for index, text in enumerate(texts):
        if text in _LINE_ENDS and calls.is_generated(text_page, index):
            continue
        char_box(text_page, index, at_left, at_right, at_bottom, at_top)
        x0, x1, y0, y1 = left.value, right.value, bottom.value, top.value
        if text == " " and x0 == x1 and y0 == y1 and not _is_hint(texts, index):
            continue
        if lacks_meaning(text_page, index) == 1:
            text = UNKNOWN_CHARACTER
        elif text < " ":
            text = "-" if text == _HYPHEN else UNKNOWN_CHARACTER
        angle = char_angle(text_page, index)
        if angle:
            if _is_slanted(angle) and _is_turned(text_page, index):
                printed.slanted.append(text)
                continue
            angles[angle] += 1
        if upright:
            chars.append(Char(text, x0 + dx, dy - y1, x1 + dx, dy - y0))
        else:
            chars.append(Char(text, *seen.box(x0, y0, x1, y1)))
        indices.append(index)
    angles[0.0] = len(chars) - angles.total()
    return printed


def _ways(angles: Counter[float], turns: int) -> Counter[int]:
    """Characters counted by the way they run, for `turns_to_read`; `turns` are those of /Rotate."""
    ways: Counter[int] = Counter()
    for angle, count in angles.items():
        ways[(round(max(angle, 0.0) / _RIGHT_ANGLE) + turns) % 4] += count
    return ways


def _is_slanted(angle: float) -> bool:
    return _SLANT < angle % _RIGHT_ANGLE < _RIGHT_ANGLE - _SLANT


def _is_turned(text_page: Handle, index: int) -> bool:
    """Whether the character's base line runs at an angle, and not just its stems."""
    matrix = pdfium.FS_MATRIX()
    calls.char_matrix(text_page, index, ctypes.byref(matrix))
    return _is_slanted(math.atan2(matrix.b, matrix.a))


def _is_hint(texts: Sequence[str], index: int) -> bool:
    """Whether a made-up space stands between two figures, letters or marks of them."""
    before, after = texts[max(index - 1, 0)], texts[min(index + 1, len(texts) - 1)]
    return "!" <= before <= "~" and "!" <= after <= "~"


def _texts(text_page: Any) -> Sequence[str]:
    """One text for each of pdfium's characters."""
    count = pdfium.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        whole = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(whole) == count:
            return whole.replace("\ufffe", _HYPHEN)
    return [_code_to_text(pdfium.FPDFText_GetUnicode(text_page, i)) for i in range(count)]


def _code_to_text(code: int) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNKNOWN_CHARACTER
    return chr(code)


def _in_place(
    printed: _Printed, text_page: Handle, form_texts: dict[int, Matrix], seen: Matrix
) -> list[Char]:
    """Characters inside of form XObjects moved to where they are seen.

    pdfium replaces some characters by equivalent ones (a radical by the ideograph) and then
    forgets the matrix of the form they stand in; such a one lies outside of its text object.
    """
    placed: list[Char] = []
    boxes: dict[int, tuple[float, float, float, float]] = {}
    for index, char in zip(printed.indices, printed.chars, strict=True):
        key = calls.text_object(text_page, index) or 0
        form = form_texts.get(key)
        if form is not None:
            if key not in boxes:
                boxes[key] = bounds(Handle(key), form.then(seen))
            x0, top, x1, bottom = boxes[key]
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            inside = x0 - _SLACK <= x <= x1 + _SLACK and top - _SLACK <= y <= bottom + _SLACK
            if not inside:
                moved = seen.inverse().then(form).then(seen)
                char = Char(char.text, *moved.box(char.x0, char.top, char.x1, char.bottom))
        placed.append(char)
    return placed
