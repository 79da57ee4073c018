"""How much text and markup a document may hold before it is taken for an attack or a mistake."""

from __future__ import annotations

import re

from extract.errors import TooLarge

MAX_TAGS = 500_000
"""Tags of a page or of a part of a Word document; a report with a tag a character has half."""

MAX_ATTRIBUTES = 10_000
"""Of one tag; the parser compares each of them with all others."""

MAX_LINES = 200_000
MAX_CHARACTERS = 5_000_000
"""Of a text; a long report with one cell a line has 5,000 lines and 60,000 characters."""

_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")

_REMEDY = "supply the report alone"


def check_tags(markup: bytes | str) -> None:
    """Raises TooLarge for more than MAX_TAGS, counted before anything is parsed."""
    tags = markup.count(b"<") if isinstance(markup, bytes) else markup.count("<")
    if tags > MAX_TAGS:
        raise TooLarge(f"the document has {tags} tags, more than {MAX_TAGS}", _REMEDY)


def check_attributes(markup: str) -> None:
    """Raises TooLarge for a tag with more than MAX_ATTRIBUTES, before anything is parsed."""
    for tag in _LONG_TAG.finditer(markup):
        count = len(_VALUE.sub(" ", tag[0]).split())
        if count > MAX_ATTRIBUTES:
            raise TooLarge(f"a tag has {count} attributes, more than {MAX_ATTRIBUTES}", _REMEDY)


def check_text(text: str) -> None:
    """Raises TooLarge for more than MAX_CHARACTERS or MAX_LINES."""
    lines = text.count("\n") + 1
    if len(text) > MAX_CHARACTERS or lines > MAX_LINES:
        raise TooLarge(
            f"the text has {len(text)} characters in {lines} lines, more than "
            f"{MAX_CHARACTERS} or {MAX_LINES}",
            _REMEDY,
        )
