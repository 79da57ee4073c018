"""Another process that draws from documents: one that fails or takes too long is replaced."""

from __future__ import annotations

import os
import selectors
import struct
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

from explore.errors import NotDrawn
from explore.painter import PROBLEM

SECONDS = 20.0
"""How long one picture may take; the first one of a process also loads PDFium."""


class DrawingProcess:
    """Asks `module` one question after the other, and begins it anew when it is gone.

    The head of an answer is packed as `answer` says: its kind first, the length of what follows
    last; no more than `most` bytes may follow. Not to be used by two threads at once.
    """

    def __init__(self, module: str, answer: struct.Struct, most: int) -> None:
        self._module = module
        self._answer = answer
        self._most = most
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, head: bytes, data: bytes) -> tuple[tuple[Any, ...], bytes]:
        """The head of the answer without its length, and what follows; NotDrawn for a problem."""
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(head)
            process.stdin.write(data)
            process.stdin.flush()
            end = time.monotonic() + SECONDS
            *fields, length = self._answer.unpack(_read(process, self._answer.size, end))
            if length > self._most:
                raise OSError("the answer is too long")
            body = _read(process, length, end)
        except OSError as error:
            self.end()
            raise NotDrawn("drawing failed on this document, or took too long") from error
        if fields[0] == PROBLEM:
            raise NotDrawn(body.decode("utf-8", "replace"))
        return tuple(fields), body

    def end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        with suppress(OSError):
            # What was not sent yet cannot be sent any more.
            self._process.communicate()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process


def _read(process: subprocess.Popen[bytes], count: int, end: float) -> bytes:
    """That many bytes of what the process says; OSError when they do not come in time."""
    assert process.stdout is not None
    number = process.stdout.fileno()
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
