"""A page's element tree to the blocks of its article, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from extract.document import Block, Cell, Table, Text
from extract.headings import is_heading_text
from extract.html.chrome import Weight, is_menu, is_service_line, weigh
from extract.html.grid import Grid, Slot, table_to_grid
from extract.html.labels import is_metadata_table
from extract.html.lines import Line, Lines, never, walk
from extract.html.tree import Look, name_of

PROSE_CHARACTERS = 400
PROSE_LINES = 3
"""A cell with more than this many characters on at least so many lines is an article's frame."""

_SENTENCE = re.compile(r"[。；！？]")
_LONG_PROSE = 40
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}\s*、|第[一二三四五六七八九十]{1,3}[部章]")
_DATE_LINE = re.compile(r"\s*(\d{4}|[一二〇○零]{1,4})\s*年\s*\S{1,3}\s*月\s*\S{1,4}\s*日\s*")
_TITLE = re.compile(r"年度?报告|年度?報告|年[报報]|[总總][结結]|(19|20)\d\d\s*年")
_TITLE_LINE = re.compile(
    r"[^：:>]{0,40}(\d{4}|二[〇○零0][一二三四五六七八九〇○零0]{2})[^：:>]{1,40}"
    r"(年度?[报報]告|年[报報])\S{0,10}"
)
_FIGURE = re.compile(r"\s*[+-]?\d[\d,.]*\s*[万元件条次]*\s*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the element that its text begins in."""

    block: Block
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Page:
    """All blocks of a page outside its menus, and texts that were crossed out and left out."""

    placed: tuple[Placed, ...]
    struck: tuple[str, ...]


def tree_to_page(root: etree._Element, look: Look) -> Page:
    """Blocks in reading order, as they look in a page whose text looks like `look`."""
    flow = _Flow(weigh(root, look))
    walk(root, look, flow.lines, flow.table, flow.skips)
    flow.drain()
    return Page(tuple(flow.placed), tuple(text for text in flow.lines.struck if text))


def page_to_article(page: Page) -> tuple[Block, ...]:
    """The page's blocks without those of the site around its article.

    The article is the smallest element that holds all sentences, numbered headings and tables.
    Outside it only titles above it and tables of metadata are kept.
    """
    placed = [one for one in page.placed if not _is_service(one.block)]
    frame = article_frame(page)
    if frame is None:
        return tuple(one.block for one in placed)
    inside = [_is_within(one.element, frame) for one in placed]
    first = inside.index(True)
    return tuple(
        one.block
        for at, one in enumerate(placed)
        if inside[at] or _belongs_outside(one.block, before=at < first)
    )


def article_frame(page: Page) -> etree._Element | None:
    """The smallest element around all that can only be the article's; None without any of it."""
    placed = (one for one in page.placed if not _is_service(one.block))
    return _common_ancestor([one.element for one in placed if _is_content(one.block)])


def has_data_table(blocks: Sequence[Block]) -> bool:
    """Whether any block is a table of more than metadata."""
    return any(isinstance(block, Table) and _is_content(block) for block in blocks)


class _Flow:
    """Collects blocks while the tree is walked."""

    def __init__(self, weights: dict[etree._Element, Weight]) -> None:
        self.lines = Lines()
        self.placed: list[Placed] = []
        self._weights = weights

    def skips(self, element: etree._Element) -> bool:
        return is_menu(self._weights[element]) and name_of(element) not in ("a", "html", "body")

    def drain(self) -> None:
        """The lines so far become blocks."""
        for line in self.lines.take():
            block = _line_to_text(line)
            if block:
                self.placed.append(Placed(block, line.element))

    def table(self, element: etree._Element, look: Look) -> None:
        """A table of figures becomes one block; one that only lays out the page flows."""
        self.drain()
        grid = table_to_grid(element, look)
        self._flow_stray(grid, element, look)
        if self._is_layout(element, grid):
            for slot in grid.slots:
                walk(slot.element, slot.look, self.lines, self.table, self.skips)
            self.drain()
            return
        nested: list[tuple[etree._Element, Look]] = []
        table = self._grid_to_table(grid, nested)
        if any(cell.text.strip() for cell in table.cells):
            self.placed.append(Placed(table, element))
        for inner, inner_look in nested:
            self.table(inner, inner_look)

    def _flow_stray(self, grid: Grid, element: etree._Element, look: Look) -> None:
        """Captions, and what a browser would move out of the table, stand before it."""
        for stray in grid.stray:
            if isinstance(stray, str):
                self.lines.add(stray, look, element)
            else:
                walk(stray, look, self.lines, self.table, self.skips)
        self.drain()

    def _grid_to_table(self, grid: Grid, nested: list[tuple[etree._Element, Look]]) -> Table:
        cells: list[Cell] = []
        for slot in grid.slots:
            text = self._slot_to_text(slot, nested)
            cells.append(Cell(slot.row, slot.column, text, slot.rowspan, slot.colspan))
        return Table(grid.rows, grid.columns, tuple(cells))

    def _slot_to_text(self, slot: Slot, nested: list[tuple[etree._Element, Look]]) -> str:
        """A cell's lines; a table in it is kept for later, unless it is one cell, a mere box."""

        def keep(inner: etree._Element, look: Look) -> None:
            boxed = table_to_grid(inner, look)
            if len(boxed.slots) == 1 and not boxed.stray:
                walk(boxed.slots[0].element, boxed.slots[0].look, lines, keep, never)
            else:
                nested.append((inner, look))

        lines = Lines(fields=True)
        walk(slot.element, replace(slot.look, space="normal"), lines, keep, never)
        self.lines.struck.extend(lines.struck)
        return "\n".join(line.text for line in lines.take())

    def _is_layout(self, element: etree._Element, grid: Grid) -> bool:
        if (element.get("role") or "").lower() in ("presentation", "none"):
            return True
        row_lengths: dict[int, int] = {}
        for slot in grid.slots:
            row_lengths[slot.row] = row_lengths.get(slot.row, 0) + 1
        if max(row_lengths.values(), default=0) <= 1:
            return True
        framing = sum(
            self._weights[slot.element].characters
            for slot in grid.slots
            if _is_frame(self._weights[slot.element])
        )
        return framing * 2 > self._weights[element].characters


def _is_frame(weight: Weight) -> bool:
    prose = weight.characters > PROSE_CHARACTERS and weight.lines >= PROSE_LINES
    return weight.tables > 0 or prose


def _line_to_text(line: Line) -> Text | None:
    text = line.text
    if not text.strip():
        return None
    marked = _MARKDOWN_HEADING.match(text)
    if marked:
        return Text("heading", text[marked.end() :])
    heading = line.heading or is_heading_text(text, line.bold or line.centered)
    return Text("heading" if heading else "paragraph", text)


def _is_service(block: Block) -> bool:
    return isinstance(block, Text) and is_service_line(block.text)


def _is_content(block: Block) -> bool:
    """Whether a block can only be the article's: prose, a numbered heading, a date, a table."""
    if isinstance(block, Table):
        filled = sum(bool(cell.text.strip()) for cell in block.cells)
        shaped = block.rows >= 2 and block.columns >= 2 and filled >= 4
        return (shaped or _has_figure(block)) and not is_metadata_table(block)
    if _NUMBERED.match(block.text.strip()) or _DATE_LINE.fullmatch(block.text):
        return True
    return bool(_SENTENCE.search(block.text)) or len(_CHINESE.findall(block.text)) >= _LONG_PROSE


def _has_figure(table: Table) -> bool:
    return any(_FIGURE.fullmatch(cell.text) for cell in table.cells)


def _belongs_outside(block: Block, before: bool) -> bool:
    """Whether a block beside the article is part of it: metadata, or the title above it."""
    if isinstance(block, Table):
        return is_metadata_table(block)
    if block.kind == "heading":
        return before and bool(_TITLE.search(block.text))
    return before and bool(_TITLE_LINE.fullmatch(block.text.strip()))


def _common_ancestor(elements: Sequence[etree._Element]) -> etree._Element | None:
    """The smallest element around all of these; the parent when there is but one."""
    if not elements:
        return None
    first = elements[0].getparent()
    common = elements[0] if first is None else first
    for element in elements[1:]:
        around = {common, *common.iterancestors()}
        above: etree._Element | None = element
        while above is not None and above not in around:
            above = above.getparent()
        if above is not None:
            common = above
    return common


def _is_within(element: etree._Element, frame: etree._Element) -> bool:
    return element is frame or any(above is frame for above in element.iterancestors())
