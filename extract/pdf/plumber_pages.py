"""Pages as pdfplumber gives them: an independent second opinion, from another parser.

pdfminer gives the box of the font, not that of the ink; for upright text the ink is estimated,
so that the same measures fit both sources.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extract.pdf.limits import (
    broken_file,
    broken_page,
    check_bytes,
    check_chars,
    check_count,
    check_size,
    password_needed,
)
from extract.pdf.matrix import IDENTITY, Matrix, page_to_seen
from extract.pdf.page import UNKNOWN_CHARACTER, Char, Page, PdfFile, chars_on_page, count_unmapped
from extract.pdf.paths import (
    Ink,
    Point,
    boxes_to_rules,
    curve_to_points,
    is_white,
    points_to_box,
    points_to_rules,
)
from extract.pdf.quiet import quiet
from extract.pdf.slanted import upright_in_rings
from extract.pdf.title import title_bytes_to_text
from extract.pdf.turning import turn_matrix, turns_to_read

PARSER_FAILURES = (
    PdfminerException,
    MalformedPDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer, and what grew out of it, raise on damaged files besides their own.

NotImplementedError is for codecs and colour spaces that they do not know.
"""

_ASCENT, _DESCENT = 0.86, 0.1
_DIGIT_ASCENT, _DIGIT_DESCENT = 0.69, 0.01
"""Shares of the font size by which ink stands above and below the base line."""
_SLANT = 0.03
"""Share of a right angle from which text stands at an angle."""
_WHITE_CMYK = 0.02
"""Ink of any colour up to which paper stays white."""
_BEARING = 0.08
"""Share of a character's advance that is blank on either side of its ink."""


@contextmanager
def open_plumber(data: bytes) -> Iterator[PdfFile]:
    """The file's pages, each closed before it is handed out.

    Raises EmptyFile, EncryptedFile, BrokenFile and TooLarge.
    """
    check_bytes(data)
    with quiet("pdfminer"):
        try:
            file = pdfplumber.open(io.BytesIO(data))
            count = len(file.pages)
        except PARSER_FAILURES as error:
            if _needs_password(error):
                raise password_needed() from error
            raise broken_file() from error
        check_count(count)
        yield PdfFile(_title(file), count, _pages(file.pages))


def _title(file: PDF) -> str:
    for info in file.doc.info:
        title = resolve1(info.get("Title"))
        if isinstance(title, bytes) and title:
            return title_bytes_to_text(title)
    return ""


def _needs_password(error: BaseException) -> bool:
    causes = (error, *error.args)
    return any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes)


def _pages(pages: list[PlumberPage]) -> Iterator[Page]:
    for number, page in enumerate(pages, 1):
        try:
            read = _page(page, number)
        except PARSER_FAILURES as error:
            raise broken_page(number) from error
        finally:
            page.close()
        yield read


def _page(page: PlumberPage, number: int) -> Page:
    turns = int(page.rotation) // 90 % 4
    media = _ordered(page.page_obj.mediabox)
    crop = _ordered(page.page_obj.cropbox)
    visible = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    x0, top, x1, bottom = page_to_seen(turns, *media).box(*visible)
    width, height = x1 - x0, bottom - top
    check_size(number, width, height)
    shift = (-float(page.mediabox[0]) - x0, -float(page.mediabox[1]) - top)
    base = float(page.height) + shift[1] + float(page.mediabox[1])
    check_chars(number, len(page.chars))
    placed = _with_rings([(_way(raw), _char(raw, shift, base)) for raw in page.chars])
    ways = Counter(way for way, char in placed if char is not None and way is not None)
    to_read = turns_to_read(ways)
    turn = turn_matrix(to_read, width, height) if to_read else IDENTITY
    if to_read in (1, 3):
        width, height = height, width
    chars, outside = chars_on_page(
        [
            Char(char.text, *turn.box(*char[1:])) if to_read else char
            for way, char in placed
            if char is not None and way is not None
        ],
        width,
        height,
    )
    picture = max(
        ((raw["x1"] - raw["x0"]) * (raw["bottom"] - raw["top"]) for raw in page.images),
        default=0.0,
    )
    ink = _ink(page, shift, turn)
    return Page(
        number=number,
        width=width,
        height=height,
        chars=chars,
        rules=ink.page_rules(width, height),
        picture=min(float(picture) / (width * height), 1.0),
        unmapped=count_unmapped(chars),
        outside=outside,
        slanted="".join(char.text for way, char in placed if way is None and char).strip(),
        crowded=ink.is_crowded,
        back=turn.inverse() if to_read else None,
    )


def _with_rings(
    placed: list[tuple[int | None, Char | None]],
) -> list[tuple[int | None, Char | None]]:
    """The characters and their ways, those upright in the ring of a seal slanted like the rest."""
    if all(way is not None for way, _ in placed):
        return placed
    inked = [(i, char) for i, (_, char) in enumerate(placed) if char and not char.text.isspace()]
    slanted = [placed[i][0] is None for i, _ in inked]
    for found in upright_in_rings(slanted, [char[1:] for _, char in inked]):
        index, char = inked[found]
        placed[index] = (None, char)
    return placed


def _way(raw: dict[str, Any]) -> int | None:
    """The way a character runs, for `turns_to_read`; None for one that stands at an angle."""
    a, b = (float(value) for value in raw["matrix"][:2])
    quarters = -math.atan2(b, a) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) <= _SLANT else None


def _ordered(box: Any) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(side) for side in box)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _char(raw: dict[str, Any], shift: Point, base: float) -> Char | None:
    """The character with its ink's box; None for what prints nothing.

    `base` is the height of the base line y = 0 on the seen page.
    """
    text = str(raw["text"])
    if text.startswith("(cid:") or (text < " " and text not in "\t\r\n"):
        text = UNKNOWN_CHARACTER
    elif not text or text in "\r\n":
        return None
    x0, x1 = float(raw["x0"]) + shift[0], float(raw["x1"]) + shift[0]
    top, bottom = float(raw["top"]) + shift[1], float(raw["bottom"]) + shift[1]
    matrix = Matrix(*(float(value) for value in raw["matrix"]))
    advance, size = x1 - x0, bottom - top
    if not raw["upright"] or matrix.d <= 0 or not matrix.f - size <= base - bottom <= matrix.f:
        return Char(text, x0, top, x1, bottom)
    line = base - matrix.f
    if text.isspace():
        return Char(text, x0, line, x1, line)
    small = text[0] < "\u0250"
    ascent, descent = (_DIGIT_ASCENT, _DIGIT_DESCENT) if small else (_ASCENT, _DESCENT)
    blank = _BEARING * advance
    return Char(text, x0 + blank, line - ascent * size, x1 - blank, line + descent * size)


def _ink(page: PlumberPage, shift: Point, turn: Matrix) -> Ink:
    ink = Ink()
    for raw in (*page.lines, *page.rects, *page.curves):
        if ink.is_crowded:
            break
        points = [turn.point(x, y) for x, y in _points(raw, shift)]
        if not points:
            continue
        if raw.get("fill") and len(points) > 2:
            rules, shades = boxes_to_rules([points_to_box(points)])
            if _is_white_color(raw.get("non_stroking_color")):
                ink.white.extend(rules)
            else:
                ink.rules.extend(rules)
                ink.shades.extend(shades)
        if raw.get("stroke"):
            drawn = ink.white if _is_white_color(raw.get("stroking_color")) else ink.rules
            drawn.extend(points_to_rules(points, float(raw.get("linewidth") or 0.0)))
    return ink


def _points(raw: dict[str, Any], shift: Point) -> list[Point]:
    """The path's corners on the seen page, curves that round corners as corners."""
    points: list[Point] = []
    for command, *places in raw["path"]:
        moved = [(float(x) + shift[0], float(y) + shift[1]) for x, y in places]
        if command == "h" and points:
            points.append(points[0])
        elif command == "c" and points and len(moved) == 3:
            points.extend(curve_to_points(points[-1], moved[0], moved[2]) or moved[2:])
        elif moved:
            points.append(moved[-1])
    return points


def _is_white_color(color: Any) -> bool:
    """Whether a colour in gray, RGB or CMYK is white; a pattern or an unknown one is not."""
    if isinstance(color, int | float):
        color = (color,)
    if not isinstance(color, tuple | list) or not all(isinstance(c, int | float) for c in color):
        return False
    shades = [float(c) for c in color]
    if len(shades) == 4:
        return max(shades) <= _WHITE_CMYK
    levels = [round(255 * c) for c in (shades * 3 if len(shades) == 1 else shades)]
    return len(levels) == 3 and is_white(*levels)
