"""The most memory that one worker needs for each kind of scan, the large ones included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from benchmarks.recognition.measure import peak
from fixtures.catalogue import larger_set
from fixtures.layouts import LAYOUTS
from fixtures.layouts.scan_files import pictures_to_pdf
from fixtures.layouts.scan_pages import Scan, pdf_to_pictures
from fixtures.recipe import recipe_to_draft

LIMIT_MB = 400
_QUALITY = 50
_A3 = 2**0.5
"""A page of A4 with so many times the dots is one of A3."""


@dataclass(frozen=True, slots=True)
class Peak:
    """One kind of document; `bytes` is the peak of a process that reads it and nothing else."""

    kind: str
    pages: int
    bytes: int


def measure_memory(folder: Path, say: Callable[[str], None]) -> Iterator[Peak]:
    """Every kind in turn, from a page in grey to twenty in colours, A3 and 600 dots per inch."""
    for kind, pages, suffix, data in _documents():
        file = folder / f"source.{suffix}"
        file.write_bytes(data)
        found = Peak(kind, pages, peak(file))
        say(f"{kind}: {found.bytes / 1e6:.0f} MB")
        yield found


def peaks_to_markdown(peaks: Sequence[Peak]) -> str:
    """One line a kind: megabytes, and their ratio to the first and to the limit."""
    lines = [
        f"| kind | pages | peak MB | to the first | to {LIMIT_MB} MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for one in peaks:
        megabytes = one.bytes / 1e6
        ratio = one.bytes / peaks[0].bytes
        lines.append(
            f"| {one.kind} | {one.pages} | {megabytes:.0f} | {ratio:.2f} "
            f"| {megabytes / LIMIT_MB:.2f} |"
        )
    return "\n".join(lines)


def _documents() -> Iterator[tuple[str, int, str, bytes]]:
    """(kind, pages, suffix, bytes)."""
    recipe = next(larger_set("memory", 1, layouts=("pdf strokes",)))
    pdf = LAYOUTS[recipe.layout].render(recipe_to_draft(recipe))
    grey = pdf_to_pictures(pdf, "memory", Scan(200))
    yield "PDF, A4, 200 dpi, grey", 1, "pdf", pictures_to_pdf(grey[:1], 200, _QUALITY)
    coloured = pdf_to_pictures(pdf, "memory", Scan(300, grey=False))
    twenty = (coloured * 20)[:20]
    yield "PDF, A4, 300 dpi, colours", 20, "pdf", pictures_to_pdf(twenty, 300, _QUALITY)
    yield "TIFF, A4, 300 dpi, colours", 6, "tiff", _picture_file((coloured * 6)[:6], "TIFF")
    del twenty
    large = pdf_to_pictures(pdf, "memory", Scan(round(300 * _A3), grey=False))[:2]
    yield "PDF, A3, 300 dpi, colours", 2, "pdf", pictures_to_pdf(large, 300, _QUALITY)
    yield "PNG, A3, 300 dpi, colours", 1, "png", _picture_file(large[:1], "PNG")
    yield "JPEG, A3, 300 dpi, colours", 1, "jpg", _picture_file(large[:1], "JPEG")
    fine = pdf_to_pictures(pdf, "memory", Scan(600))[:1]
    yield "PDF, A4, 600 dpi, grey", 1, "pdf", pictures_to_pdf(fine, 600, _QUALITY)


def _picture_file(pictures: Sequence[Image.Image], kind: str) -> bytes:
    target = BytesIO()
    if kind == "TIFF":
        # A picture that comes twice would be written with what is left of the first writing.
        first, *others = [picture.copy() for picture in pictures]
        first.save(target, kind, save_all=True, append_images=others, compression="tiff_deflate")
    else:
        pictures[0].save(target, kind, dpi=(300, 300))
    return target.getvalue()
