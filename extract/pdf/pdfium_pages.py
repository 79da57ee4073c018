"""Pages as pdfium gives them, through its raw interface.

pdfium is not thread-safe: documents read at the same time need processes of their own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from extract.pdf import pdfium_calls as calls
from extract.pdf.limits import broken_page, check_chars, check_size
from extract.pdf.matrix import Matrix, page_to_seen
from extract.pdf.opening import opened
from extract.pdf.page import Char, Page, PdfFile, chars_on_page, count_unmapped
from extract.pdf.pdfium_calls import Handle, Reference, reference_to
from extract.pdf.pdfium_chars import all_on_page, glyphs_to_chars, text_page_to_glyphs, ways_of
from extract.pdf.pdfium_paths import bounds, page_to_drawing
from extract.pdf.title import title_to_text
from extract.pdf.turning import turn_matrix, turns_to_read

_SLACK = 0.5
"""A character stands within its text object give or take this much (points)."""


@contextmanager
def open_pdfium(data: bytes) -> Iterator[PdfFile]:
    """The file's pages, each closed before it is handed out.

    Raises EmptyFile, EncryptedFile, BrokenFile and TooLarge.
    """
    with opened(data) as document:
        title = title_to_text(_title(document))
        count = len(document)
        yield PdfFile(title, count, _pages(document, count))


def _title(document: Any) -> str:
    """The title as pdfium gives it, which may hold half a surrogate pair."""
    size = pdfium.FPDF_GetMetaText(document.raw, b"Title", None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document.raw, b"Title", buffer, size)
    return buffer.raw.decode("utf-16-le", "replace")


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
    count = pdfium.FPDFText_CountChars(text_page)
    check_chars(number, count)
    glyphs = text_page_to_glyphs(reference_to(text_page), count)
    back = None
    to_read = turns_to_read(ways_of(glyphs.angles, turns))
    if to_read:
        turn = turn_matrix(to_read, width, height)
        seen, back = seen.then(turn), turn.inverse()
        if to_read != 2:
            width, height = height, width
    drawing = page_to_drawing(reference_to(page), seen)
    chars = glyphs_to_chars(glyphs, seen)
    if drawing.form_texts:
        indexed = zip(glyphs.indices, chars, strict=True)
        chars = _in_place(indexed, reference_to(text_page), drawing.form_texts, seen)
    if not drawing.form_texts and all_on_page(glyphs, seen, width, height):
        visible, outside = tuple(chars), 0
    else:
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
        slanted=glyphs.slanted.strip(),
        crowded=drawing.ink.is_crowded,
        back=back,
    )


def _in_place(
    chars: Iterable[tuple[int, Char]],
    text_page: Reference,
    form_texts: dict[int, Matrix],
    seen: Matrix,
) -> list[Char]:
    """Characters, given with their indices, inside of form XObjects moved to where they are seen.

    pdfium replaces some characters by equivalent ones (a radical by the ideograph) and then
    forgets the matrix of the form they stand in; such a one lies outside of its text object.
    """
    placed: list[Char] = []
    boxes: dict[int, tuple[float, float, float, float]] = {}
    for index, char in chars:
        key = calls.text_object(text_page, index).value or 0
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
