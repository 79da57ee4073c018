"""Rules -> edges: parallel rules snapped together, pieces joined, edges that touch grouped."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extract.pdf.page import Rule
from extract.pdf.tolerances import TOLERANCES, Tolerances

_MOST_CROSSINGS = 4_000_000
"""Level times upright edges; with more a page is a drawing."""
_LEAST_LEVEL, _LEAST_UPRIGHT = 2, 3
"""A group with fewer edges in either direction is a box, and what stands beside it is another."""


class Edge(NamedTuple):
    """A line of a table: at `position` across its direction, from `start` to `end` along it."""

    position: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class EdgeGroup:
    """Edges that hang together; each tuple is sorted by position, then start."""

    level: tuple[Edge, ...]
    upright: tuple[Edge, ...]


def rules_to_edge_groups(
    rules: Iterable[Rule], tolerances: Tolerances = TOLERANCES
) -> list[EdgeGroup]:
    """The groups of touching edges, from the page's top down. An edge that touches none is left.

    Parallel edges are snapped within their group only, so that tables on one page do not move
    each other's lines. None for a drawing of very many edges.
    """
    level, upright = rules_to_edges(rules, tolerances)
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []
    groups = [
        EdgeGroup(
            tuple(snap_and_join(group.level, tolerances.snap, tolerances)),
            tuple(snap_and_join(group.upright, tolerances.snap, tolerances)),
        )
        for group in edges_to_groups(level, upright, tolerances)
    ]
    return sorted(groups, key=lambda group: (group.upright[0].start, group.upright[0].position))


def rules_to_edges(
    rules: Iterable[Rule], tolerances: Tolerances = TOLERANCES
) -> tuple[list[Edge], list[Edge]]:
    """Level and upright edges, pieces of one line joined, free of what is too short to be one."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for x0, top, x1, bottom, _ in rules:
        if x1 - x0 >= bottom - top:
            level.append(Edge(top, x0, x1))
        else:
            upright.append(Edge(x0, top, bottom))
    same = tolerances.same_line
    return snap_and_join(level, same, tolerances), snap_and_join(upright, same, tolerances)


def snap_and_join(
    edges: Sequence[Edge], snap: float, tolerances: Tolerances = TOLERANCES
) -> list[Edge]:
    """Edges at one position where several were within `snap`; their pieces joined."""
    joined: list[Edge] = []
    for cluster in _clusters(sorted(edges), snap):
        weight = sum([edge.end - edge.start for edge in cluster])
        if weight > 0:
            position = sum([e.position * (e.end - e.start) for e in cluster]) / weight
        else:
            position = cluster[0].position
        for start, end in _joined_spans(cluster, tolerances):
            if end - start >= tolerances.shortest:
                joined.append(Edge(position, start, end))
    return joined


def _clusters(edges: Sequence[Edge], snap: float) -> list[list[Edge]]:
    """Edges sorted by position, cut where the next is further than `snap` from the first."""
    clusters: list[list[Edge]] = []
    for edge in edges:
        if clusters and edge.position - clusters[-1][0].position <= snap:
            clusters[-1].append(edge)
        else:
            clusters.append([edge])
    return clusters


def _joined_spans(cluster: Sequence[Edge], tolerances: Tolerances) -> list[tuple[float, float]]:
    spans = sorted((edge.start, edge.end) for edge in cluster)
    joined = [spans[0]]
    for start, end in spans[1:]:
        last_start, last_end = joined[-1]
        dashes = end - start <= tolerances.dash
        if start - last_end <= (tolerances.dash if dashes else tolerances.join):
            joined[-1] = (last_start, max(last_end, end))
        else:
            joined.append((start, end))
    return joined


def edges_to_groups(
    level: Sequence[Edge], upright: Sequence[Edge], tolerances: Tolerances = TOLERANCES
) -> list[EdgeGroup]:
    """Groups of edges that cross or touch, directly or through others.

    `upright` is sorted by position, as `snap_and_join` leaves it.
    """
    reach = tolerances.meet
    parents = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    positions = [edge.position for edge in upright]
    for i, (position, start, end) in enumerate(level):
        first = bisect_left(positions, start - reach)
        last = bisect_right(positions, end + reach)
        own = root(i)
        for j, (_, above, below) in enumerate(upright[first:last], len(level) + first):
            if above - reach <= position <= below + reach and parents[j] != own:
                parents[root(j)] = own
    members: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, edge in enumerate(level):
        members.setdefault(root(i), ([], []))[0].append(edge)
    for j, edge in enumerate(upright, len(level)):
        members.setdefault(root(j), ([], []))[1].append(edge)
    lone = [edge for rows, columns in members.values() if not rows for edge in columns]
    groups: list[EdgeGroup] = []
    for rows, columns in members.values():
        if len(rows) >= _LEAST_LEVEL and len(columns) >= _LEAST_UPRIGHT:
            columns.extend(_beside(columns, lone, tolerances))
        if rows and columns:
            groups.append(EdgeGroup(tuple(rows), tuple(sorted(columns))))
    return groups


def _beside(down: Sequence[Edge], lone: Sequence[Edge], tolerances: Tolerances) -> list[Edge]:
    """Lone upright edges beside a group and exactly as high: the sides of a column without rows.

    So stands a group's label that goes on over a whole page, open at head and foot.
    """
    start, end = min(edge.start for edge in down), max(edge.end for edge in down)
    first, last = min(edge.position for edge in down), max(edge.position for edge in down)
    return [
        edge
        for edge in lone
        if abs(edge.start - start) <= tolerances.row
        and abs(edge.end - end) <= tolerances.row
        and first - tolerances.beside <= edge.position <= last + tolerances.beside
    ]
