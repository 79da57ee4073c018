"""What a cell is called in the store: its form, table, row and column."""

from __future__ import annotations

from typing import Protocol

Name = tuple[str, str, str, str]
"""(form, table, row, column)."""


class Named(Protocol):
    """What bears the four parts of a name."""

    @property
    def form(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def column(self) -> str: ...


def name_of(field: Named) -> Name:
    return (field.form, field.table, field.row, field.column)


def name_to_text(name: Name) -> str:
    form, table, row, column = name
    return f"form {form}, {table}, {row} × {column}"
