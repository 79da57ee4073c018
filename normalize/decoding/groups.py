"""Candidates of cells -> for each identity of a disjoint set, the ways in which it can hold.

The rows of the requests table share no cell, so each can be solved alone; what is left are the
identities across them. Cells in none of the chosen identities are groups of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.decoding.code import Code, Identity
from normalize.rules import Key

MOST_WAYS = 40
"""Ways kept of one group, the likeliest."""

_DEAREST = 24.0
_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Option:
    """A number that a cell may hold; `cost` is the negative logarithm of its likelihood, less that
    of the likeliest option of the cell.
    """

    value: int
    cost: float


Options = Mapping[Key, Sequence[Option]]
"""The options of each cell, the likeliest first; one of a cell that is sure."""


@dataclass(frozen=True, slots=True)
class Costs:
    """What it costs to believe that a number is none of its cell's candidates, or that the agency
    printed an identity that does not hold; both in the unit of `Option.cost`.
    """

    unseen: float = 8.0
    broken: float = 10.0


@dataclass(frozen=True, slots=True)
class Way:
    """Numbers for the cells of a group. `unseen` is a cell whose number is none of its options;
    `holds` is False when the group's own identity is given up.
    """

    cost: float
    values: tuple[int, ...]
    unseen: Key | None = None
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Cells, the identity over all of them (None for a lone cell), their ways, cheapest first."""

    cells: tuple[Key, ...]
    identity: int | None
    ways: tuple[Way, ...]


def code_to_groups(code: Code, options: Options, costs: Costs) -> tuple[Group, ...]:
    """Disjoint groups that together hold every cell of the code."""
    taken: set[Key] = set()
    groups: list[Group] = []
    for number, identity in enumerate(code.identities):
        if taken.isdisjoint(identity.cells):
            taken.update(identity.cells)
            ways = _ways_of_identity(identity, options, costs)
            groups.append(Group(identity.cells, number, ways))
    for key in code.cells:
        if key not in taken:
            ways = tuple(Way(option.cost, (option.value,)) for option in options[key])
            groups.append(Group((key,), None, ways))
    return tuple(groups)


def _ways_of_identity(identity: Identity, options: Options, costs: Costs) -> tuple[Way, ...]:
    """The cheapest ways in which an identity holds, and the likeliest numbers if it does not."""
    best: dict[tuple[int, ...], Way] = {}
    for way in _all_ways(identity, options, costs):
        known = best.get(way.values)
        if known is None or way.cost < known.cost:
            best[way.values] = way
    top = tuple(options[key][0].value for key in identity.cells)
    if top not in best:
        best[top] = Way(costs.broken, top, holds=False)
    return tuple(sorted(best.values(), key=lambda way: (way.cost, way.values)))[:MOST_WAYS]


def _all_ways(identity: Identity, options: Options, costs: Costs) -> Iterator[Way]:
    """Ways in which each cell has one of its options, or one cell what the others demand of it."""
    for at, (key, coefficient) in enumerate(identity.terms):
        sure = len(options[key]) == 1 and options[key][0].cost == 0
        last = at == len(identity.terms) - 1
        if sure and not last:
            continue
        others = [term for place, term in enumerate(identity.terms) if place != at]
        known = {option.value: option.cost for option in options[key]}
        for cost, values in _assignments([options[k] for k, _ in others]):
            rest = sum(v * c for v, (_, c) in zip(values, others, strict=True))
            demanded = -rest * coefficient
            whole = (*values[:at], demanded, *values[at:])
            if demanded in known:
                yield Way(cost + known[demanded], whole)
            elif demanded >= 0 and not sure:
                yield Way(cost + costs.unseen, whole, unseen=key)


def _assignments(options: Sequence[Sequence[Option]]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Every choice of one option a cell that is not too dear, up to a number of steps."""
    steps = 0
    stack: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    while stack and steps < _MOST_STEPS:
        steps += 1
        cost, values = stack.pop()
        if len(values) == len(options):
            yield cost, values
            continue
        for option in reversed(options[len(values)]):
            if cost + option.cost <= _DEAREST:
                stack.append((cost + option.cost, (*values, option.value)))
