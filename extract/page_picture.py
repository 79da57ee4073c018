"""A page as it is seen, with the rules that the readers find on it, for people to look at."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.document import BBox
from extract.errors import BrokenFile, TooLarge, WrongReader
from extract.kinds import JPEG, PDF, PNG, TIFF, kind_of

if TYPE_CHECKING:
    from PIL.Image import Image

POINTS_PER_INCH = 72.0
MAX_PIXELS = 100_000_000
"""Of a page's picture; A0 at 150 dots per inch has a third of it."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """`image` in colour, `scale` in pixels a point; `rules` in points from the top left corner."""

    number: int
    image: Image
    scale: float
    rules: tuple[BBox, ...]


def bytes_to_page_picture(data: bytes, number: int, dots_per_inch: float = 144) -> PagePicture:
    """The page of that number, from 1, of a PDF or of a picture.

    Raises WrongReader for kinds of file without pages and for a page that is not there, and what
    reading the file raises.
    """
    kind = kind_of(data)
    scale = dots_per_inch / POINTS_PER_INCH
    if kind == PDF:
        return _pdf_page(data, number, scale)
    if kind in (PNG, JPEG, TIFF):
        return _scanned_page(data, number, scale)
    raise WrongReader(
        f"a file of kind {kind} has no pages to draw", "look at what was understood without --page"
    )


def _pdf_page(data: bytes, number: int, scale: float) -> PagePicture:
    import pypdfium2

    from extract.pdf.limits import broken_page

    rules = _pdf_rules(data, number)
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        if width * height * scale**2 > MAX_PIXELS:
            raise TooLarge(
                f"page {number} would have more than {MAX_PIXELS} pixels",
                "ask for fewer dots per inch",
            )
        image = page.render(scale=scale).to_pil().convert("RGB")
    except pypdfium2.PdfiumError as error:
        raise broken_page(number) from error
    finally:
        document.close()
    return PagePicture(number, image, scale, rules)


def _pdf_rules(data: bytes, number: int) -> tuple[BBox, ...]:
    from extract.pdf.pdfium_pages import open_pdfium

    with open_pdfium(data) as file:
        _check_page(number, file.count)
        page = next(page for page in file.pages if page.number == number)
    boxes: Sequence[BBox] = [(r.x0, r.top, r.x1, r.bottom) for r in page.rules]
    return tuple(page.back.box(*box) if page.back else box for box in boxes)


def _scanned_page(data: bytes, number: int, scale: float) -> PagePicture:
    """The picture itself; its rules are those of the cells, so none are given."""
    from PIL import Image

    from extract.scan.pictures import file_to_pictures

    count = 0
    for picture in file_to_pictures(data):
        count = picture.number
        if count == number:
            image = Image.fromarray(picture.dots).convert("RGB")
            ratio = scale / picture.scale
            size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
            return PagePicture(number, image.resize(size), scale, ())
    raise _no_page(number, count)


def _check_page(number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise _no_page(number, count)


def _no_page(number: int, count: int) -> WrongReader:
    pages = "one page" if count == 1 else f"{count} pages"
    return WrongReader(f"there is no page {number}, the file has {pages}", f"ask for 1 to {count}")


def picture_to_png(picture: Image) -> bytes:
    """The picture as the bytes of a PNG file."""
    stream = io.BytesIO()
    try:
        picture.save(stream, format="PNG")
    except OSError as error:
        raise BrokenFile("the picture cannot be written as PNG", "report it") from error
    return stream.getvalue()
