"""Conversions made ahead of reading, kept in a folder by the digest of what was converted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from extract.errors import BrokenFile, ExtractError
from extract.office.convert import document_to_docx, documents_to_docx

_FOLDER: ContextVar[Path | None] = ContextVar("conversions made ahead", default=None)


def convert_ahead(documents: Sequence[bytes], folder: Path) -> None:
    """Keeps the DOCX of each document in the folder, or the reason why there is none.

    Raises ReaderMissing where LibreOffice is not installed.
    """
    for data, made in zip(documents, documents_to_docx(documents), strict=True):
        kept = _kept_docx(data, folder)
        if isinstance(made, ExtractError):
            reason = f"{made.problem}\n{made.remedy}"
            kept.with_suffix(".txt").write_text(reason, encoding="utf-8")
        else:
            kept.write_bytes(made)


@contextmanager
def conversions_in(folder: Path | None) -> Iterator[None]:
    """Within, documents that were converted ahead into the folder are not converted again."""
    before = _FOLDER.set(folder)
    try:
        yield
    finally:
        _FOLDER.reset(before)


def to_docx(data: bytes) -> bytes:
    """The DOCX that LibreOffice made, or makes now, of a document. Raises ExtractError."""
    folder = _FOLDER.get()
    if folder is not None:
        kept = _kept_docx(data, folder)
        reason = kept.with_suffix(".txt")
        if kept.is_file():
            return kept.read_bytes()
        if reason.is_file():
            problem, remedy = reason.read_text(encoding="utf-8").split("\n", 1)
            raise BrokenFile(problem, remedy)
    return document_to_docx(data)


def _kept_docx(data: bytes, folder: Path) -> Path:
    return folder / f"{hashlib.sha256(data).hexdigest()}.docx"
