"""What one document may cost before it is given up."""

TIME_LIMIT = 120.0
"""Seconds that one document may take; a report takes a fraction of one, a large scan a few."""

MEMORY_LIMIT = 1024**3
"""Bytes of memory that the worker of a document may have; for a report it needs a fifth of it."""

MEMORY_KEPT = MEMORY_LIMIT * 3 // 5
"""Bytes that a worker may keep between two documents: what recognition needs, and some more."""
