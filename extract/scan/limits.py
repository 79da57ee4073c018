"""How many dots are looked at, and the errors that say so."""

from __future__ import annotations

from extract.allowed import allowed_pages, allowed_pixels
from extract.errors import TooLarge

MAX_DOTS = 150_000_000
"""Of one picture in a file, times its colours: it has to be unpacked whole. A page of A4 in
colour at 600 dots per inch has 105 million."""

MAX_SHEET_DOTS = 8_000_000
"""Of one page as it is looked at; A4 at 240 dots per inch has 5.6 million, A3 at 200 has 7.7."""

MAX_PICTURES = 500
"""Pages of one file that are read from pictures, at about a second each."""

MIN_DPI, MAX_DPI = 100.0, 240.0
"""More dots per inch than this tell no more of a character; with fewer most are lost."""


def check_dots(number: int, width: int, height: int, colours: int = 1) -> None:
    """Raises TooLarge for a picture of more than MAX_DOTS, or than are allowed."""
    if width * height * colours > allowed_pixels(MAX_DOTS):
        raise TooLarge(
            f"the picture of page {number} has {width} x {height} dots, too many to be looked at",
            "scan it at 300 dots per inch, or allow more with --pixels",
        )


def check_pictures(count: int) -> None:
    """Raises TooLarge for more than MAX_PICTURES, or than pages are allowed."""
    most = allowed_pages(MAX_PICTURES)
    if count > most:
        raise TooLarge(
            f"the file has {count} pages to be read from pictures, more than {most}",
            "split it, or allow more with --pages",
        )
