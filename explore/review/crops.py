"""Pictures of cells with what stands around them, drawn by another process and kept for a while."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass

from explore.errors import NotDrawn
from explore.review.crop_painter import ANSWER, PICTURE, QUESTION
from explore.sources import Sources
from extract.document import BBox

PIXELS = 1000
SECONDS = 20.0
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
        self._painter: subprocess.Popen[bytes] | None = None

    def draw(self, sha256: str, page: int, box: BBox) -> Cut:
        """A part of a page; NotDrawn says why it cannot be shown."""
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
            self._end()

    def _draw(self, data: bytes, page: int, box: BBox) -> Cut:
        painter = self._running()
        assert painter.stdin is not None
        try:
            painter.stdin.write(QUESTION.pack(page, PIXELS, *box, len(data)))
            painter.stdin.write(data)
            painter.stdin.flush()
            end = time.monotonic() + SECONDS
            kind, x0, top, x1, bottom, length = ANSWER.unpack(_read(painter, ANSWER.size, end))
            if length > MOST_DRAWN:
                raise OSError("the answer is too long")
            body = _read(painter, length, end)
        except OSError as error:
            self._end()
            raise NotDrawn("drawing failed on this document, or took too long") from error
        if kind != PICTURE:
            raise NotDrawn(body.decode("utf-8", "replace"))
        return Cut(body, (x0, top, x1, bottom))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._painter is None or self._painter.poll() is not None:
            self._end()
            self._painter = subprocess.Popen(
                [sys.executable, "-m", "explore.review.crop_painter"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._painter

    def _end(self) -> None:
        if self._painter is None:
            return
        self._painter.kill()
        with suppress(OSError):
            # What was not sent yet cannot be sent any more.
            self._painter.communicate()
        self._painter = None


def _read(painter: subprocess.Popen[bytes], count: int, end: float) -> bytes:
    """That many bytes of what the painter says; OSError when they do not come in time."""
    assert painter.stdout is not None
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(painter.stdout.fileno(), selectors.EVENT_READ)
        while count > 0:
            if not selector.select(max(0.0, end - time.monotonic())):
                raise OSError("no answer in time")
            part = os.read(painter.stdout.fileno(), min(count, 1 << 20))
            if not part:
                raise OSError("the process ended")
            parts.append(part)
            count -= len(part)
    return b"".join(parts)
