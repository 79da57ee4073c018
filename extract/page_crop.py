"""A part of a page as it is seen, enlarged, as the bytes of a PNG file."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pypdfium2

from extract.document import BBox
from extract.errors import WrongReader
from extract.kinds import PDF, kind_of
from extract.page_image import image_to_png
from extract.page_picture import POINTS_PER_INCH, bytes_to_page_picture
from extract.pdf.limits import broken_page
from extract.pdf.opening import opened

MOST_DOTS_PER_INCH = 400.0
"""Beyond this nothing more is seen of a printed figure."""

_SCANNED_DOTS_PER_INCH = 200.0


@dataclass(frozen=True, slots=True)
class PageCrop:
    """`png` shows `box` of the page, in points: what was asked for, as far as it is on the page."""

    png: bytes
    box: BBox


def bytes_to_page_crop(data: bytes, number: int, box: BBox, pixels: int) -> PageCrop:
    """The part `box` of page `number`, from 1, drawn about `pixels` wide.

    Raises WrongReader for kinds of file without pages, a page that is not there and a box that is
    not on it, and what reading the file raises.
    """
    if kind_of(data) != PDF:
        picture = bytes_to_page_picture(data, number, _SCANNED_DOTS_PER_INCH)
        size = picture.image.width / picture.scale, picture.image.height / picture.scale
        kept = _on_page(box, size, number)
        sides = [round(side * picture.scale) for side in kept]
        cut = picture.image.crop((sides[0], sides[1], sides[2], sides[3]))
        enlarged = max(1, round(pixels / max(1, cut.width)))
        cut = cut.resize((cut.width * enlarged, cut.height * enlarged))
        return PageCrop(image_to_png(cut), kept)
    return _pdf_crop(data, number, box, pixels)


def _pdf_crop(data: bytes, number: int, box: BBox, pixels: int) -> PageCrop:
    with opened(data) as document:
        if not 1 <= number <= len(document):
            raise WrongReader(f"there is no page {number}", f"ask for 1 to {len(document)}")
        try:
            page = document[number - 1]
            width, height = page.get_size()
            kept = _on_page(box, (width, height), number)
            x0, top, x1, bottom = kept
            scale = min(pixels / (x1 - x0), MOST_DOTS_PER_INCH / POINTS_PER_INCH)
            margins = (x0, height - bottom, width - x1, top)
            return PageCrop(image_to_png(page.render(scale=scale, crop=margins).to_pil()), kept)
        except pypdfium2.PdfiumError as error:
            raise broken_page(number) from error


def _on_page(box: BBox, size: tuple[float, float], number: int) -> BBox:
    """What of the box is on the page; at least one point each way."""
    x0, top, x1, bottom = box
    kept = max(0.0, x0), max(0.0, top), min(size[0], x1), min(size[1], bottom)
    if not all(map(math.isfinite, box)) or kept[2] - kept[0] < 1 or kept[3] - kept[1] < 1:
        raise WrongReader(f"nothing of {box} is on page {number}", "look at the whole page")
    return kept
