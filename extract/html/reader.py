"""Web pages to blocks: the article without the site around it, every cell as it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from lxml import etree

from extract.document import Block, Reading, Text
from extract.encodings import decode
from extract.errors import BrokenFile, EmptyFile, ExtractError, NoTextLayer, NotShown
from extract.html.article import (
    Page,
    article_frame,
    has_data_table,
    page_to_article,
    tree_to_page,
)
from extract.html.elsewhere import files_named, frames_named, pictures_in
from extract.html.metadata import page_to_metadata
from extract.html.mhtml import SavedPage, mhtml_to_pages
from extract.html.repair import place_rows
from extract.html.roles import name_tables
from extract.html.scripts import keeps_data_in_scripts, markup_in_scripts, markup_in_text_areas
from extract.html.tree import Look, concealed_selectors, text_to_tree
from extract.kinds import MHTML, kind_of
from extract.open_end import markup_notes
from extract.text.reader import read as read_text

SHORTEST_REPORT = 300
"""Characters of the shortest report; what says less and names a file only leads to it."""

_MOST_NAMED = 3
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<(html|body|p|div|br|h[1-6]|li|section|article|center|td)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """The blocks of an article, and the whole page they were found on."""

    page: Page
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def read(data: bytes) -> Reading:
    """The article of a web page (HTML or MHTML), and what the page says of it.

    Raises BrokenFile, EmptyFile, NoTextLayer, NotShown and TooLarge.
    """
    if kind_of(data) == MHTML:
        return _pages_to_reading(mhtml_to_pages(data))
    return _page_to_reading(SavedPage(data, None))


def _pages_to_reading(pages: Sequence[SavedPage]) -> Reading:
    """The first page with a table; without any the first that says something."""
    readings: list[Reading] = []
    failures: list[ExtractError] = []
    for page in pages:
        try:
            reading = _page_to_reading(page)
        except (EmptyFile, NoTextLayer, NotShown) as failure:
            failures.append(failure)
            continue
        readings.append(reading)
        if has_data_table(reading.blocks):
            break
    if not readings:
        raise failures[0]
    if len(readings) == 1 or not has_data_table(readings[-1].blocks):
        return readings[0]
    metadata = readings[0].metadata + readings[-1].metadata
    return replace(readings[-1], metadata=tuple(dict.fromkeys(metadata)))


def _page_to_reading(page: SavedPage) -> Reading:
    decoded = decode(page.data, page.charset)
    root = _text_to_rows(decoded.text)
    found = _root_to_article(root, "pre-line" if _is_text_with_tables(decoded.text) else "normal")
    if not found.blocks:
        raise _nothing_read(root)
    if not has_data_table(found.blocks):
        found = _with_tables_in_lines(found)
    if not has_data_table(found.blocks):
        found = _with_notes_on_what_is_elsewhere(found, root)
    return Reading(
        blocks=found.blocks,
        metadata=page_to_metadata(root, tuple(one.block for one in found.page.placed)),
        notes=decoded.notes + found.notes + _struck_notes(found.page) + markup_notes(decoded.text),
    )


def _root_to_article(root: etree._Element, space: Literal["normal", "pre-line"]) -> _Found:
    """The article as shown; without a table there, also what the page hides.

    Raises NotShown when tables stand nowhere but in strings of its scripts.
    """
    look = Look(space=space, concealed=concealed_selectors(root))
    shown = tree_to_page(root, look)
    found = _Found(shown, page_to_article(shown))
    if has_data_table(found.blocks):
        return found
    revealed = tree_to_page(root, replace(look, reveal=True))
    blocks = page_to_article(revealed)
    if has_data_table(blocks) or (blocks and not found.blocks):
        return _Found(revealed, blocks, ("text that the page hides at first was read",))
    for markup in markup_in_text_areas(root):
        kept = _markup_to_page(markup)
        blocks = page_to_article(kept) if kept else ()
        if kept and has_data_table(blocks):
            page = Page(shown.placed + kept.placed, shown.struck + kept.struck)
            note = "the article was read from a text area of the page"
            return _Found(page, found.blocks + blocks, (note,))
    if any(_holds_table(markup) for markup in markup_in_scripts(root)):
        raise NotShown(
            "the page's tables stand in a string of its scripts, which are not read",
            "save it from a browser that has run them",
        )
    return found


def _holds_table(markup: str) -> bool:
    page = _markup_to_page(markup)
    return page is not None and has_data_table(page_to_article(page))


def _with_tables_in_lines(found: _Found) -> _Found:
    """The article with the tables that its lines spell out, cell by cell, as text files do."""
    blocks: list[Block] = []
    for is_text, group in groupby(found.blocks, key=lambda block: isinstance(block, Text)):
        run = tuple(group)
        if is_text:
            text = "\n".join(block.text for block in run if isinstance(block, Text))
            spelled = read_text(text).blocks
            run = spelled if has_data_table(spelled) else run
        blocks.extend(run)
    if tuple(blocks) == found.blocks:
        return found
    note = "the page marks up no table; its tables were read from lines of text"
    return replace(found, blocks=tuple(blocks), notes=(*found.notes, note))


def _markup_to_page(markup: str) -> Page | None:
    """A page of what a script or text area holds; None when that is no markup after all."""
    try:
        return tree_to_page(_text_to_rows(markup), Look())
    except (BrokenFile, EmptyFile):
        return None


def _is_text_with_tables(text: str) -> bool:
    """Whether only tables are marked up, as converters write, so that line ends count."""
    depth = start = 0
    tables = False
    for tag in _TABLE_TAG.finditer(text):
        if depth == 0 and _BREAKS.search(text, start, tag.start()):
            return False
        depth = max(0, depth - 1) if tag[1] else depth + 1
        start = tag.end()
        tables = True
    return tables and not (depth == 0 and _BREAKS.search(text, start))


def _text_to_rows(text: str) -> etree._Element:
    """The tree of a page, its rows and cells where a browser would put them."""
    root = text_to_tree(text)
    name_tables(root)
    place_rows(root)
    return root


def _struck_notes(page: Page) -> tuple[str, ...]:
    struck = dict.fromkeys(text[:40] for text in page.struck)
    return tuple(f"crossed-out text was left out: {text}" for text in struck)


def _with_notes_on_what_is_elsewhere(found: _Found, root: etree._Element) -> _Found:
    """An article without a table, with notes on pictures and files that may hold it.

    Raises EmptyFile for a page that says hardly anything and names such files.
    """
    files = ", ".join(files_named(root)[:_MOST_NAMED])
    characters = sum(len(block.text) for block in found.blocks if isinstance(block, Text))
    if files and characters < SHORTEST_REPORT:
        raise EmptyFile(
            f"the page holds no report, it only names files: {files}", "fetch these files"
        )
    frame = article_frame(found.page)
    pictures = 0 if frame is None else pictures_in(frame)
    notes = []
    if pictures:
        notes.append(f"there is no table, and pictures were not read: {pictures}")
    if keeps_data_in_scripts(root):
        notes.append("there is no table, and figures that scripts of the page hold were not read")
    if files:
        notes.append(f"there is no table, and files that the page names were not read: {files}")
    return replace(found, notes=(*found.notes, *notes))


def _nothing_read(root: etree._Element) -> EmptyFile | NoTextLayer:
    elsewhere = (*files_named(root), *frames_named(root))[:_MOST_NAMED]
    if elsewhere:
        return EmptyFile(
            f"the page has no text of its own, it shows what is elsewhere: {', '.join(elsewhere)}",
            "fetch that",
        )
    if next(root.iter("img"), None) is not None:
        return NoTextLayer(
            "the page shows pictures and no text",
            "their characters would have to be recognised; supply a PDF with text",
        )
    what = "no text, its data are in scripts" if keeps_data_in_scripts(root) else "no text"
    return EmptyFile(f"the page has {what}", "fetch it again, after its scripts have run")
