"""Tables framed by characters: rules of ─ or +---+ between rows, │ or | between cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.text.lines import PIPES, is_figure

_RUNS = "-=─━═"
_CORNERS = "+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┠┨┯┷┿╂"
_RULE = re.compile(rf"[|│┃║\s{re.escape(_RUNS + _CORNERS)}]{{3,}}")

_FEWEST_RULED = 3
"""Rows with figures that stand between rules of their own, where rules part all rows."""

_Group = list[list[str]]
"""The lines between two rules, each with the texts between its pipes."""


def without_frames(lines: Sequence[str]) -> list[str]:
    """The lines without rules; where rules part all rows, a row over several lines is made one."""
    out: list[str] = []
    for framed, group in groupby(lines, key=lambda line: is_rule(line) or _is_framed(line)):
        region = list(group)
        if framed and any(map(is_rule, region)):
            out.extend(_region_to_rows(region))
        else:
            out.extend(region)
    return out


def is_rule(line: str) -> bool:
    """Whether a line only rules off rows, with a corner or a crossing in it."""
    return (
        _RULE.fullmatch(line) is not None
        and any(mark in line for mark in _CORNERS)
        and any(mark in line for mark in _RUNS)
    )


def _is_framed(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 1 and bool(PIPES.match(bare[0])) and bool(PIPES.match(bare[-1]))


def _region_to_rows(region: Sequence[str]) -> Iterator[str]:
    groups: list[_Group] = [
        [PIPES.split(line.strip())[1:-1] for line in lines]
        for ruled, lines in groupby(region, key=is_rule)
        if not ruled
    ]
    parted = sum(_has_figure(group) for group in groups) >= _FEWEST_RULED
    for group in groups:
        for row in [_joined(group)] if parted and _is_one_row(group) else group:
            yield f"|{'|'.join(row)}|"


def _has_figure(group: _Group) -> bool:
    return any(is_figure(cell) for row in group for cell in row)


def _is_one_row(group: _Group) -> bool:
    """Whether no column has figures on two lines, and all lines have the same columns."""
    if len({len(row) for row in group}) != 1:
        return False
    return all(sum(map(is_figure, column)) <= 1 for column in zip(*group, strict=True))


def _joined(group: _Group) -> list[str]:
    return ["".join(part.strip() for part in column) for column in zip(*group, strict=True)]
