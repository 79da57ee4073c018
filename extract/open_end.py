"""Copies that break off within the last cell of a table, so that it may have held more."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from extract.document import OPEN_END, Block, Table

_TAG = re.compile(r"<(?P<end>/?)(?P<name>td|th|table)\b", re.IGNORECASE)


def text_notes(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The note on a text that ends in a digit of a table, or in the tab behind another cell."""
    is_open = (
        (text[-1:].isdecimal() or text.endswith("\t"))
        and bool(blocks)
        and isinstance(blocks[-1], Table)
    )
    return (OPEN_END,) if is_open else ()


def markup_notes(markup: str) -> tuple[str, ...]:
    """The note on markup whose last cell is not closed, nor the table around it."""
    last = next((tag for tag in deque(_TAG.finditer(markup), maxlen=1)), None)
    is_open = last is not None and not last["end"] and last["name"].lower() != "table"
    return (OPEN_END,) if is_open else ()
