"""Tables of the form with both years in every column, as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dossier.content import PairedTable
from dossier.numbers import (
    cell_to_html,
    change_to_text,
    is_changed,
    pair_to_html,
)
from dossier.words import Words
from explore.grids import Grid, Label


def table_to_html(table: PairedTable, years: tuple[int, int], words: Words) -> str:
    """All blocks of a table under one heading that says which forms they follow."""
    forms = words("separator").join(
        words("form_of", year=year, form=form) if form else words("form_none", year=year)
        for year, form in zip(years, table.forms, strict=True)
    )
    grids = "".join(_grid_to_html(grid, table, years, words) for grid in table.grids)
    return f"<h3>{escape(words.name(table.name))} <small>{escape(forms)}</small></h3>{grids}"


def _grid_to_html(grid: Grid, table: PairedTable, years: tuple[int, int], words: Words) -> str:
    rows = _across(grid, table, years, words) if grid.stub == 0 else _down(grid, table, words)
    head = "".join(_head(grid, years, words))
    caption = f"<caption>{escape(grid.banner)}</caption>" if grid.banner else ""
    kind = "across" if grid.stub == 0 else "down"
    body = f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody>"
    return f'<table class="form {kind}">{caption}{body}</table>'


def _head(grid: Grid, years: tuple[int, int], words: Words) -> Iterator[str]:
    """The heads of the form; over a table that goes down, both years under each column."""
    wide = 1 if grid.stub == 0 else 2
    deep = len(grid.heads) + (wide - 1)
    for level, labels in enumerate(grid.heads):
        corner = ""
        if level == 0:
            corner = f'<td rowspan="{deep}" colspan="{max(1, grid.stub)}"></td>'
        yield f"<tr>{corner}{''.join(_label_to_html(label, wide) for label in labels)}</tr>"
    if wide == 2:
        columns = len(grid.lines[0].keys) if grid.lines else 0
        pair = "".join(
            f'<th scope="col" class="{kind}">{year}</th>'
            for kind, year in zip(("was", "now"), years, strict=True)
        )
        yield f"<tr>{pair * columns}</tr>"


def _label_to_html(label: Label, wide: int = 1) -> str:
    return (
        f'<th scope="col" rowspan="{label.rows}" colspan="{label.columns * wide}">'
        f"{escape(label.text)}</th>"
    )


def _down(grid: Grid, table: PairedTable, words: Words) -> Iterator[str]:
    for line in grid.lines:
        labels = "".join(
            f'<th scope="row" rowspan="{label.rows}" colspan="{label.columns}">'
            f"{escape(label.text)}</th>"
            for label in line.labels
        )
        cells = "".join(pair_to_html(table.pairs.get(key), words) for key in line.keys)
        yield f"<tr>{labels}{cells}</tr>"


def _across(grid: Grid, table: PairedTable, years: tuple[int, int], words: Words) -> Iterator[str]:
    """A table that stands in one line: a line for each year, and one for what differs."""
    for line in grid.lines:
        pairs = [table.pairs.get(key) for key in line.keys]
        was = [cell_to_html(pair.before if pair else None, words) for pair in pairs]
        now = [cell_to_html(pair.after if pair else None, words) for pair in pairs]
        changed = ["now changed" if pair and is_changed(pair) else "now" for pair in pairs]
        yield _line(str(years[0]), was, ["was"] * len(was))
        yield _line(str(years[1]), now, changed)
        differences = [pair.difference if pair else None for pair in pairs]
        shown = [escape(change_to_text(value)) if value else "" for value in differences]
        yield _line(words("difference_row"), shown, ["diff"] * len(shown))


def _line(head: str, cells: list[str], kinds: list[str]) -> str:
    shown = "".join(
        f'<td class="{kind}">{cell}</td>' for cell, kind in zip(cells, kinds, strict=True)
    )
    return f'<tr><th scope="row">{escape(head)}</th>{shown}</tr>'
