"""Pictures of documents' pages, drawn by another process and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from explore.drawing_process import DrawingProcess
from explore.errors import NotDrawn
from explore.painter import ANSWER, PICTURE, QUESTION, SIZE
from explore.sources import Sources

MOST_KEPT = 64 * 1024 * 1024
"""Bytes of pictures that are kept."""

MOST_DRAWN = 50 * 1024 * 1024
"""Bytes of one picture."""

_MOST_SIZES = 2000
"""Documents whose pages' sizes are kept."""

_MOST_NUMBER = 100_000

Sizes = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`png` shows the page, which measures `width` by `height` points."""

    png: bytes
    width: float
    height: float


class Pictures:
    """Draws pages of the documents among the sources, one at a time."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, int], Drawn] = OrderedDict()
        self._sizes: OrderedDict[str, Sizes] = OrderedDict()
        self._bytes = 0
        self._painter = DrawingProcess("explore.painter", ANSWER, MOST_DRAWN)

    def page(self, sha256: str, number: int) -> Drawn:
        """The picture of a page, from 1; NotDrawn says why there is none."""
        if not 1 <= number <= _MOST_NUMBER:
            raise NotDrawn(f"there is no page {number}")
        key = (sha256, number)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            kind, width, height, body = self._ask(self._sources.read(sha256), number)
            if kind != PICTURE:
                raise NotDrawn(f"page {number} is no picture")
            drawn = Drawn(body, width, height)
            self._keep(key, drawn)
            return drawn

    def sizes(self, sha256: str) -> Sizes:
        """Width and height in points of the document's pages; empty where that is not known."""
        with self._lock:
            if sha256 not in self._sizes:
                _, _, _, body = self._ask(self._sources.read(sha256), 0)
                self._sizes[sha256] = tuple(SIZE.iter_unpack(body[: len(body) // 16 * 16]))
                if len(self._sizes) > _MOST_SIZES:
                    self._sizes.popitem(last=False)
            return self._sizes[sha256]

    def forget(self) -> None:
        """Keep no picture; the next ones are drawn anew."""
        with self._lock:
            self._kept.clear()
            self._sizes.clear()
            self._bytes = 0

    def close(self) -> None:
        with self._lock:
            self._painter.end()

    def _keep(self, key: tuple[str, int], drawn: Drawn) -> None:
        self._kept[key] = drawn
        self._bytes += len(drawn.png)
        while self._bytes > MOST_KEPT and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.png)

    def _ask(self, data: bytes, number: int) -> tuple[bytes, float, float, bytes]:
        (kind, width, height), body = self._painter.ask(QUESTION.pack(number, len(data)), data)
        return kind, width, height, body
