"""A PDF's bytes -> pdfium's document, or why it cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from extract.pdf.limits import broken_file, check_bytes, check_count, password_needed


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document with at least one page and not too many, closed at the end.

    Raises EmptyFile, EncryptedFile, BrokenFile and TooLarge.
    """
    check_bytes(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # The code may be that of an earlier file when this one failed without setting any.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise password_needed() from error
        raise broken_file() from error
    try:
        check_count(len(document))
        yield document
    finally:
        document.close()
