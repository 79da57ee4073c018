"""Pictures of cells with what stands around them, drawn by another process and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from explore.drawing_process import DrawingProcess
from explore.review.crop_painter import ANSWER, QUESTION
from explore.sources import Sources
from extract.document import BBox

PIXELS = 1000
MOST_KEPT = 200
"""Pictures; one has some tens of kilobytes."""

MOST_DRAWN = 20 * 1024 * 1024
ASIDE, ABOVE = 70.0, 26.0
"""Points shown beside a cell and above and below it: its neighbours, and heads that are near."""


@dataclass(frozen=True, slots=True)
class Cut:
    """`png` shows `box` of the page, in points."""

    png: bytes
    box: BBox


def box_to_surroundings(box: BBox, size: tuple[float, float]) -> BBox:
    """The part to show for a cell, of a page that is so wide and high."""
    x0, top, x1, bottom = box
    width, height = size
    return (
        max(0.0, x0 - ASIDE),
        max(0.0, top - ABOVE),
        min(width, x1 + ASIDE),
        min(height, bottom + ABOVE),
    )


class Crops:
    """Draws parts of the pages of documents among the sources, one at a time."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int, BBox], Cut] = OrderedDict()
        self._painter = DrawingProcess("explore.review.crop_painter", ANSWER, MOST_DRAWN)

    def draw(self, sha256: str, page: int, box: BBox) -> Cut:
        """A part of a page; `explore.errors.NotDrawn` says why it cannot be shown."""
        key = (sha256, page, box)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            cut = self._draw(self._sources.read(sha256), page, box)
            self._kept[key] = cut
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return cut

    def close(self) -> None:
        with self._lock:
            self._painter.end()

    def _draw(self, data: bytes, page: int, box: BBox) -> Cut:
        question = QUESTION.pack(page, PIXELS, *box, len(data))
        (_, x0, top, x1, bottom), body = self._painter.ask(question, data)
        return Cut(body, (x0, top, x1, bottom))
