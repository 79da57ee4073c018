"""What a page keeps out of sight in scripts and text areas, for the browser to put in place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_TABLE = re.compile(r"(?:<|\\u003c|\\x3c)table\b", re.IGNORECASE)
_CHINESE = r"(?:[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3})"
_LABELLED = re.compile(
    rf"""["'][^"'\n]{{0,20}}{_CHINESE}{{2}}[^"'\n]{{0,80}}["']\s*[:,]\s*["']?-?\d[\d.]{{0,15}}["']?\s*[,}}\]]"""
)

MOST_LOOKED_AT = 1_000_000
"""Characters of a script."""

FEWEST_LABELLED = 10
"""Labelled figures in scripts that are taken for a table."""

_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": "", "\r\n": ""}


def markup_in_text_areas(root: etree._Element) -> Iterator[str]:
    """What text areas hold, where there is a table in it."""
    for area in root.iter("textarea"):
        if _TABLE.search(area.text or ""):
            yield area.text or ""


def markup_in_scripts(root: etree._Element) -> Iterator[str]:
    """The markup in every script string that holds a table, and in scripts that are markup."""
    for script in root.iter("script"):
        source = script.text or ""
        if not _TABLE.search(source):
            continue
        if source.lstrip().startswith("<"):
            yield source
            continue
        for found in _STRING.finditer(source):
            if _TABLE.search(found.group()):
                yield _unescaped(found.group()[1:-1])


def keeps_data_in_scripts(root: etree._Element) -> bool:
    """Whether scripts hold many labelled figures as data, not as markup: `"规章": 3`."""
    found = sum(
        len(_LABELLED.findall((script.text or "")[:MOST_LOOKED_AT]))
        for script in root.iter("script")
    )
    return found >= FEWEST_LABELLED


def _unescaped(literal: str) -> str:
    """The value of a JavaScript string literal; surrogate pairs become one character."""
    text = _ESCAPE.sub(_escape_to_text, literal)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _escape_to_text(found: re.Match[str]) -> str:
    escape = found[1]
    if len(escape) > 1 and escape[0] in "ux":
        return chr(int(escape[1:], 16))
    return _PLAIN.get(escape, escape)
