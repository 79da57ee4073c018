"""The title in a PDF's information dictionary, whose bytes often break the standard."""

from __future__ import annotations

import re

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def title_to_text(title: str) -> str:
    """The title as meant: GBK bytes that were taken for Latin letters are read as GBK."""
    title = title.replace("\x00", "").strip()
    if any("\x80" <= c <= "\xff" for c in title) and not _CHINESE.search(title):
        try:
            reread = title.encode("latin-1").decode("gb18030")
        except UnicodeError:
            return title
        if _CHINESE.search(reread):
            return reread
    return title


def title_bytes_to_text(raw: bytes) -> str:
    """The title from the bytes as stored: UTF-16 or UTF-8 behind a mark, or one byte a letter."""
    for mark, encoding in (
        (b"\xfe\xff", "utf-16"),
        (b"\xff\xfe", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if raw.startswith(mark):
            return title_to_text(raw.decode(encoding, "replace"))
    return title_to_text(raw.decode("latin-1"))
