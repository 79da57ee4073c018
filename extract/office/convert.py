"""Documents of other word processors to DOCX, many in one run of LibreOffice.

A run costs a second or two and each document a fraction of one, so many are converted together.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.archive import open_archive, read_member
from extract.errors import BrokenFile, ExtractError, TooLarge
from extract.kinds import DOC, ODT, RTF, WORD_2003_XML, kind_of
from extract.office.program import OUTPUT_LIMIT, run_office
from extract.ole import SIGNATURE

SUFFIXES = {DOC: "doc", RTF: "rtf", ODT: "odt", WORD_2003_XML: "xml"}
"""Media types that LibreOffice converts, with the ending by which it knows them best."""

_MEDIA = ("word/media/", "word/embeddings/")

Converted = bytes | ExtractError

_WHITE = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_STARTS = (SIGNATURE, b"{\\rtf", b"PK", b"<\x00?", b"<?")
"""What such documents begin with, looked at before anything that takes time."""


def is_for_office(data: bytes) -> bool:
    """Whether these bytes are a document that LibreOffice must convert before it is read."""
    if not data.lstrip(_WHITE).startswith(_STARTS):
        return False
    try:
        return kind_of(data) in SUFFIXES
    except ExtractError:
        return False


def documents_to_docx(documents: Sequence[bytes]) -> tuple[Converted, ...]:
    """The DOCX that LibreOffice makes of each document, or why there is none.

    A document on which it crashes or hangs costs only itself: those behind it are converted by
    another run. Raises ReaderMissing where LibreOffice is not installed.
    """
    made: list[Converted | None] = [None] * len(documents)
    waiting: list[int] = []
    for place, data in enumerate(documents):
        if is_for_office(data):
            waiting.append(place)
        else:
            made[place] = _not_loaded()
    while waiting:
        with TemporaryDirectory(prefix="gongkai-office-", ignore_cleanup_errors=True) as name:
            waiting = _convert(documents, waiting, made, Path(name))
    return tuple(_not_loaded() if one is None else one for one in made)


def document_to_docx(data: bytes) -> bytes:
    """The DOCX that LibreOffice makes of one document. Raises ExtractError."""
    (made,) = documents_to_docx((data,))
    if isinstance(made, ExtractError):
        raise made
    return made


def _convert(
    documents: Sequence[bytes], waiting: Sequence[int], made: list[Converted | None], folder: Path
) -> list[int]:
    """One run; fills in what it made and gives the places of those it did not come to."""
    sources = [_write(documents[place], folder, place) for place in waiting]
    ended_well = run_office(sources, folder)
    last = -1
    for at, (place, source) in enumerate(zip(waiting, sources, strict=True)):
        target = folder / "out" / f"{source.stem}.docx"
        if target.is_file():
            made[place] = _read(target)
            last = at
    if ended_well:
        return []
    # The first one without result may have failed to load, or be the one it ended on.
    if last + 1 < len(waiting):
        made[waiting[last + 1]] = _ended_on()
    return list(waiting[last + 2 :])


def _write(data: bytes, folder: Path, place: int) -> Path:
    path = folder / f"{place}.{SUFFIXES[kind_of(data)]}"
    path.write_bytes(data)
    return path


def _read(target: Path) -> Converted:
    size = target.stat().st_size
    if size >= OUTPUT_LIMIT:
        return TooLarge(f"what LibreOffice made of it has {size} bytes", "split the document")
    try:
        return _without_pictures(target.read_bytes())
    except ExtractError as failure:
        return failure


def _without_pictures(docx: bytes) -> bytes:
    """The package without its media, which nothing reads.

    Where a document only names a picture LibreOffice may have taken it from this machine.
    """
    archive = open_archive(docx)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in archive.namelist():
            if not name.startswith(_MEDIA):
                kept.writestr(name, read_member(archive, name))
    return stream.getvalue()


def _not_loaded() -> ExtractError:
    return BrokenFile(
        "LibreOffice cannot open the document: it is damaged or protected by a password",
        "open it in a word processor and save it as DOCX or PDF",
    )


def _ended_on() -> ExtractError:
    return BrokenFile(
        "LibreOffice crashed on the document or did not end in time",
        "open it in a word processor and save it as DOCX or PDF",
    )
