"""The cheapest reader first; further, independent ones while the reading cannot be proven right."""

from __future__ import annotations

import extract
from extract import Document
from extract.errors import ExtractError
from normalize import interpret
from normalize.opinions import is_in_dispute, needs_another_opinion
from normalize.report import Report

NEXT_READERS = {"pdfium": ("pdfplumber", "camelot")}
"""By the reader that was asked first, those asked after it, the cheapest first."""


def bytes_to_report(data: bytes, source: str, reader: str | None) -> Report:
    """The report in a file's bytes; ExtractError when they cannot be read.

    With `reader` named, that reader alone is asked.
    """
    readings = [extract.read_bytes(data, source, reader=reader)]
    report = interpret(*readings)
    if reader is not None or not needs_another_opinion(report):
        return report
    for name in NEXT_READERS.get(readings[0].reader, ()):
        other = _document_of(name, data, source)
        if other is not None:
            readings.append(other)
            report = interpret(*readings)
        if not is_in_dispute(report):
            break
    return report


def _document_of(reader: str, data: bytes, source: str) -> Document | None:
    """The file as another reader reads it; None where that one cannot."""
    try:
        return extract.read_bytes(data, source, reader=reader)
    except ExtractError:
        return None
