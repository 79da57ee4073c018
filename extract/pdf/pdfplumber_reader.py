"""The second PDF reader: another parser's characters and paths under the same lattice."""

from __future__ import annotations

from extract.document import Reading
from extract.pdf.assemble import file_to_reading
from extract.pdf.plumber_pages import open_plumber


def read(data: bytes) -> Reading:
    """Headings, paragraphs and tables of a born-digital PDF.

    Raises EmptyFile, EncryptedFile, BrokenFile, NoTextLayer and TooLarge.
    """
    with open_plumber(data) as file:
        return file_to_reading(file)
