"""A Document as printed lines: the words of a row, then its figures.

Every layout comes down to this. A grid's row has its words on the left; text with one cell a line
has the words that precede a run of figures. `before` holds the words printed since the last
figures that are not the row's own: heads, banners, loose fragments of labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from extract.document import OPEN_END, Document, Table, Text
from normalize.cells import read_cell
from normalize.labels import fold, unit_words
from normalize.lexicon import exact_rows, is_frame, is_group, is_known, is_row
from normalize.lists import list_to_lines
from normalize.printed import Kind, Line, Printed
from normalize.report import Status
from normalize.shapes.filled import Place, without_spans
from normalize.shapes.gathered import gather, gather_list
from normalize.shapes.glued import GLUED, glued_head, glued_row
from normalize.shapes.joined import part_joined
from normalize.shapes.upright import tables_upright
from normalize.shapes.year_heads import with_year_heads


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Printed, ...]
    block: int
    listed: bool
    doubts: tuple[str, ...] = ()


_NUMBERING = re.compile(r"\d{1,2}[.．、]")
_LABEL_AND_FIGURE = 2
_LONGEST_LOOSE_LINE = 60
_MOST_LABELS = 3
"""Rows that one row of print cannot name; a group, its member and a sub-label make two."""


def document_to_lines(document: Document) -> tuple[Line, ...]:
    """Every line that has figures or blank cells, in reading order."""
    lines: list[Line] = []
    before: list[Printed] = []
    rows = _without_cut_label(list(_document_to_rows(document)), document)
    taken = 0
    for row, following in zip_longest(rows, rows[1:]):
        cells, taken = row.cells[taken:], 0
        if row.listed:
            after = following.cells if following and following.block != row.block else ()
            listed, before, taken = list_to_lines(cells, row.block, before, after)
            lines.extend(listed)
            continue
        labels, values, unit = _split_row(cells)
        if values:
            held = tuple(before)
            lines.append(Line(labels, values, held, row.block, unit=unit, doubts=row.doubts))
            before = []
            continue
        if rest := _blank_cells_after(cells, labels):
            lines.append(Line(labels, rest, (), row.block, fragment=True))
        before.extend(labels)
    if lines and not before and _ends_in_table(document):
        lines[-1] = replace(lines[-1], last=True, is_open=OPEN_END in document.notes)
    return tuple(lines)


def _without_cut_label(rows: list[_Row], document: Document) -> list[_Row]:
    """The rows with the document's last cell known for words where only their numbering is left."""
    if not rows or not _ends_in_table(document):
        return rows
    *cells, last = rows[-1].cells
    if _NUMBERING.fullmatch(last.text.strip()) is None:
        return rows
    words = replace(last, kind=Kind.WORDS)
    return [*rows[:-1], replace(rows[-1], cells=(*cells, words))]


def _ends_in_table(document: Document) -> bool:
    return bool(document.blocks) and isinstance(document.blocks[-1], Table)


def _document_to_rows(document: Document) -> Iterator[_Row]:
    heads: tuple[str, ...] = ()
    for at, block in enumerate(document.blocks):
        if isinstance(block, Text):
            texts = [text for text in block.text.split("\n") if text.strip()]
            loose = [text for text in texts if len(text.strip()) <= _LONGEST_LOOSE_LINE]
            if not loose or len(loose) < len(texts):
                continue
            heads = glued_head(block.text) or heads
            if glued := glued_head(block.text) or glued_row(block.text, heads):
                cells = (Printed(t, _kind_of(t), at, block.page, block.bbox) for t in glued)
                doubts = (GLUED,) if len(glued) > _LABEL_AND_FIGURE else ()
                yield _Row(tuple(cells), at, listed=False, doubts=doubts)
            else:
                words = (Printed(t, Kind.WORDS, at, block.page, block.bbox) for t in texts)
                yield _Row(tuple(words), at, listed=False)
        else:
            whole, filling = without_spans(block)
            for table in tables_upright(whole):
                yield from _table_to_rows(table, at, filling if table == whole else frozenset())


def _table_to_rows(table: Table, at: int, filling: frozenset[Place]) -> Iterator[_Row]:
    rows = [tuple(cells) for _, cells in groupby(table.cells, key=lambda cell: cell.row)]
    printed = [
        tuple(
            Printed(
                text=cell.text,
                kind=_kind_of(cell.text),
                block=at,
                page=cell.page,
                bbox=cell.bbox,
                column=cell.column if table.aligned else None,
                candidates=cell.candidates,
                row=cell.row,
                fills=(cell.row, cell.column) in filling,
            )
            for cell in cells
        )
        for cells in rows
    ]
    if table.columns == 1:
        for stretch in gather_list(with_year_heads([piece for row in printed for piece in row])):
            if stretch.is_gathered:
                yield from (_Row(row, at, listed=False) for row in stretch.rows)
            else:
                cells = tuple(piece for row in stretch.rows for piece in row)
                yield _Row(cells, at, listed=True)
        return
    for half in _split_halves(printed):
        if not table.aligned:
            half = [part for row in half for part in part_joined(row)]
        for stretch in gather([tuple(with_year_heads(row)) for row in half]):
            yield from (_Row(row, at, listed=False) for row in stretch.rows)


def _kind_of(text: str) -> Kind:
    reading = read_cell(text)
    if reading.status is Status.BLANK:
        return Kind.BLANK
    if reading.status is not Status.UNREADABLE:
        return Kind.FIGURE
    return Kind.UNIT if fold(text).core in unit_words() else Kind.WORDS


def _split_halves(rows: list[tuple[Printed, ...]]) -> list[list[tuple[Printed, ...]]]:
    """The rows of each half when a table's two halves are set side by side."""
    figured = [row for row in rows if any(piece.kind is Kind.FIGURE for piece in row)]
    cuts = [cut for row in figured if (cut := _second_half(row)) is not None]
    if len(cuts) * 2 <= len(figured) or len(set(cuts)) != 1:
        return [rows]
    cut = cuts[0]
    return [[row[:cut] for row in rows if row[:cut]], [row[cut:] for row in rows if row[cut:]]]


def _second_half(row: tuple[Printed, ...]) -> int | None:
    """Where a second known label starts after the first figure; a row has a first one before it."""
    seen_label = seen_figure = False
    for at, piece in enumerate(row):
        if seen_figure and piece.kind is Kind.WORDS and is_known(piece.text):
            return at if seen_label else None
        seen_label = seen_label or (piece.kind is Kind.WORDS and not seen_figure)
        seen_figure = seen_figure or piece.kind is Kind.FIGURE
    return None


def _split_row(
    cells: tuple[Printed, ...],
) -> tuple[tuple[Printed, ...], tuple[Printed, ...], str | None]:
    """(labels, values, unit) of a grid's row; a row without values is a head."""
    units = [piece.text for piece in cells if piece.kind is Kind.UNIT]
    unit = units[0] if len(units) == 1 else None
    kept = [piece for piece in cells if piece.kind is not Kind.UNIT]
    words = tuple(piece for piece in kept if piece.kind is Kind.WORDS)
    figures = [at for at, piece in enumerate(kept) if piece.kind is Kind.FIGURE]
    if figures and not any(piece.kind is Kind.WORDS for piece in kept[: figures[-1]]):
        behind = [piece for piece in kept[figures[-1] :] if piece.kind is Kind.WORDS]
        if behind and is_row(behind[-1].text):
            return tuple(behind), tuple(kept[: figures[-1] + 1]), unit
    if figures:
        end = _end_of_labels(kept[: figures[0]])
    elif not words:
        end = 0
    elif _are_rows_side_by_side(words):
        return words, (), unit
    else:
        end = _end_of_known_run(kept)
        named = any(is_row(piece.text) for piece in kept[:end])
        if not named or any(is_frame(piece.text) for piece in words):
            return words, (), unit
    labels = tuple(piece for piece in kept[:end] if piece.kind is Kind.WORDS)
    return labels, tuple(kept[end:]), unit


def _are_rows_side_by_side(words: Sequence[Printed]) -> bool:
    """True for the labels of several rows in one row: they head columns there."""
    named = {row for piece in words if not is_group(piece.text) for row in exact_rows(piece.text)}
    return len({row.row for row in named}) >= _MOST_LABELS


def _blank_cells_after(
    cells: tuple[Printed, ...], words: tuple[Printed, ...]
) -> tuple[Printed, ...]:
    """The cells behind a row's words, when they are all blank and the words are no form's head."""
    rest = cells[len(words) :]
    torn = (
        bool(words)
        and all(piece.kind is Kind.BLANK for piece in rest)
        and not any(is_frame(piece.text) for piece in words)
    )
    return rest if torn else ()


def _end_of_labels(cells: list[Printed]) -> int:
    """Where the labels end: after the last known word, or after the first word of any kind."""
    words = [at for at, piece in enumerate(cells) if piece.kind is Kind.WORDS]
    known = [at for at in words if is_known(cells[at].text)]
    return max(known or words[:1], default=-1) + 1


def _end_of_known_run(cells: list[Printed]) -> int:
    """Where the run of known words at the row's beginning ends, blank cells among them included."""
    end = 0
    for at, piece in enumerate(cells):
        if piece.kind is Kind.WORDS:
            if not is_known(piece.text):
                break
            end = at + 1
    return end
