"""Files -> pictures of their pages, one at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, UnidentifiedImageError

from extract.errors import BrokenFile, TooLarge
from extract.pdf.limits import broken_page, check_bytes, check_size
from extract.pdf.opening import opened
from extract.scan.limits import (
    MAX_DPI,
    MAX_SHEET_DOTS,
    MIN_DPI,
    check_dots,
    check_pictures,
)

Dots = npt.NDArray[np.uint8]
"""Rows of dots; a third dimension holds red, green and blue."""

_USUAL_DPI = 200.0
"""For pages that show no single picture."""
_MOST_OF_PAGE = 0.5
_POINTS = 72.0
_A4_WIDTH = 595.28
_KNOWN_WIDTHS = (300.0, 1300.0)
"""Points between which a page's width must lie for a picture's own dots per inch to be believed."""
_MODES = {"1": "L", "I;16": "L", "L": "L"}
_DEEP = "I;16"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as dots; `scale` is dots per point, `number` counts the pages from 1."""

    number: int
    dots: Dots
    scale: float


def pdf_to_pictures(data: bytes, numbers: Collection[int] | None = None) -> Iterator[Picture]:
    """The pages of a PDF, or those with these numbers, as they are seen.

    Raises EmptyFile, EncryptedFile, BrokenFile and TooLarge.
    """
    with opened(data) as document:
        count = len(document)
        wanted = range(1, count + 1) if numbers is None else sorted(numbers)
        check_pictures(len(wanted))
        for number in wanted:
            yield _page_to_picture(document, number)


def _page_to_picture(document: Any, number: int) -> Picture:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise broken_page(number) from error
    try:
        width, height = page.get_size()
        check_size(number, width, height)
        scale = _page_to_dpi(page, number) / _POINTS
        scale = min(scale, (MAX_SHEET_DOTS / (width * height)) ** 0.5)
        if scale < MIN_DPI / _POINTS / 2:
            raise TooLarge(
                f"page {number} is {width:.0f} x {height:.0f} points, too large to be looked at",
                "scale the page down",
            )
        bitmap = page.render(scale=scale, rev_byteorder=True)
        dots = np.array(bitmap.to_numpy())
        bitmap.close()
    finally:
        page.close()
    return Picture(number, dots, scale)


def _page_to_dpi(page: Any, number: int) -> float:
    """The dots per inch of the picture that the page is, within limits.

    Every picture is checked, since drawing the page unpacks all of them.
    """
    width, height = page.get_size()
    best, dpi = _MOST_OF_PAGE * width * height, _USUAL_DPI
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=8):
        dots_wide, dots_high = found.get_px_size()
        check_dots(number, dots_wide, dots_high)
        left, bottom, right, top = found.get_bounds()
        area = (right - left) * (top - bottom)
        if area > best:
            best = area
            dpi = (dots_wide * dots_high / area) ** 0.5 * _POINTS
    return min(max(dpi, MIN_DPI), MAX_DPI)


def file_to_pictures(data: bytes) -> Iterator[Picture]:
    """The pages of a PNG, a JPEG or a TIFF. Raises EmptyFile, BrokenFile and TooLarge."""
    check_bytes(data)
    try:
        with _opened(data) as image:
            count = getattr(image, "n_frames", 1)
        check_pictures(count)
        for index in range(count):
            # Opened anew for each, since it keeps what it unpacked while the page is read.
            with _opened(data) as image:
                image.seek(index)
                picture = _frame_to_picture(image, index + 1)
            del image
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise TooLarge(f"the picture is too large: {fault}", "scan it at 300 dpi") from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise BrokenFile(
            f"the picture is broken and does not parse: {fault}", "fetch or scan it again"
        ) from fault


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF"))


def _frame_to_picture(image: Image.Image, number: int) -> Picture:
    width, height = image.size
    check_dots(number, width, height, len(image.getbands()))
    dpi = _width_to_dpi(width, height, image.info.get("dpi"))
    shrink = min(MAX_DPI / dpi, (MAX_SHEET_DOTS / (width * height)) ** 0.5, 1.0)
    frame = _on_white(image)
    if shrink < 0.95:
        size = (max(round(width * shrink), 1), max(round(height * shrink), 1))
        frame = frame.resize(size, Image.Resampling.BOX)
    else:
        shrink = 1.0
    return Picture(number, np.array(frame, dtype=np.uint8), dpi * shrink / _POINTS)


def _on_white(image: Image.Image) -> Image.Image:
    """The frame in grey or in colours; what is transparent shows white paper."""
    if image.mode == _DEEP:
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in _MODES:
        return image.convert(_MODES[image.mode])
    if "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", image.size, (255, 255, 255))
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image if image.mode == "RGB" else image.convert("RGB")


def _width_to_dpi(width: int, height: int, said: object) -> float:
    """The file's own dots per inch where they make a page, else those that make it A4."""
    if isinstance(said, tuple) and said:
        dpi = float(said[0])
        if dpi > 0 and _KNOWN_WIDTHS[0] <= width / dpi * _POINTS <= _KNOWN_WIDTHS[1]:
            return dpi
    long_side = width > height
    return width / (_A4_WIDTH * (2**0.5 if long_side else 1.0)) * _POINTS
