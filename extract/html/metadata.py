"""What a page says of its article outside the text: title, date of publication, publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from extract.document import Block, Table, Text
from extract.html.labels import DATE_LABELS, PUBLISHER_LABELS, bare_label
from extract.html.lines import Lines, never, walk
from extract.html.tree import Look

Pair = tuple[str, str]

TITLE_TAGS = ("ucaptitle", "articletitle")
DATE_TAGS = ("publishtime", "pubdate", "publishdate")
TITLE_NAMES = ("articletitle",)
DATE_NAMES = ("pubdate", "publishdate", "publish_date", "article:published_time")
PUBLISHER_NAMES = ("contentsource",)
SITE_NAMES = ("sitename",)

LINES_LOOKED_AT = 40
"""Blocks from the top among which a labelled date is still the article's."""

_DATE = (
    r"\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}(?:\s*日)?"
    r"(?:[\sT]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
_DATE_FOUND = re.compile(_DATE)
_BARE_DATE_LABELS = ("日期", "时间")
"""Labels that count only when a colon and a date follow."""

_AFTER_LABEL = r"\s*(?:[】\]]\s*[:：]?|[:：])\s*"
_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}\s*、")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def page_to_metadata(root: etree._Element, blocks: Sequence[Block]) -> tuple[Pair, ...]:
    """(name, value) pairs, the more trustworthy first: every title, every date, every publisher.

    `blocks` are those of the whole page, so that lines beside the article count as well.
    """
    top = list(_blocks_before_report(blocks))
    titles = [
        *_texts_of_tags(root, TITLE_TAGS),
        *_meta(root, TITLE_NAMES),
        *_texts_of_tags(root, ("h1",)),
        *_meta(root, ("og:title",)),
        *_titles(root),
    ]
    dates = [
        *_texts_of_tags(root, DATE_TAGS),
        *_meta(root, DATE_NAMES),
        *_labelled_dates(top),
        *_dates_in_lines(top),
    ]
    publishers = [
        *_meta(root, PUBLISHER_NAMES),
        *_labelled(top, PUBLISHER_LABELS),
        *_publishers_in_lines(top),
        *_meta(root, SITE_NAMES),
    ]
    pairs = [
        *(("title", title) for title in titles),
        *(("published_on", date) for date in dates),
        *(("publisher", publisher) for publisher in publishers),
    ]
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))


def _texts_of_tags(root: etree._Element, tags: Sequence[str]) -> Iterator[str]:
    for tag in tags:
        for element in root.iter(tag):
            lines = Lines()
            walk(element, Look(reveal=True), lines, _no_table, never)
            yield "\n".join(line.text for line in lines.take()).strip()


def _no_table(element: etree._Element, look: Look) -> None:
    """A table within a title is no part of it."""


def _titles(root: etree._Element) -> Iterator[str]:
    for element in root.iter("title"):
        yield _SPACE.sub(" ", element.text or "").strip()


def _meta(root: etree._Element, names: Sequence[str]) -> Iterator[str]:
    """The contents of <meta> elements by name or property, in the order of `names`."""
    for wanted in names:
        for element in root.iter("meta"):
            name = element.get("name") or element.get("property") or ""
            if name.strip().lower() == wanted:
                yield _SPACE.sub(" ", element.get("content") or "").strip()


def _blocks_before_report(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks above the report's first numbered section, a limited number of them."""
    for block in blocks[:LINES_LOOKED_AT]:
        if isinstance(block, Text) and _SECTION.match(block.text):
            return
        yield block


def _labelled(blocks: Sequence[Block], labels: Sequence[str]) -> Iterator[str]:
    """What stands to the right of each label, or under it, in the order of `labels`."""
    for wanted in labels:
        for at, block in enumerate(blocks):
            if isinstance(block, Table):
                yield from _right_of(block, wanted)
            elif bare_label(block.text) == wanted:
                yield from _texts(blocks[at + 1 : at + 2])


def _right_of(table: Table, wanted: str) -> Iterator[str]:
    for cell, beside in pairwise(table.cells):
        if bare_label(cell.text) == wanted and beside.row == cell.row:
            yield beside.text.strip()


def _labelled_dates(blocks: Sequence[Block]) -> Iterator[str]:
    return (value for value in _labelled(blocks, DATE_LABELS) if _DATE_FOUND.search(value))


def _dates_in_lines(blocks: Sequence[Block]) -> Iterator[str]:
    yield from _after_labels(blocks, DATE_LABELS, rf"(?:{_AFTER_LABEL}|\s+)({_DATE})")
    yield from _after_labels(blocks, _BARE_DATE_LABELS, rf"{_AFTER_LABEL}({_DATE})")


def _publishers_in_lines(blocks: Sequence[Block]) -> Iterator[str]:
    return _after_labels(blocks, PUBLISHER_LABELS, rf"{_AFTER_LABEL}(\S+)")


def _after_labels(blocks: Sequence[Block], labels: Sequence[str], rest: str) -> Iterator[str]:
    """What matches `rest` behind each label within a line, in the order of `labels`."""
    for label in labels:
        wanted = re.compile(rf"(?<!\w){label}{rest}")
        for text in _texts(blocks):
            yield from (found[1] for found in wanted.finditer(" ".join(text.split())))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Lines of text, and cells, which may hold label and value together."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text
