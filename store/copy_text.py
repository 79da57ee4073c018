"""Facts as the text that PostgreSQL's COPY reads: a line a row, tabs between columns.

Written column by column, which is several times as fast as to let the driver look at each value.
The format: PostgreSQL's documentation of COPY, "Text Format".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import NoneType

from store.rows import Column, Facts

_NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_ESCAPED = re.compile(r"[\\\t\n\r]")


def facts_to_copy_text(facts: Facts) -> str:
    """The rows, each with the end of its line. Values are numbers, texts, truth values and dates,
    whose own text PostgreSQL reads, and None.
    """
    columns = (_column_to_texts(one, facts.count) for one in facts.values)
    lines = map("\t".join, zip(*columns, strict=True))
    return "".join(f"{line}\n" for line in lines)


def _column_to_texts(values: Column, count: int) -> Iterable[str]:
    if values is None:
        return (_NULL,) * count
    kinds = set(map(type, values))
    texts: Sequence[str] = list(map(str, values))
    # Numbers, truth values and dates have no such characters, so a look at all of them is enough.
    if _ESCAPED.search("".join(texts)):
        texts = [text.translate(_ESCAPES) for text in texts]
    if NoneType not in kinds:
        return texts
    return [_NULL if value is None else text for value, text in zip(values, texts, strict=True)]
