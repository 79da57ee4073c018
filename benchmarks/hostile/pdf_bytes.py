"""PDFs written byte by byte, so that they can be wrong."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
A4 = b"[0 0 595 842]"


def objects_to_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Numbered objects with a sound cross-reference table; the first one is the catalogue."""
    pdf = bytearray(b"%PDF-1.5\n")
    table = bytearray(b"0000000000 65535 f \n")
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(pdf)
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(pdf), len(objects) + 1
    pdf += b"xref\n0 %d\n%s" % (size, bytes(table))
    pdf += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    pdf += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(pdf)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def deflated(content: bytes, times: int = 1) -> bytes:
    """A stream compressed so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [%s]" % (b"/FlateDecode " * times))


def page(box: bytes = A4, more: bytes = b"", resources: bytes = b"/Font << /F1 5 0 R >>") -> bytes:
    """A page beneath object 2 that shows object 4; `more` are further entries."""
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << %s >> %s >>"
    ) % (box, resources, more)


def one_page_pdf(
    content: bytes,
    shown: bytes | None = None,
    *,
    others: Sequence[bytes] = (),
    catalog: bytes = CATALOG,
    trailer: bytes = b"",
) -> bytes:
    """One page whose content stream is given as an object; `others` are objects from 6 on."""
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return objects_to_pdf((catalog, pages, shown or page(), content, FONT, *others), trailer)


WORDS = stream(b"BT /F1 12 Tf 72 700 Td (a line of words) Tj ET")
