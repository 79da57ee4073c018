"""The likeliest numbers of all cells together that the identities allow.

Every cell comes with what recognition took it for. A best-first search over the ways of each group
(see `groups`) finds the cheapest ones that also fulfil the identities across groups; then, for each
cell that has a choice, the cheapest ones in which it differs. Where these cost hardly more, the
cell is left open.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from normalize.decoding.code import Code
from normalize.decoding.groups import Costs, Group, Options, Way, code_to_groups
from normalize.rules import Key

MARGIN = 2.3
"""A second-best assignment less than ten times less likely leaves a cell open."""

_MOST_STEPS = 800
"""Assignments looked at to find the likeliest, and as many again to find its rivals."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """`values` of every cell. `unseen` are none of their cell's options, `open` are cells for which
    another value is nearly as likely, `broken` the identities that hold in no likely way.
    """

    values: Mapping[Key, int]
    unseen: frozenset[Key]
    open: frozenset[Key]
    broken: frozenset[int]
    cost: float


@dataclass(frozen=True, slots=True)
class _Solution:
    cost: float
    ways: tuple[int, ...]
    dropped: frozenset[int]


def choose(code: Code, options: Options, costs: Costs | None = None) -> Chosen | None:
    """The likeliest assignment, None when it is not found within bounds.

    Every cell of the code needs at least one option.
    """
    costs = costs or Costs()
    search = _Search(code, code_to_groups(code, options, costs), costs)
    best = search.cheapest()
    if best is None:
        return None
    chosen = [group.ways[at] for group, at in zip(search.groups, best.ways, strict=True)]
    values = search.values_of(best)
    gave_up = {g.identity for g, w in zip(search.groups, chosen, strict=True) if not w.holds}
    return Chosen(
        values=values,
        unseen=frozenset(way.unseen for way in chosen if way.unseen is not None),
        open=frozenset(_open_cells(search, best, values)),
        broken=best.dropped | {number for number in gave_up if number is not None},
        cost=best.cost,
    )


def _open_cells(search: _Search, best: _Solution, values: Mapping[Key, int]) -> set[Key]:
    """The cells that differ in another assignment that is nearly as likely, and those for which
    there was no time to tell.
    """
    found: set[Key] = set()
    search.steps = 0
    for number, group in enumerate(search.groups):
        for at, key in enumerate(group.cells):
            others = [w for w, way in enumerate(group.ways) if way.values[at] != values[key]]
            if key in found or not others:
                continue
            nearest = group.ways[others[0]].cost - group.ways[0].cost
            if nearest + search.least_cost > best.cost + MARGIN:
                continue
            second = search.cheapest({number: others}, best.cost + MARGIN)
            if search.is_exhausted:
                found.add(key)
            elif second is not None:
                again = search.values_of(second)
                found |= {cell for cell in values if again[cell] != values[cell]}
    return found


class _Search:
    """The groups with what each of their ways adds to the identities across groups."""

    def __init__(self, code: Code, groups: tuple[Group, ...], costs: Costs) -> None:
        self.groups = groups
        self.costs = costs
        self.steps = 0
        self.least_cost = sum(group.ways[0].cost for group in groups)
        inside = {group.identity for group in groups}
        self.across = [n for n in range(len(code.identities)) if n not in inside]
        self.sums = [[self._sums(code, group, way) for way in group.ways] for group in groups]

    def _sums(self, code: Code, group: Group, way: Way) -> dict[int, int]:
        sums: dict[int, int] = {}
        for key, value in zip(group.cells, way.values, strict=True):
            for number, coefficient in code.columns[key]:
                if number != group.identity and value:
                    sums[number] = sums.get(number, 0) + coefficient * value
        return sums

    def values_of(self, solution: _Solution) -> dict[Key, int]:
        return {
            key: value
            for group, at in zip(self.groups, solution.ways, strict=True)
            for key, value in zip(group.cells, group.ways[at].values, strict=True)
        }

    @property
    def is_exhausted(self) -> bool:
        return self.steps >= _MOST_STEPS

    def cheapest(
        self, only: Mapping[int, list[int]] | None = None, bound: float = float("inf")
    ) -> _Solution | None:
        """The cheapest assignment up to `bound`; `only` are the ways allowed to some groups."""
        allowed = [
            only[number] if only and number in only else list(range(len(group.ways)))
            for number, group in enumerate(self.groups)
        ]
        start = tuple(ways[0] for ways in allowed)
        cost = sum(g.ways[at].cost for g, at in zip(self.groups, start, strict=True))
        queue = [(cost, 0, _Solution(cost, start, frozenset()), frozenset[int]())]
        seen: set[tuple[tuple[int, ...], frozenset[int]]] = set()
        pushed = 0
        while queue and queue[0][0] <= bound and not self.is_exhausted:
            self.steps += 1
            _, _, node, fixed = heapq.heappop(queue)
            if (node.ways, node.dropped) in seen:
                continue
            seen.add((node.ways, node.dropped))
            broken = self._broken(node)
            if not broken:
                return node
            for child, decided in self._children(node, broken, fixed, allowed):
                pushed += 1
                heapq.heappush(queue, (child.cost, pushed, child, decided))
        return None

    def _broken(self, node: _Solution) -> list[int]:
        totals = dict.fromkeys(self.across, 0)
        for sums, at in zip(self.sums, node.ways, strict=True):
            for number, value in sums[at].items():
                totals[number] += value
        return [n for n, total in totals.items() if total and n not in node.dropped]

    def _children(
        self,
        node: _Solution,
        broken: list[int],
        fixed: frozenset[int],
        allowed: list[list[int]],
    ) -> list[tuple[_Solution, frozenset[int]]]:
        """The nodes in which one more group adds something else to one broken identity, and the
        node in which that identity is given up.
        """
        options = {number: self._changes(node, number, fixed, allowed) for number in broken[:3]}
        number = min(options, key=lambda n: len(options[n]))
        changed = [
            (self._with_way(node, group, way), fixed | {group}) for group, way in options[number]
        ]
        cost = node.cost + self.costs.broken
        return [*changed, (_Solution(cost, node.ways, node.dropped | {number}), fixed)]

    def _changes(
        self, node: _Solution, number: int, fixed: frozenset[int], allowed: list[list[int]]
    ) -> list[tuple[int, int]]:
        """(group, way) of every other way that adds something else to the identity."""
        return [
            (group, way)
            for group in range(len(self.groups))
            if group not in fixed
            for way in allowed[group]
            if self.sums[group][way].get(number, 0)
            != self.sums[group][node.ways[group]].get(number, 0)
        ]

    def _with_way(self, node: _Solution, group: int, way: int) -> _Solution:
        ways = self.groups[group].ways
        cost = node.cost - ways[node.ways[group]].cost + ways[way].cost
        return _Solution(cost, (*node.ways[:group], way, *node.ways[group + 1 :]), node.dropped)
