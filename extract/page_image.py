"""A page as it is seen, as the bytes of a PNG file, and the sizes of a document's pages.

`page_picture` finds the rules of a page as well, which takes several times as long.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import islice

import pypdfium2
from PIL.Image import Image

from extract.errors import TooLarge, WrongReader
from extract.kinds import JPEG, PDF, PNG, TIFF, kind_of
from extract.page_picture import MAX_PIXELS, POINTS_PER_INCH, bytes_to_page_picture
from extract.pdf.limits import broken_file, broken_page
from extract.pdf.opening import opened

MOST_SIZES = 500
"""Pages of a document whose sizes are told."""

_QUICK = 1
"""How hard PNG is packed: twice the bytes of the hardest in a tenth of the time."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """`png` shows the page, which measures `width` by `height` points."""

    png: bytes
    width: float
    height: float


def bytes_to_page_image(data: bytes, number: int, dots_per_inch: float) -> PageImage:
    """The page of that number, from 1, of a PDF or of a picture.

    Raises WrongReader for kinds of file without pages and for a page that is not there, and what
    reading the file raises.
    """
    if kind_of(data) != PDF:
        picture = bytes_to_page_picture(data, number, dots_per_inch)
        width, height = (side / picture.scale for side in picture.image.size)
        return PageImage(image_to_png(picture.image), width, height)
    with opened(data) as document:
        if not 1 <= number <= len(document):
            raise WrongReader(f"there is no page {number}", f"ask for 1 to {len(document)}")
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = dots_per_inch / POINTS_PER_INCH
            if width * height * scale**2 > MAX_PIXELS:
                raise TooLarge(
                    f"page {number} is too large to be drawn", "ask for fewer dots per inch"
                )
            image = page.render(scale=scale).to_pil()
        except pypdfium2.PdfiumError as error:
            raise broken_page(number) from error
    return PageImage(image_to_png(image), width, height)


def bytes_to_page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height in points of the first MOST_SIZES pages, as they are seen.

    Raises WrongReader for kinds of file without pages, and what reading the file raises.
    """
    kind = kind_of(data)
    if kind in (PNG, JPEG, TIFF):
        from extract.scan.pictures import file_to_pictures

        pictures = islice(file_to_pictures(data), MOST_SIZES)
        return tuple(
            (picture.dots.shape[1] / picture.scale, picture.dots.shape[0] / picture.scale)
            for picture in pictures
        )
    if kind != PDF:
        raise WrongReader(f"a file of kind {kind} has no pages", "look at its text")
    with opened(data) as document:
        try:
            count = min(len(document), MOST_SIZES)
            return tuple(document.get_page_size(at) for at in range(count))
        except pypdfium2.PdfiumError as error:
            raise broken_file() from error


def image_to_png(image: Image) -> bytes:
    """The picture as PNG, packed for speed."""
    stream = io.BytesIO()
    image.convert("RGB").save(stream, format="PNG", compress_level=_QUICK)
    return stream.getvalue()
