"""What keeps a process that reads pictures small: memory is given back as soon as it is free.

A page in colours is some thirty million bytes, and a dozen such pieces come and go while it is
read. The C library of Linux keeps freed pieces of up to that size for itself, where they fit
nothing that comes later; unless it is told otherwise the process grows by them.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names of settings of mallopt(3) of the GNU C library."""
_LARGE = 1_000_000
"""Bytes from which a piece of memory is given back on its own."""


def set_one_thread() -> None:
    """Before numpy's and OpenCV's libraries are loaded: neither needs memory for further threads.

    Documents are read side by side by processes, each on one thread.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@cache
def give_back_at_once() -> None:
    """From now on freed memory goes back to the system; nothing where the C library is another."""
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_TRIM_THRESHOLD, 2 * _LARGE)
