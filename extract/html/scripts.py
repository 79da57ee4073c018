"""Articles that a page keeps in the strings of its scripts, for the browser to put in place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_TABLE = re.compile(r"(?:<|\\u003c|\\x3c)table\b", re.IGNORECASE)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": "", "\r\n": ""}


def articles_in_scripts(root: etree._Element) -> Iterator[str]:
    """The markup in every script string that holds a table."""
    for script in root.iter("script", "textarea"):
        source = script.text or ""
        if not _TABLE.search(source):
            continue
        if source.lstrip().startswith("<"):
            yield source
            continue
        for found in _STRING.finditer(source):
            if _TABLE.search(found.group()):
                yield _unescaped(found.group()[1:-1])


def _unescaped(literal: str) -> str:
    """The value of a JavaScript string literal; surrogate pairs become one character."""
    text = _ESCAPE.sub(_escape_to_text, literal)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape_to_text(found: re.Match[str]) -> str:
    escape = found[1]
    if len(escape) > 1 and escape[0] in "ux":
        return chr(int(escape[1:], 16))
    return _PLAIN.get(escape, escape)
