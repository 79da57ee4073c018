"""How much of a file is read at most, where the user may set it; the usual limits otherwise."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """`pages` of a document and `pixels` of one picture (times its colours) that may be read.

    None for the usual limits, which are those of `extract.pdf.limits` and `extract.scan.limits`.
    """

    pages: int | None = None
    pixels: int | None = None


USUAL = Allowed()
_ALLOWED: ContextVar[Allowed] = ContextVar("allowed", default=USUAL)


def allow(allowed: Allowed) -> None:
    """From now on, in this process, so much may be read."""
    _ALLOWED.set(allowed)


def allowed_pages(usual: int) -> int:
    return usual if (pages := _ALLOWED.get().pages) is None else pages


def allowed_pixels(usual: int) -> int:
    return usual if (pixels := _ALLOWED.get().pixels) is None else pixels
