"""A line of a region as it is being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.scan.figures import Candidates
from extract.scan.ink import Box
from extract.scan.lines import Said
from extract.scan.looks import Look
from extract.scan.recognition import Recognised, lines_to_recognised


@dataclass(slots=True)
class ReadLine:
    """One line in the region of that number.

    `sign` is the column of its box behind a stroke that may be its sign, 0 without one; `hint`:
    there is a trace of one before it. `mark` is what the shape of its ink is. `known`: it is a
    usual label. `dashed`: outside of tables, a stroke or a trace of one stands behind it.
    `candidates` are empty until it is recognised.
    """

    region: int
    box: Box
    mark: Candidates = ()
    sign: int = 0
    among: bool = False
    known: bool = False
    hint: bool = False
    dashed: bool = False
    said: Said | None = None
    candidates: Candidates = field(default=())


def lines_in_look(lines: Sequence[ReadLine], look: Look) -> list[Recognised]:
    """Each line recognised as it looks so."""
    return lines_to_recognised([look.draw(line.region, line.box) for line in lines])
