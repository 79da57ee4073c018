"""What one document may cost before it is given up."""

from __future__ import annotations

from dataclasses import dataclass

from extract.allowed import USUAL, Allowed

TIME_LIMIT = 120.0
"""Seconds that one document may take; a report takes a fraction of one, a large scan a few."""

MEMORY_LIMIT = 1024**3
"""Bytes of memory that the worker of a document may have; for a report it needs a fifth of it."""

MEGABYTE = 1024**2
LEAST_MEGABYTES = 512
"""Below this no worker can do its work: a file's bytes alone may be 200."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` by the clock, `memory` in bytes, and how much is `allowed` in one document."""

    seconds: float = TIME_LIMIT
    memory: int = MEMORY_LIMIT
    allowed: Allowed = USUAL

    @property
    def memory_kept(self) -> int:
        """Bytes that a worker may keep between two documents: recognition needs them, and more."""
        return self.memory * 3 // 5
