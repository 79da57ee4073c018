"""What an error planted into a sound table is, and the cells that most of them are in."""

from __future__ import annotations

from dataclasses import dataclass, field

from normalize.rules import Key
from tests.catalogue_examples import sound


@dataclass(frozen=True)
class Planted:
    """The smallest error that breaks a rule: what is printed instead, and what the check says.

    `operand` is a cell without whose number the rule cannot be applied at that place.
    """

    check: str
    kind: str
    year: int
    printed: dict[Key, str | None]
    anchor: Key
    expected: str | None
    actual: str | None
    operand: Key | None = None
    flags: bool = field(default=True)


def total(row: str) -> Key:
    return row, "total"


def zeros(table: str, form: str, figures: str = "0") -> dict[Key, str | None]:
    return dict.fromkeys(sound(table, form), figures)


def value(row: str) -> Key:
    return row, "value"
