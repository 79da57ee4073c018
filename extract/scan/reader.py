"""The reader of scans: pictures of pages, recognised, put together as pages of a PDF are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.document import Block, Reading, Table
from extract.errors import NoTextLayer
from extract.kinds import PDF, kind_of
from extract.pdf.assemble import parts_to_reading
from extract.pdf.matrix import IDENTITY, Matrix
from extract.pdf.notes import has_text, parts_to_doubtful_pages
from extract.pdf.parts import PageParts, page_to_parts
from extract.pdf.pdfium_pages import open_pdfium
from extract.pdf.running import parts_to_running
from extract.pdf.turning import block_as_seen
from extract.scan.candidates import block_with_candidates
from extract.scan.models import load_recognition
from extract.scan.orientation import picture_to_scanned
from extract.scan.page import ScannedPage
from extract.scan.pictures import Picture, file_to_pictures, pdf_to_pictures
from extract.scan.tall import picture_to_parts


@dataclass(frozen=True, slots=True)
class Scan:
    """A page, or one part of a tall one, read from its picture.

    `page_number` is that of the page in the file; `number` counts the parts of the file.
    """

    number: int
    page_number: int
    parts: PageParts
    scanned: ScannedPage
    back: Matrix


def read(data: bytes) -> Reading:
    """All pages of a PDF, a PNG, a JPEG or a TIFF, read from their pictures alone.

    Raises EmptyFile, EncryptedFile, BrokenFile, NoTextLayer when nothing can be recognised,
    TooLarge, and ReaderMissing when recognition is not installed.
    """
    load_recognition()
    pictures = pdf_to_pictures(data) if kind_of(data) == PDF else file_to_pictures(data)
    scans = list(_pictures_to_scans(pictures))
    if not any(scan.scanned.page.chars for scan in scans):
        raise NoTextLayer(
            "no characters could be recognised in the pictures",
            "scan the pages at 200 to 300 dots per inch, or supply a text version",
        )
    return _reading([scan.parts for scan in scans], "", scans)


def read_pages(data: bytes, numbers: Collection[int]) -> Reading:
    """A PDF with these pages read from their pictures and the others from their text.

    Tables run over both kinds of pages. Raises as `read` does.
    """
    load_recognition()
    scans = pdf_to_scans(data, numbers)
    with open_pdfium(data) as file:
        title = file.title
        parts = [
            scans[page.number].parts if page.number in scans else page_to_parts(page)
            for page in file.pages
        ]
    return _reading(parts, title, list(scans.values()))


def pdf_to_scans(data: bytes, numbers: Collection[int]) -> dict[int, Scan]:
    """What stands on these pages of a PDF, by page number, read from their pictures."""
    pictures = pdf_to_pictures(data, numbers)
    return {picture.number: _picture_to_scan(picture, picture.number) for picture in pictures}


def pages_to_recognise(data: bytes) -> tuple[int, ...]:
    """The pages of a PDF whose text is missing, or may not be what a person sees.

    Raises as the reader `pdfium` does, but for NoTextLayer.
    """
    with open_pdfium(data) as file:
        parts = [page_to_parts(page) for page in file.pages]
    running = parts_to_running(parts)
    silent = {part.number for part in parts if part.picture and not has_text(part, running)}
    return tuple(sorted(silent | set(parts_to_doubtful_pages(parts))))


def _pictures_to_scans(pictures: Iterable[Picture]) -> Iterator[Scan]:
    number = 0
    for picture in pictures:
        for part, above in picture_to_parts(picture):
            number += 1
            yield _picture_to_scan(part, number, above)


def _picture_to_scan(picture: Picture, number: int, above: float = 0.0) -> Scan:
    scanned = picture_to_scanned(picture)
    page = replace(scanned.page, number=number)
    back = (scanned.back or IDENTITY).then(Matrix(1.0, 0.0, 0.0, 1.0, 0.0, above))
    return Scan(number, picture.number, page_to_parts(page), replace(scanned, page=page), back)


def _reading(parts: Sequence[PageParts], title: str, scans: Sequence[Scan]) -> Reading:
    """The pages put together, with candidates in the cells that were recognised."""
    reading = parts_to_reading(parts, title)
    by_number = {scan.number: scan.scanned for scan in scans}
    back = {scan.number: scan.back for scan in scans if scan.back != IDENTITY}
    pages = {scan.number: scan.page_number for scan in scans}
    blocks = []
    for block in reading.blocks:
        block = block_with_candidates(block, by_number)
        blocks.append(_renumbered(block_as_seen(block, back), pages))
    numbers = {pages.get(part.number, part.number) for part in parts}
    return replace(
        reading,
        blocks=tuple(blocks),
        pages=len(numbers),
        notes=_with_parts_explained((*reading.notes, *_weak_lines(scans)), scans),
        recognised_pages=tuple(sorted({scan.page_number for scan in scans})),
    )


def _renumbered(block: Block, pages: Mapping[int, int]) -> Block:
    """The block with the numbers of the file's pages in place of those of its parts."""

    def number(page: int | None) -> int | None:
        return page if page is None else pages.get(page, page)

    if isinstance(block, Table):
        cells = tuple(replace(cell, page=number(cell.page)) for cell in block.cells)
        return replace(block, page=number(block.page), cells=cells)
    return replace(block, page=number(block.page))


def _weak_lines(scans: Sequence[Scan]) -> list[str]:
    return [
        f"page {scan.number}: {scan.scanned.weak} lines outside of tables are left out "
        "because they could not be recognised"
        for scan in scans
        if scan.scanned.weak
    ]


def _with_parts_explained(notes: tuple[str, ...], scans: Sequence[Scan]) -> tuple[str, ...]:
    """The notes; before any, what their numbers mean where tall pictures were cut into parts."""
    if not notes or all(scan.number == scan.page_number for scan in scans):
        return notes
    said = (
        f"a picture of several pages was cut into {len(scans)} parts; "
        "notes name the parts, counted from 1"
    )
    return (said, *notes)
