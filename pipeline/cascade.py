"""The cheapest reader first; further, independent ones while the reading cannot be proven right.

Pages whose text is missing, or may not be what a person sees, are read from their pictures; so
are pages with a picture in which a table may be that was not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import extract
from extract import Document
from extract.errors import ExtractError, NoTextLayer, ReaderMissing
from normalize import interpret
from normalize.given import NOTHING_GIVEN, Given
from normalize.opinions import is_in_dispute, needs_another_opinion
from normalize.report import Report

NEXT_READERS = {"pdfium": ("pdfplumber", "camelot")}
"""By the reader that was asked first, those asked after it, the cheapest first."""


def bytes_to_report(
    data: bytes, source: str, reader: str | None, given: Given = NOTHING_GIVEN
) -> Report:
    """The report in a file's bytes; ExtractError when they cannot be read.

    With `reader` named, that reader alone is asked. `given` is known of the file from elsewhere.
    """
    if reader is not None:
        return interpret(extract.read_bytes(data, source, reader=reader), given=given)
    readings = first_readings(data, source)
    report = interpret(*readings, given=given)
    for name in NEXT_READERS.get(readings[-1].reader, ()):
        if not needs_another_opinion(report) or (len(readings) > 1 and not is_in_dispute(report)):
            break
        other = _document_of(name, data, source)
        if other is not None:
            readings = [*readings, other]
            report = interpret(*readings, given=given)
    if pictured := _pages_that_may_hide_a_table(report, readings):
        readings = [*_with_pages_recognised(data, readings[0], pictured), *readings[1:]]
        report = interpret(*readings, given=given)
    return report


def first_readings(data: bytes, source: str) -> list[Document]:
    """The default reader's document; before it, where pages must be recognised, the one with them.

    Raises NoTextLayer when there are pictures only and recognition is not installed.
    """
    try:
        first = extract.read_bytes(data, source)
    except NoTextLayer as error:
        try:
            return [extract.read_bytes(data, source, reader="ocr")]
        except ReaderMissing as missing:
            raise NoTextLayer(error.problem, missing.remedy) from missing
    if not first.doubtful_pages:
        return [first]
    return _with_pages_recognised(data, first, first.doubtful_pages)


def _with_pages_recognised(data: bytes, read: Document, pages: Sequence[int]) -> list[Document]:
    """The document with those pages read from their pictures, and behind it the one at hand.

    Alone the one at hand, with a note, where recognition is not installed.
    """
    try:
        return [extract.recognise_pages(data, read.source, pages), read]
    except ReaderMissing as missing:
        note = f"pages {_listed(pages)} were not read from their pictures: {missing}"
        return [replace(read, notes=(*read.notes, note))]
    except ExtractError as error:
        note = f"pages {_listed(pages)} could not be read from their pictures: {error}"
        return [replace(read, notes=(*read.notes, note))]


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _pages_that_may_hide_a_table(report: Report, readings: Sequence[Document]) -> tuple[int, ...]:
    """Pages with pictures, of a report in which something was not found."""
    first = readings[0]
    if first.recognised_pages or not first.pictured_pages:
        return ()
    return first.pictured_pages if is_in_dispute(report) else ()


def _document_of(reader: str, data: bytes, source: str) -> Document | None:
    """The file as another reader reads it; None where that one cannot."""
    try:
        return extract.read_bytes(data, source, reader=reader)
    except ExtractError:
        return None
