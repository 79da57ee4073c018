"""How much text and markup a document may hold before it is taken for an attack or a mistake."""

from __future__ import annotations

from extract.errors import TooLarge

MAX_TAGS = 500_000
"""Tags of a page or of a part of a Word document; a report with a tag a character has half."""

MAX_LINES = 200_000
MAX_CHARACTERS = 5_000_000
"""Of a text; a long report with one cell a line has 5,000 lines and 60,000 characters."""

_REMEDY = "supply the report alone"


def check_tags(markup: bytes | str) -> None:
    """Raises TooLarge for more than MAX_TAGS, counted before anything is parsed."""
    tags = markup.count(b"<") if isinstance(markup, bytes) else markup.count("<")
    if tags > MAX_TAGS:
        raise TooLarge(f"the document has {tags} tags, more than {MAX_TAGS}", _REMEDY)


def check_text(text: str) -> None:
    """Raises TooLarge for more than MAX_CHARACTERS or MAX_LINES."""
    lines = text.count("\n") + 1
    if len(text) > MAX_CHARACTERS or lines > MAX_LINES:
        raise TooLarge(
            f"the text has {len(text)} characters in {lines} lines, more than "
            f"{MAX_CHARACTERS} or {MAX_LINES}",
            _REMEDY,
        )
