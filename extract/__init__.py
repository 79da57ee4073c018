"""Reading: a file to a Document, verbatim. The only stage that knows PDF, HTML and DOCX.

>>> from extract import read
>>> document = read("report.html")
>>> document.media_type, document.reader
('text/html', 'html')
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection
from pathlib import Path

from extract.document import BBox, Block, Cell, Document, Reading, Table, Text
from extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    ExtractError,
    NoTextLayer,
    NotShown,
    ReaderMissing,
    TooLarge,
    UnknownKind,
    WrongReader,
)
from extract.json_form import document_to_json
from extract.kinds import kind_of
from extract.packages.address import member_to_bytes, split_address
from extract.readers import READERS, choose_reader

__all__ = [
    "MAX_BYTES",
    "READERS",
    "BBox",
    "Block",
    "BrokenFile",
    "Cell",
    "Document",
    "EmptyFile",
    "EncryptedFile",
    "ExtractError",
    "NoTextLayer",
    "NotShown",
    "ReaderMissing",
    "Reading",
    "Table",
    "Text",
    "TooLarge",
    "UnknownKind",
    "WrongReader",
    "document_to_json",
    "file_to_bytes",
    "kind_of",
    "read",
    "read_bytes",
    "recognise_pages",
]

MAX_BYTES = 200 * 1024 * 1024
"""Size of a file; the largest reports, scans in colour, stay under a tenth of this."""


def read(path: Path | str, *, reader: str | None = None, source: str | None = None) -> Document:
    """What a file holds, read by the reader for its kind or by the one named.

    The path may go on within a package, as in `package.zip!/folder/report.pdf`. `source` is the
    name the document goes by, the path as given when None. Raises ExtractError for every file
    that cannot be read; one the system does not hand out is named in it.
    """
    try:
        data = file_to_bytes(path)
    except ExtractError as error:
        raise type(error)(f"{path}: {error.problem}", error.remedy) from error
    return read_bytes(data, str(path) if source is None else source, reader=reader)


def read_bytes(data: bytes, source: str, *, reader: str | None = None) -> Document:
    """What a file of these bytes holds; as `read`, for one whose bytes are at hand."""
    kind = kind_of(data)
    name = choose_reader(kind, reader)
    return _reading_to_document(READERS[name]()(data), data, source, kind, name)


def recognise_pages(data: bytes, source: str, pages: Collection[int]) -> Document:
    """What a PDF holds, these pages read from their pictures and the others from their text.

    Raises as `read_bytes` does, and ReaderMissing when recognition is not installed.
    """
    from extract.scan.reader import read_pages

    return _reading_to_document(read_pages(data, pages), data, source, kind_of(data), "ocr")


def _reading_to_document(
    reading: Reading, data: bytes, source: str, kind: str, reader: str
) -> Document:
    return Document(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        reader=reader,
        pages=reading.pages,
        blocks=reading.blocks,
        metadata=reading.metadata,
        notes=reading.notes,
        doubtful_pages=reading.doubtful_pages,
        pictured_pages=reading.pictured_pages,
        recognised_pages=reading.recognised_pages,
    )


def file_to_bytes(path: Path | str) -> bytes:
    """A file's bytes, read once; also of one in a package, named `package.zip!/report.pdf`.

    Raises TooLarge, and ExtractError for what cannot be read. Nothing but a regular file is
    opened: a pipe would keep its reader waiting for ever.
    """
    path = Path(path)
    address = split_address(path)
    if address is not None:
        return member_to_bytes(*address)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _no_file(path, status.st_mode)
        if status.st_size > MAX_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as stream:
            data = stream.read(status.st_size + 1)
            if len(data) > status.st_size:
                # It grew since. Asking for the limit at once would take that much memory.
                data += stream.read(MAX_BYTES + 1 - len(data))
    except (OSError, ValueError) as fault:
        problem = fault.strerror if isinstance(fault, OSError) else None
        raise ExtractError(
            f"the file cannot be read ({problem or fault})", "check its name and its permissions"
        ) from fault
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    return data


def _no_file(path: Path, mode: int) -> ExtractError:
    if stat.S_ISDIR(mode):
        if not os.access(path, os.R_OK | os.X_OK):
            return ExtractError("the folder cannot be read", "check its permissions")
        return ExtractError("this is a folder, not a file", "name it to have its files read")
    what = "socket" if stat.S_ISSOCK(mode) else "device"
    return ExtractError(
        f"this is a {'named pipe' if stat.S_ISFIFO(mode) else what}, not a file",
        "name a file that holds a report",
    )


def _too_large(size: int) -> TooLarge:
    return TooLarge(f"the file has {size} bytes, more than {MAX_BYTES}", "split it or compress it")
