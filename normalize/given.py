"""What is known of a document from elsewhere, as from where it was downloaded: a Given.

It is used only where the document itself is silent, and never in place of what is printed: where
both speak and differ, the document's word stands and the check M-MANIFEST says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Given:
    """Publisher, year and day of publication of a report; None for what is not known."""

    agency: str | None = None
    year: int | None = None
    published_on: date | None = None


NOTHING_GIVEN = Given()
