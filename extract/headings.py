"""Which lines are headings by their wording and weight, alike for every reader of markup."""

from __future__ import annotations

import re

LONGEST = 60
LONGEST_NUMBERED = 40

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}\s*、")
_SENTENCE_END = tuple("。；;，,、")
_CONTENTS_ENTRY = re.compile(r"[\t.…·]\s*\d+$")
_PUNCTUATED = re.compile(r"[。；]")


def is_heading_text(text: str, emphasised: bool) -> bool:
    """Whether a line is a heading: short and bold or centred as a whole, or numbered 一、.

    An entry of a table of contents, its page behind a tab or dots, is none.
    """
    plain = text.strip()
    if not plain or plain.endswith(_SENTENCE_END) or _PUNCTUATED.search(plain):
        return False
    if _CONTENTS_ENTRY.search(plain):
        return False
    if emphasised and len(plain) <= LONGEST:
        return True
    return len(plain) <= LONGEST_NUMBERED and bool(_NUMBERED.match(plain))
