"""Broken or unread cells of one table -> what arithmetic says they should be, and how it knows.

A value is suggested only where the identities leave one choice: a single explanation, or a single
one of several that undoes a typical slip or fills a blank. Otherwise the cells that may be wrong
are named, without a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from normalize.decoding.algebra import solve_for
from normalize.decoding.code import (
    Code,
    Values,
    cells_of,
    code_to_parts,
    names_of,
    values_to_defects,
)
from normalize.decoding.erasures import fill
from normalize.decoding.explanations import Explanation, explain, is_count
from normalize.decoding.typical import SHIFT, name_slip, realignments
from normalize.rules import Key

_MOST_NAMED = 4
_FEWEST_FOR_SHIFT = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`value` is None for a cell that may be wrong when nothing tells what it should be.

    `slip` is the kind of misreading it would undo (see `typical`), None for no typical one.
    """

    cell: Key
    value: Fraction | None
    how: str
    slip: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as read: a number for each cell, 0 for a blank one; `unread` cells have none.

    `order` has the cells as printed, row by row.
    """

    values: Values
    unread: frozenset[Key]
    blank: frozenset[Key]
    order: tuple[Key, ...]


def suggest(code: Code, printed: Printed) -> tuple[Suggestion, ...]:
    """Suggestions for every part of the code that shares no cell with another part."""
    shifted = _shifted_column(code, printed)
    return shifted or tuple(s for p in code_to_parts(code) for s in _suggest_in_part(p, printed))


def _shifted_column(code: Code, printed: Printed) -> tuple[Suggestion, ...]:
    """A table of one column put back in order, where one shift alone mends several broken sums.

    Only cells that a sum confirms are suggested.
    """
    if len({column for _, column in printed.order}) > 1 or printed.unread:
        return ()
    defects = values_to_defects(code, printed.values)
    if len(defects) < _FEWEST_FOR_SHIFT:
        return ()
    found = list(realignments(code, printed.values, printed.order, defects))
    if len(found) != 1:
        return ()
    confirmed = tuple((key, value) for key, value in found[0].values if key in code.columns)
    return _from_explanation(Explanation(confirmed), names_of(code, _few(defects)), SHIFT)


def _suggest_in_part(code: Code, printed: Printed) -> Sequence[Suggestion]:
    unread = [key for key in code.cells if key in printed.unread]
    if unread:
        return list(_fill_unread(code, printed, unread))
    values = {key: printed.values[key] for key in code.cells}
    defects = values_to_defects(code, values)
    if not defects:
        return ()
    found = explain(code, values, defects)
    chosen, slip = _only_plausible(found, printed)
    if chosen is None and len(defects) >= _FEWEST_FOR_SHIFT:
        chosen, slip = _only_shift(code, printed, defects), SHIFT
    if chosen is not None:
        return _from_explanation(chosen, names_of(code, _few(defects)), slip)
    if found:
        return _suspects(code, found, names_of(code, _few(defects)))
    blanks = [key for key in cells_of(code, defects) if key in printed.blank]
    if blanks and (filled := fill(code, values, blanks)).consistent and not filled.wrong:
        return list(_from_fill(code, {k: v for k, v in filled.values.items() if v}))
    return list(_local(code, values, defects))


def _few(numbers: Sequence[int] | dict[int, Fraction]) -> list[int]:
    return sorted(numbers)[:_MOST_NAMED]


def _fill_unread(code: Code, printed: Printed, unread: list[Key]) -> Iterator[Suggestion]:
    filled = fill(code, printed.values, unread)
    yield from _from_fill(code, filled.values)
    if filled.wrong is not None:
        key, value = filled.wrong
        how = "the only read cell that contradicts the sums beside those that could not be read"
        yield Suggestion(key, value, how)


def _from_fill(code: Code, values: dict[Key, Fraction]) -> Iterator[Suggestion]:
    for key, value in values.items():
        names = names_of(code, [number for number, _ in code.columns[key]])
        yield Suggestion(key, value, f"demanded by {names}")


def _only_plausible(
    found: Sequence[Explanation], printed: Printed
) -> tuple[Explanation | None, str | None]:
    """The explanation to suggest and its slip: the only one, else the only one in blank cells,
    else the only one that undoes a typical slip.
    """
    slips = [name_slip(e, printed.values, printed.order) for e in found]
    in_blanks = [at for at, e in enumerate(found) if printed.blank.issuperset(e.cells)]
    typical = [at for at, slip in enumerate(slips) if slip]
    for plausible in (range(len(found)), in_blanks, typical):
        if len(plausible) == 1:
            return found[plausible[0]], slips[plausible[0]]
    return None, None


def _only_shift(code: Code, printed: Printed, defects: dict[int, Fraction]) -> Explanation | None:
    """The only shift of figures within one row or column with which everything holds."""
    values = {key: printed.values[key] for key in code.cells}
    involved = cells_of(code, defects)
    found: list[Explanation] = []
    for axis in (0, 1):
        for name in dict.fromkeys(key[axis] for key in involved):
            run = [key for key in printed.order if key[axis] == name and key in values]
            if len(run) > _FEWEST_FOR_SHIFT:
                found += [e for e in realignments(code, values, run, defects) if e not in found]
    return found[0] if len(found) == 1 else None


def _from_explanation(
    explanation: Explanation, names: str, slip: str | None
) -> tuple[Suggestion, ...]:
    size = len(explanation.values)
    how = (
        f"the only cell whose change makes {names} hold"
        if size == 1
        else f"one of {size} cells whose change together makes {names} hold"
    )
    return tuple(Suggestion(key, value, how, slip) for key, value in explanation.values)


def _suspects(code: Code, found: Sequence[Explanation], names: str) -> tuple[Suggestion, ...]:
    size = len(found[0].values)
    involved = {key for explanation in found for key in explanation.cells}
    how = (
        f"one of {len(involved)} cells of which {size} may be wrong: "
        f"a change of {'it' if size == 1 else 'some'} makes {names} hold"
    )
    return tuple(Suggestion(key, None, how) for key in code.cells if key in involved)


def _local(code: Code, values: Values, defects: dict[int, Fraction]) -> Iterator[Suggestion]:
    """Cells all of whose identities, at least two, are broken by the same amount, where more is
    wrong elsewhere; none that shares a broken identity with another such cell.
    """
    claims: dict[int, list[Key]] = {}
    repaired: dict[Key, Fraction] = {}
    for key in cells_of(code, defects):
        numbers = [number for number, _ in code.columns[key]]
        if len(numbers) < _FEWEST_FOR_SHIFT or any(n not in defects for n in numbers):
            continue
        solved = solve_for(code, [key], {n: defects[n] for n in numbers})
        if solved.complete and is_count(values[key] + solved.changes[key]):
            repaired[key] = values[key] + solved.changes[key]
            for number in numbers:
                claims.setdefault(number, []).append(key)
    for key, value in repaired.items():
        numbers = [number for number, _ in code.columns[key]]
        if all(claims[number] == [key] for number in numbers):
            how = f"the only cell whose change makes {names_of(code, numbers)} hold"
            yield Suggestion(key, value, f"{how}; other sums are broken elsewhere")
