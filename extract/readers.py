"""The readers by name, what kinds of file each reads, and which one a kind gets by default.

A reader's libraries are imported only when it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.document import Reading
from extract.errors import UnknownKind, WrongReader
from extract.kinds import (
    DOC,
    DOCX,
    FLAT_DOCX,
    HTML,
    JPEG,
    MARKDOWN,
    MHTML,
    ODT,
    PDF,
    PLAIN,
    PNG,
    RTF,
    TIFF,
    WORD_2003_XML,
    kind_of,
)

Read = Callable[[bytes], Reading]

CONVERTED = ("converted_by", "LibreOffice")
"""Among the metadata of a document that was read as the DOCX made of it."""

KINDS_READ: dict[str, tuple[str, ...]] = {
    "pdfium": (PDF,),
    "pdfplumber": (PDF,),
    "camelot": (PDF,),
    "ocr": (PDF, PNG, JPEG, TIFF),
    "html": (HTML, MHTML),
    "docx": (DOCX, FLAT_DOCX, DOC, RTF, ODT, WORD_2003_XML),
    "text": (PLAIN, MARKDOWN),
}
"""Media types by reader; of several readers for a type the first is the default."""


def choose_reader(kind: str, forced: str | None = None) -> str:
    """The name of the reader for a media type.

    Raises WrongReader when the forced one is unknown or does not read such files.
    """
    fitting = [name for name, kinds in KINDS_READ.items() if kind in kinds]
    if not fitting:
        raise UnknownKind(f"no reader reads {kind}", f"supply one of {', '.join(_all_kinds())}")
    if forced is None:
        return fitting[0]
    if forced not in KINDS_READ:
        raise WrongReader(
            f"there is no reader {forced!r}", f"for {kind} there are: {', '.join(fitting)}"
        )
    if forced not in fitting:
        raise WrongReader(
            f"reader {forced!r} does not read {kind}", f"readers that do: {', '.join(fitting)}"
        )
    return forced


def _all_kinds() -> list[str]:
    return sorted({kind for kinds in KINDS_READ.values() for kind in kinds})


def _pdfium() -> Read:
    from extract.pdf.pdfium_reader import read

    return read


def _pdfplumber() -> Read:
    from extract.pdf.pdfplumber_reader import read

    return read


def _camelot() -> Read:
    from extract.pdf.camelot_reader import read

    return read


def _ocr() -> Read:
    from extract.scan.reader import read

    return read


def _html() -> Read:
    from extract.html.reader import read

    return read


def _docx() -> Read:
    from extract.docx.flat import flat_to_package
    from extract.docx.reader import read
    from extract.office.ahead import to_docx

    def convert_and_read(data: bytes) -> Reading:
        kind = kind_of(data)
        if kind == DOCX:
            return read(data)
        if kind == FLAT_DOCX:
            return read(flat_to_package(data))
        reading = read(to_docx(data))
        return replace(reading, metadata=(*reading.metadata, CONVERTED))

    return convert_and_read


def _text() -> Read:
    from extract.encodings import decode
    from extract.size_limits import check_text
    from extract.text.reader import read

    def decode_and_read(data: bytes) -> Reading:
        decoded = decode(data)
        check_text(decoded.text)
        reading = read(decoded.text)
        return replace(reading, notes=decoded.notes + reading.notes)

    return decode_and_read


READERS: dict[str, Callable[[], Read]] = {
    "pdfium": _pdfium,
    "pdfplumber": _pdfplumber,
    "camelot": _camelot,
    "ocr": _ocr,
    "html": _html,
    "docx": _docx,
    "text": _text,
}
"""By name, what loads a reader; it takes a file's bytes."""
