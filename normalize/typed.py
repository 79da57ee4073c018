"""What a person types for a cell, as a number in the field's unit."""

from __future__ import annotations

from decimal import Decimal

from normalize.cells import MONEY, read_cell
from normalize.report import Status

LONGEST = 60


def typed_to_value(text: str, unit: str) -> Decimal:
    """The number, money in yuan: `7545万元` is 75450000, as a page prints it.

    ValueError for what is no plain number, or in a unit that is not the field's.
    """
    read = read_cell(text.strip()) if len(text) <= LONGEST else None
    if read is None or read.status is not Status.REPORTED or read.value is None or read.doubts:
        raise ValueError(f"{text[:LONGEST]!r} is no number")
    if read.unit in (None, "万", "亿"):
        return read.value
    if unit != "yuan" or read.unit not in MONEY:
        raise ValueError(f"{text!r} is not in the unit of the field; write the digits alone")
    return read.value * MONEY[read.unit]
