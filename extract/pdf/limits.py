"""Limits on what is read, and the errors that say so, alike for every PDF reader."""

from __future__ import annotations

from extract.allowed import allowed_pages
from extract.errors import BrokenFile, EmptyFile, EncryptedFile, NoTextLayer, TooLarge

MAX_PAGES = 2000
MAX_SIDE = 14_400.0
"""Points; the PDF standard's own limit for a page's side."""
MAX_CHARS = 200_000
"""Characters on one page; the densest real ones have a few thousand."""
MAX_RULES = 50_000
"""Rules on one page; with more it is a drawing, whose rules are not looked at."""


def check_bytes(data: bytes) -> None:
    """Raises EmptyFile when there are none."""
    if not data:
        raise EmptyFile("the file is empty", "fetch it again")


def check_count(count: int) -> None:
    """Raises EmptyFile for no pages, TooLarge for more than MAX_PAGES, or than are allowed."""
    most = allowed_pages(MAX_PAGES)
    if count == 0:
        raise EmptyFile("the PDF is empty, it has no pages", "fetch it again")
    if count > most:
        raise TooLarge(
            f"the PDF has {count} pages, more than {most}", "split it, or allow more with --pages"
        )


def check_size(number: int, width: float, height: float) -> None:
    """Raises TooLarge for a side over MAX_SIDE, BrokenFile for a page without area."""
    if max(width, height) > MAX_SIDE:
        raise TooLarge(
            f"page {number} is {width:.0f} x {height:.0f} points, more than {MAX_SIDE:.0f} a side",
            "scale the page down",
        )
    if min(width, height) <= 0:
        raise BrokenFile(f"page {number} has no area", "print the file to a new PDF")


def check_chars(number: int, count: int) -> None:
    """Raises TooLarge for more than MAX_CHARS on one page."""
    if count > MAX_CHARS:
        raise TooLarge(
            f"page {number} has {count} characters, more than {MAX_CHARS}", "split the page"
        )


def password_needed() -> EncryptedFile:
    return EncryptedFile("the PDF is encrypted and asks for a password", "save a copy without one")


def broken_file() -> BrokenFile:
    return BrokenFile(
        "the PDF is broken and does not parse", "fetch it again or print it to a new PDF"
    )


def broken_page(number: int) -> BrokenFile:
    return BrokenFile(
        f"the PDF is broken, page {number} does not parse",
        "fetch it again or print it to a new PDF",
    )


def no_text(pictures: bool) -> NoTextLayer:
    """`pictures` tells whether pages show images where the text is missing."""
    problem = "the pages are pictures without text" if pictures else "no page has any text"
    return NoTextLayer(problem, "recognition (ocr) is needed, or supply a text version")
