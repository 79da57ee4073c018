"""The PDF reader of first choice: pdfium's characters and paths, the project's own lattice."""

from __future__ import annotations

from extract.document import Reading
from extract.pdf.assemble import file_to_reading
from extract.pdf.pdfium_pages import open_pdfium


def read(data: bytes) -> Reading:
    """Headings, paragraphs and tables of a born-digital PDF.

    Raises EmptyFile, EncryptedFile, BrokenFile, NoTextLayer and TooLarge.
    """
    with open_pdfium(data) as file:
        return file_to_reading(file)
