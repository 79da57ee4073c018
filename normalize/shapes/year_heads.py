"""Years that head columns of figures, printed as bare numbers: 统计指标 | 2015 | 2016."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from normalize.lexicon import stands_in_frame
from normalize.printed import Kind, Printed

_YEARS = range(2000, 2050)


def with_year_heads(pieces: Sequence[Printed]) -> list[Printed]:
    """The pieces, with successive years right behind a head as words instead of figures."""
    out: list[Printed] = []
    for is_figure, run in _runs(pieces):
        heads = is_figure and bool(out) and stands_in_frame(out[-1].text) and _are_years(run)
        out += [replace(piece, kind=Kind.WORDS) for piece in run] if heads else run
    return out


def _runs(pieces: Sequence[Printed]) -> Iterator[tuple[bool, list[Printed]]]:
    for is_figure, run in groupby(pieces, key=lambda piece: piece.kind is Kind.FIGURE):
        yield is_figure, list(run)


def _are_years(run: Sequence[Printed]) -> bool:
    """True for two or more years, each one more or one less than that before it."""
    texts = [piece.text.strip() for piece in run]
    if len(texts) < 2 or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    years = [int(text[:5]) for text in texts]
    steps = {other - one for one, other in pairwise(years)}
    return all(year in _YEARS for year in years) and steps in ({1}, {-1})
