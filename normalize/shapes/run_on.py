"""Texts in which a program left out every line break, tables and all.

Previews of documents print `…情况第二十条第（一）项信息内容本年制发件数…规章003…` as one line.
Behind the first head of a table it is cut in front of each label of the forms that has figures
behind it, and throughout in front of the headings of the forms' sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from extract.document import Block, Document, Text
from normalize.forms import all_forms
from normalize.labels import words_of

_CONTENT = "信息内容"
_BANNER = r"第二十条第[（(][一五六八九][)）]项"
_NUMBER = r"[一二三四五六七八九十]、"
_NOTE = r"(?:[（(][^（）()]{2,160}[)）])?"
_LONGEST_LINE = 200
_FEWEST_HEADINGS = 2


def without_run_on(document: Document) -> Document:
    """The document with lines that hold a whole report cut into its paragraphs and rows."""
    blocks = tuple(part for block in document.blocks for part in _block_to_parts(block))
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _block_to_parts(block: Block) -> Iterator[Block]:
    if not isinstance(block, Text) or len(block.text) < _LONGEST_LINE or not _is_run_on(block.text):
        yield block
        return
    for part in run_on_to_lines(block.text):
        yield replace(block, text=part)


def _is_run_on(text: str) -> bool:
    """True for a line with the heads of a table in it and headings of sections around them."""
    glued = re.search(rf"{_CONTENT}(?:本年|上一年|采购)", text) is not None
    return glued and len(_headings().findall(text)) >= _FEWEST_HEADINGS


def run_on_to_lines(text: str) -> list[str]:
    """The paragraphs, headings and rows of one line, in order."""
    cuts = {0, len(text)}
    for match in _headings().finditer(text):
        cuts |= {match.start(), match.end()}
    first = text.find(_CONTENT)
    banner = re.search(rf"{_BANNER}{_CONTENT}", text)
    cuts.add(banner.start() if banner else first)
    for match in _labels().finditer(text, first):
        cuts.add(match.start())
    for match in _figures_across().finditer(text, first):
        cuts.add(match.start())
    ends = sorted(cuts)
    parts = (text[start:stop].strip() for start, stop in pairwise(ends))
    return [part for part in parts if part]


@cache
def _headings() -> re.Pattern[str]:
    """A numbered heading of the forms that no sentence quotes."""
    known = {heading for headings in words_of("sections").values() for heading in headings}
    words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.compile(rf"{_NUMBER}(?:{words})(?![，,、。；;”》])")


@cache
def _labels() -> re.Pattern[str]:
    """What begins a row: a banner, a head, a label before its figures, a group's behind others."""
    tables = [table for form in all_forms() for table in form.tables]
    rows = [r for t in tables for block in t.blocks if not block.across for r in block.rows]
    words = _any_of(label for row in rows for label in (row.label, *row.aliases))
    groups = _any_of(group for row in rows for group in row.groups)
    number = r"(?:[一二三四五六七八九十]、|[（(][一二三四五六七八九十][)）]|\d[.、．])?"
    return re.compile(
        rf"{_BANNER}|{_CONTENT}|{number}(?:{words}){_NOTE}(?=\d)|(?<=\d)(?:[一二三四]、)?(?:{groups})"
    )


def _any_of(labels: Iterable[str]) -> str:
    return "|".join(map(_loosely, sorted(set(labels), key=len, reverse=True)))


def _loosely(label: str) -> str:
    """A label with brackets and commas of either width."""
    pairs = {"（": "[（(]", "）": "[)）]", "，": "[，,]", "“": '[“"]?', "”": '[”"]?'}
    return "".join(pairs.get(char, re.escape(char)) for char in label)


@cache
def _figures_across() -> re.Pattern[str]:
    """The figures of a row behind its last head, one digit each."""
    widths = {
        block.width
        for form in all_forms()
        for table in form.tables
        for block in table.blocks
        if block.across
    }
    runs = "|".join(rf"(?:\d{{{width}}})" for width in sorted(widths))
    return re.compile(rf"(?<=总计)(?:{runs})(?!\d)")
