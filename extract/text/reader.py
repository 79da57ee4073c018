"""Plain text to paragraphs and tables, in every shape that programs flatten tables into.

Tabs, commas, pipes, frames, columns aligned by spaces, one cell a line, a whole report on one
line. Where only the order of labels and figures is left, the table has one column and `aligned`
is False: which figure belongs to which label is then the form's to say, not the reader's.

What nobody sees on the page is left out: characters without width, marks of direction, and the
Markdown that makes a whole cell or line bold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.document import Block, Cell, Reading, Table, Text
from extract.grid_limits import check_grid
from extract.open_end import text_notes
from extract.text.delimited import delimited_to_tabs
from extract.text.frames import without_frames
from extract.text.lines import is_number, split_lines
from extract.text.markup import line_without_markup, without_invisible, without_quoting
from extract.text.pipes import is_piped, lines_to_rows
from extract.text.shapes import (
    FEWEST_FIGURES,
    Shape,
    is_heading,
    lines_to_shapes,
    split_spaced,
    starts_heading,
)

_LONG_LINE = 400


@dataclass(frozen=True, slots=True)
class _Region:
    shape: Shape
    lines: tuple[str, ...]


def read(text: str) -> Reading:
    """Blocks of a plain text; cells and paragraphs keep their visible characters as they are.

    A text that ends in a digit of a table, without a line break, may have been cut off there.
    """
    written = without_quoting(split_lines(without_invisible(text)))
    bare = [line_without_markup(line) for line in without_frames(written)]
    lines = [piece for line in delimited_to_tabs(bare) for piece in _split_long_line(line)]
    blocks = [block for region in _lines_to_regions(lines) for block in _region_to_blocks(region)]
    return Reading(blocks=tuple(blocks), notes=text_notes(text, blocks))


def _split_long_line(line: str) -> list[str]:
    """The parts of a line that holds a whole report: one cell or sentence each."""
    parts = line.rstrip(" |｜").split()
    figures = sum(is_number(part) for part in parts)
    if len(line) < _LONG_LINE or len(parts) < 4 or "\t" in line or is_piped(line):
        return [line]
    if figures < FEWEST_FIGURES and not any(starts_heading(part) for part in parts):
        return [line]
    return parts


def _lines_to_regions(lines: list[str]) -> list[_Region]:
    regions: list[tuple[Shape, list[str]]] = []
    for line, shape in zip(lines, lines_to_shapes(lines), strict=True):
        blank = not line.strip() and shape == "prose"
        if regions and regions[-1][0] == shape:
            regions[-1][1].append(line)
        elif not blank or not regions:
            regions.append((shape, [line]))
    return [_Region(shape, tuple(held)) for shape, held in regions]


def _region_to_blocks(region: _Region) -> Iterator[Block]:
    if region.shape == "prose":
        yield from _prose_to_texts(region.lines)
    elif region.shape == "piped":
        yield _rows_to_table(lines_to_rows(list(region.lines)))
    elif region.shape == "tabbed":
        yield _rows_to_table(_split_tabbed(region.lines))
    elif region.shape == "spaced":
        yield _rows_to_table([split_spaced(line) for line in region.lines])
    else:
        yield _rows_to_table([[line] for line in region.lines if line.strip()])


def _split_tabbed(lines: tuple[str, ...]) -> list[list[str]]:
    """Rows of cell texts; where a tab closes every row it begins no cell.

    Padded rows end in tabs as well, but few of them have ink right before the last one.
    """
    inked = sum(not line.removesuffix("\t").endswith("\t") for line in lines)
    closed = all(line.endswith("\t") for line in lines) and inked * 2 > len(lines)
    return [line.removesuffix("\t").split("\t") if closed else line.split("\t") for line in lines]


def _rows_to_table(rows: Sequence[Sequence[str | None]]) -> Table:
    """A table whose columns are not known to agree. Raises TooLarge.

    What only fills a row up is a span of its last cell: no other cell is known to be there.
    """
    cells = tuple(
        Cell(row=row, column=column, text=text.strip(" \t\n"), colspan=1 + _filling(texts, column))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text is not None
    )
    width = max((len(texts) for texts in rows), default=0)
    check_grid(len(rows), width, len(cells))
    return Table(rows=len(rows), columns=width, cells=cells, aligned=False)


def _filling(texts: Sequence[str | None], column: int) -> int:
    return len(list(takewhile(lambda text: text is None, texts[column + 1 :])))


def _prose_to_texts(lines: tuple[str, ...]) -> Iterator[Text]:
    for line in lines:
        if line.strip():
            yield Text(kind="heading" if is_heading(line) else "paragraph", text=line)
