"""Pictures of documents' pages, drawn by another process and kept for a while."""

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
from explore.painter import ANSWER, PICTURE, PROBLEM, QUESTION, SIZE
from explore.sources import Sources

SECONDS = 20.0
"""How long one page may take; the first one of a process also loads PDFium."""

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
        self._painter: subprocess.Popen[bytes] | None = None

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
            self._end()

    def _keep(self, key: tuple[str, int], drawn: Drawn) -> None:
        self._kept[key] = drawn
        self._bytes += len(drawn.png)
        while self._bytes > MOST_KEPT and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.png)

    def _ask(self, data: bytes, number: int) -> tuple[bytes, float, float, bytes]:
        """The painter's answer; one that fails or takes too long is replaced by the next."""
        painter = self._running()
        assert painter.stdin is not None
        try:
            painter.stdin.write(QUESTION.pack(number, len(data)))
            painter.stdin.write(data)
            painter.stdin.flush()
            end = time.monotonic() + SECONDS
            kind, width, height, length = ANSWER.unpack(_read(painter, ANSWER.size, end))
            if length > MOST_DRAWN:
                raise OSError("the answer is too long")
            body = _read(painter, length, end)
        except OSError as error:
            self._end()
            raise NotDrawn("drawing failed on this document, or took too long") from error
        if kind == PROBLEM:
            raise NotDrawn(body.decode("utf-8", "replace"))
        return kind, width, height, body

    def _running(self) -> subprocess.Popen[bytes]:
        if self._painter is None or self._painter.poll() is not None:
            self._end()
            self._painter = subprocess.Popen(
                [sys.executable, "-m", "explore.painter"],
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
    number = painter.stdout.fileno()
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(number, selectors.EVENT_READ)
        while count > 0:
            if not selector.select(max(0.0, end - time.monotonic())):
                raise OSError("no answer in time")
            part = os.read(number, min(count, 1 << 20))
            if not part:
                raise OSError("the process ended")
            parts.append(part)
            count -= len(part)
    return b"".join(parts)
