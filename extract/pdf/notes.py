"""Doubts of the PDF readers in plain words, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.pdf.parts import PageParts
from extract.pdf.running import Running

_LONGEST_QUOTE = 40
_PICTURE_OF_THE_PAGE = 0.7
"""Share of the page from which a picture may be the page, and its text someone's reading of it."""

_MUCH = 0.3
"""Slanted text of this share of the other text is more than a seal or a watermark."""
_LONGEST_SEAL = 40
"""And it has more characters than a seal, which may stand on a page almost alone."""
_LARGE_PICTURE = 0.1
"""Share of the page from which a picture may hide a table or text."""


def has_text(part: PageParts, running: Running) -> bool:
    """Whether the page says anything; the number of a page that is a picture does not count."""
    if part.pieces or part.framed or running.others(part):
        return True
    return bool(part.lines) and not part.picture


def parts_to_notes(parts: Sequence[PageParts], running: Running) -> list[str]:
    """What may have been missed or misread, with the page's number."""
    seen = Counter(part.slanted for part in parts)
    notes = []
    for part in parts:
        notes += _part_to_notes(part, running)
        if _may_be_content(part, seen[part.slanted]):
            notes.append(
                f"page {part.number}: slanted text, as of a watermark or a seal, is left out: "
                f"{part.slanted[:_LONGEST_QUOTE]!r}"
            )
    return notes


def _may_be_content(part: PageParts, pages: int) -> bool:
    """Whether slanted text may be more than a seal or a watermark, which hide no figures.

    It may when it holds figures and does not stand alike on several pages, or when there is much
    of it, as where a page was scanned askew. `pages` is on how many it stands.
    """
    if not part.slanted or pages > 1:
        return False
    printed = sum(len(line.text) for line in part.lines)
    printed += sum(len(cell.text) for piece in part.pieces for cell in piece.cells)
    if len(part.slanted) > max(_LONGEST_SEAL, _MUCH * printed):
        return True
    return any(char.isdigit() for char in part.slanted)


def parts_to_doubtful_pages(parts: Sequence[PageParts]) -> tuple[int, ...]:
    """Pages that are pictures with hidden text over them, or whose characters have no meaning."""
    return tuple(
        part.number for part in parts if part.unmapped or part.picture >= _PICTURE_OF_THE_PAGE
    )


def parts_to_pictured_pages(parts: Sequence[PageParts]) -> tuple[int, ...]:
    """Pages with a picture that may hide a table or text."""
    return tuple(part.number for part in parts if part.picture >= _LARGE_PICTURE)


def _part_to_notes(part: PageParts, running: Running) -> list[str]:
    notes = []
    if part.picture and not has_text(part, running):
        notes.append(f"page {part.number} is a picture without text")
    elif part.picture >= _LARGE_PICTURE:
        notes.append(f"page {part.number} holds a picture over {part.picture:.0%} of its area")
    if part.unmapped:
        notes.append(
            f"page {part.number}: the file does not give the meaning of "
            f"{part.unmapped} of its characters"
        )
    if part.outside:
        notes.append(
            f"page {part.number}: {part.outside} of its characters stand outside of its edges"
        )
    if part.back is not None:
        notes.append(f"page {part.number} was turned because its text lies on its side")
    return [*notes, *part.doubts]
