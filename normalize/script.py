"""The script of a text: traditional to simplified characters, inserted pinyin taken out.

Digits, spaces and punctuation stay as they are, so numbers may pass through.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from opencc import OpenCC

_PINYIN = re.compile(r"[(（][a-zü\u00e0-\u00fc\u0101-\u01dc]{1,7}[)）]", re.IGNORECASE)
_IDEOGRAPH = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=16384)
def to_simplified(text: str) -> str:
    """The text in simplified characters, without pinyin in brackets behind characters."""
    if _IDEOGRAPH.search(text) is None:
        return text
    converted: str = _simplifier().convert(_PINYIN.sub("", text))
    return converted
