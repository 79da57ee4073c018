"""What rules that are no arithmetic look for in one table, by the name in the form file.

Each takes the table's cells and returns the places where it is found, or None where it cannot be
told. A suspicion that the identities refute is none: cells that they prove are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from normalize.applying import EMPTY, UNKNOWN, Own
from normalize.catalogue.outcome import Finding, Place
from normalize.forms import FormTable
from normalize.report import Status
from normalize.rules import Key

Found = tuple[Finding, ...] | None
Pattern = Callable[[FormTable, Own, frozenset[Key]], Found]
"""(the table, its cells, those that its identities prove) -> where the pattern is found."""

_CHEAPEST_PROJECT = Decimal(1_000)
_DEAREST_PROJECT = Decimal(500_000_000)
_LARGEST_FEE = Decimal(10_000_000_000)
"""Yuan: a million in 万元, beyond what an agency below a province takes."""

_MOST_DECIMALS = 6
_TIMES_THE_STOCK = 10


def _place(table: FormTable, key: Key) -> Place:
    return table.form, table.name, *key


def _finding(table: FormTable, own: Own, anchor: Key, *others: Key) -> Finding:
    cells = tuple(_place(table, key) for key in (anchor, *others))
    return Finding(_place(table, anchor), None, own[anchor].value, cells)


def all_zero(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """Nought in every cell that holds a number, as small agencies print and blind readers see."""
    numbers = [o.value for o in own.values() if o.value is not None]
    if not numbers:
        return None
    return () if any(numbers) else (Finding((table.form, table.name, "", "")),)


def few_columns(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """Only the total, or that and one more column, is filled."""
    if any(o.status in UNKNOWN for o in own.values()):
        return None
    filled = {column for (_, column), o in own.items() if o.value is not None}
    if not filled:
        return None
    few = filled <= {"natural_person", "total"}
    return (Finding((table.form, table.name, "", "")),) if few else ()


def same_rows(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """Two rows alike and nowhere nought, as when a row is read twice."""
    alike: dict[tuple[Decimal | None, ...], list[str]] = {}
    rows = _rows(own)
    for row, keys in rows.items():
        alike.setdefault(tuple(own[key].value for key in keys), []).append(row)
    found = []
    for values, names in alike.items():
        cells = [key for name in names for key in rows[name]]
        if len(names) > 1 and all(values) and not proven.issuperset(cells):
            anchor = cells[-1]
            found.append(_finding(table, own, anchor, *cells[:-1]))
    return tuple(found)


def _rows(own: Own) -> Mapping[str, list[Key]]:
    rows: dict[str, list[Key]] = {}
    for key in own:
        rows.setdefault(key[0], []).append(key)
    return rows


def lone_total(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """A total of nought beside a figure, or one filled where the rest of its row is blank though
    other rows have theirs.
    """
    parts_filled = any(o.value is not None for (_, c), o in own.items() if c != "total")
    found = []
    for row, keys in _rows(own).items():
        total = (row, "total")
        if total not in own or own[total].value is None:
            continue
        parts = [key for key in keys if key != total]
        nought = own[total].value == 0 and any(own[key].value for key in parts)
        alone = own[total].value and all(own[key].status in EMPTY for key in parts)
        if nought or (alone and parts_filled):
            found.append(_finding(table, own, total, *parts))
    return tuple(found)


def no_number(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """A cell that holds words."""
    return tuple(
        _finding(table, own, key) for key, o in own.items() if o.status is Status.UNREADABLE
    )


def empty(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """A cell that holds nothing or a mark for nothing."""
    return tuple(_finding(table, own, key) for key, o in own.items() if o.status in EMPTY)


def unit_of_money(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """Money that looks as if its unit had been mistaken."""
    found = []
    for key, o in own.items():
        if o.unit != "yuan" or o.value is None:
            continue
        printed = (o.raw or "").strip()
        in_yuan = printed.endswith("元") and not printed.endswith("万元")
        decimals = len(printed.partition(".")[2].rstrip("万元亿 "))
        if in_yuan or o.value >= _LARGEST_FEE or decimals > _MOST_DECIMALS:
            found.append(_finding(table, own, key))
    return tuple(found)


def stock_for_change(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """A change without a sign that is a stock: ten times last year's, or this year's decisions."""
    found = []
    for key, o in own.items():
        row, column = key
        last, made = own.get((row, "items_last_year")), own.get((row, "decisions"))
        if column != "change" or not o.value or o.value < 0 or (o.raw or "").strip()[:1] in "+＋增":
            continue
        many = (
            last is not None and last.value is not None and o.value > last.value * _TIMES_THE_STOCK
        )
        same = made is not None and made.value == o.value
        if (many and last is not None and last.value) or (same and o.value > _TIMES_THE_STOCK):
            found.append(_finding(table, own, key))
    return tuple(found)


def price_of_a_project(table: FormTable, own: Own, proven: frozenset[Key]) -> Found:
    """Procurement at a price that no project has, as when its unit is mistaken; a unit printed
    beside the figure is none.
    """
    projects, amount = own.get(("procurement", "projects")), own.get(("procurement", "amount"))
    if projects is None or amount is None or projects.value is None or amount.value is None:
        return None
    if not projects.value or not amount.value or "元" in (amount.raw or ""):
        return ()
    price = amount.value / projects.value
    sound = _CHEAPEST_PROJECT <= price <= _DEAREST_PROJECT
    return () if sound else (_finding(table, own, ("procurement", "amount")),)


PATTERNS: Mapping[str, Pattern] = {
    "all zero": all_zero,
    "few columns": few_columns,
    "same rows": same_rows,
    "lone total": lone_total,
    "no number": no_number,
    "empty": empty,
    "unit of money": unit_of_money,
    "stock for change": stock_for_change,
    "price of a project": price_of_a_project,
}
