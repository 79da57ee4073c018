"""All kinds of traps, and the laying of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.hostile import (
    archive_traps,
    content_traps,
    link_traps,
    mutations,
    name_traps,
    page_traps,
    pdf_bombs,
    pdf_traps,
    text_traps,
)
from benchmarks.hostile.trap import Kind, Must, Place, Seed, source_of

REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"

BY_CHANCE: tuple[Kind, ...] = mutations.KINDS
BY_DESIGN: tuple[Kind, ...] = (
    *pdf_traps.KINDS,
    *pdf_bombs.KINDS,
    *archive_traps.KINDS,
    *page_traps.KINDS,
    *text_traps.KINDS,
    *content_traps.KINDS,
    *name_traps.KINDS,
    *link_traps.KINDS,
)


@dataclass(frozen=True, slots=True)
class Trap:
    """A file that a run must account for under the name `source`."""

    kind: str
    source: str
    must: Must


def load_seeds(folder: Path = REPORTS) -> tuple[Seed, ...]:
    """The project's own sample reports, by name."""
    return tuple(
        Seed(path.parent.name, path.suffix, path.read_bytes())
        for path in sorted(folder.glob("*/source.*"))
    )


def lay_traps(
    kinds: Sequence[Kind], seed: str, count: int, folder: Path, elsewhere: Path
) -> tuple[Trap, ...]:
    """The traps of these kinds, each kind in a folder of its own.

    `count` files by chance are shared among the kinds that make such; equal input gives equal
    bytes.
    """
    seeds = load_seeds()
    by_chance = [kind for kind in kinds if kind in BY_CHANCE]
    traps: list[Trap] = []
    for kind in kinds:
        share = _share(count, len(by_chance), by_chance.index(kind)) if kind in by_chance else 0
        place = Place(folder / kind.name, elsewhere, Random(f"{seed}/{kind.name}"), seeds, share)
        place.folder.mkdir(parents=True)
        kind.make(place)
        traps += [
            Trap(kind.name, source_of(path, folder), must) for path, must in place.traps.items()
        ]
    return tuple(traps)


def _share(count: int, kinds: int, at: int) -> int:
    """What falls to one of so many kinds, the first ones taking what is left over."""
    return count // kinds + (at < count % kinds)
