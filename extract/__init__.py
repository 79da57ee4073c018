"""Reading: a file to a Document, verbatim. The only stage that knows PDF, HTML and DOCX.

>>> from extract import read
>>> document = read("report.html")
>>> document.media_type, document.reader
('text/html', 'html')
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from extract.document import BBox, Block, Cell, Document, Reading, Table, Text
from extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    ExtractError,
    NoTextLayer,
    ReaderMissing,
    TooLarge,
    UnknownKind,
    WrongReader,
)
from extract.json_form import document_to_json
from extract.kinds import kind_of
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
    "ReaderMissing",
    "Reading",
    "Table",
    "Text",
    "TooLarge",
    "UnknownKind",
    "WrongReader",
    "document_to_json",
    "kind_of",
    "read",
]

MAX_BYTES = 200 * 1024 * 1024
"""Size of a file; the largest reports, scans in colour, stay under a tenth of this."""


def read(path: Path | str, *, reader: str | None = None, source: str | None = None) -> Document:
    """What a file holds, read by the reader for its kind or by the one named.

    `source` is the name the document goes by, the path as given when None. Raises ExtractError
    for every file that cannot be read, one the system does not hand out included.
    """
    data = _bytes_of(Path(path))
    kind = kind_of(data)
    name = choose_reader(kind, reader)
    reading = READERS[name]()(data)
    return Document(
        source=str(path) if source is None else source,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        reader=name,
        pages=reading.pages,
        blocks=reading.blocks,
        metadata=reading.metadata,
        notes=reading.notes,
    )


def _bytes_of(path: Path) -> bytes:
    """A file's bytes, read once. Raises TooLarge, and ExtractError naming the file."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ExtractError(f"{path} is not a file", "name a file")
        if status.st_size > MAX_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        problem = fault.strerror if isinstance(fault, OSError) else None
        raise ExtractError(
            f"{path} cannot be read ({problem or fault})", "check its name and its permissions"
        ) from fault
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    return data


def _too_large(size: int) -> TooLarge:
    return TooLarge(f"the file has {size} bytes, more than {MAX_BYTES}", "split it or compress it")
