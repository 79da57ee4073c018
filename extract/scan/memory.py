"""What keeps a process that reads pictures small: what is free is given back.

A page in colours is some thirty million bytes, and a dozen such pieces come and go while it is
read. The C library of Linux keeps freed pieces of up to that size for itself, where they fit
nothing that comes later; unless it is told otherwise the process grows by them.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from functools import cache


def set_one_thread() -> None:
    """Before numpy's and OpenCV's libraries are loaded: neither needs memory for further threads.

    Documents are read side by side by processes, each on one thread.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def give_back() -> None:
    """What is freed goes back to the system; nothing happens where the C library is another."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """malloc_trim(3) of the GNU C library."""
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
