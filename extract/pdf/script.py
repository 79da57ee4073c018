"""Which script a page is written in: Chinese pages are read as forms, others as any document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.pdf.page import Char

_CHINESE = re.compile("[\u2e80-\uffef]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_LEAST_LATIN = 20
_MORE = 2
"""A page of any document has so many Latin letters, and so many times as many as Chinese ones."""


def is_chinese_page(chars: Sequence[Char]) -> bool:
    """Whether a page is to be read as one of a Chinese form; one of bare figures is."""
    text = "".join([char.text for char in chars])
    latin = len(_LATIN.findall(text))
    return latin < _LEAST_LATIN or latin < _MORE * len(_CHINESE.findall(text))
