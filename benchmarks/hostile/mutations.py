"""Sound reports of every kind, damaged by chance: what downloads, disks and attackers do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial
from random import Random

from benchmarks.hostile.trap import Kind, Place, either, kinds_of

Mutate = Callable[[bytes, Random], bytes]

_NUMBER = re.compile(rb"(?<![\d.])\d{1,9}(?![\d.])")
_EXTREMES = (
    b"0",
    b"-1",
    b"1e308",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"9223372036854775808",
    b"9" * 400,
    b"0.0000000000000000000001",
    b"NaN",
)
_MOST_FLIPS = 64
_STRETCH = 4096
"""Bytes of the longest piece that is taken away, put in or moved."""


def truncated(data: bytes, draw: Random) -> bytes:
    """Cut short anywhere, as a broken download leaves it"""
    return data[: draw.randrange(len(data))]


def beheaded(data: bytes, draw: Random) -> bytes:
    """Without its beginning"""
    return data[draw.randrange(1, len(data)) :]


def bits_flipped(data: bytes, draw: Random) -> bytes:
    """Up to 64 bits turned over"""
    damaged = bytearray(data)
    for _ in range(draw.randint(1, _MOST_FLIPS)):
        damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
    return bytes(damaged)


def bytes_overwritten(data: bytes, draw: Random) -> bytes:
    """A piece overwritten with random bytes or with zeros"""
    start, end = _piece(data, draw)
    filling = draw.randbytes(end - start) if draw.random() < 0.5 else bytes(end - start)
    return data[:start] + filling + data[end:]


def piece_removed(data: bytes, draw: Random) -> bytes:
    """A piece taken out"""
    start, end = _piece(data, draw)
    return data[:start] + data[end:]


def piece_repeated(data: bytes, draw: Random) -> bytes:
    """A piece repeated up to a hundred times"""
    start, end = _piece(data, draw)
    return data[:end] + data[start:end] * draw.randint(1, 100) + data[end:]


def pieces_exchanged(data: bytes, draw: Random) -> bytes:
    """Two pieces in each other's place"""
    (a, b), (c, d) = sorted((_piece(data, draw), _piece(data, draw)))
    if b > c:
        return data[:a] + data[c:d] + data[a:]
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def numbers_made_extreme(data: bytes, draw: Random) -> bytes:
    """Lengths, counts, offsets, spans and figures made zero, negative, huge or no number"""
    found = list(_NUMBER.finditer(data))
    chosen = draw.sample(found, min(len(found), draw.randint(1, 8)))
    for number in sorted(chosen, key=lambda match: match.start(), reverse=True):
        data = data[: number.start()] + draw.choice(_EXTREMES) + data[number.end() :]
    return data


MUTATIONS: tuple[Mutate, ...] = (
    truncated,
    beheaded,
    bits_flipped,
    bytes_overwritten,
    piece_removed,
    piece_repeated,
    pieces_exchanged,
    numbers_made_extreme,
)


def _piece(data: bytes, draw: Random) -> tuple[int, int]:
    start = draw.randrange(len(data))
    return start, min(len(data), start + draw.randint(1, _STRETCH))


def _lay(mutate: Mutate, place: Place) -> None:
    """The mutation applied to seeds in turn, so that every kind of file has its share."""
    by_suffix: dict[str, list[int]] = {}
    for at, seed in enumerate(place.seeds):
        by_suffix.setdefault(seed.suffix, []).append(at)
    suffixes = sorted(by_suffix)
    for number in range(place.share):
        seed = place.seeds[place.draw.choice(by_suffix[suffixes[number % len(suffixes)]])]
        name = f"{number:05}-{seed.name}{seed.suffix}"
        place.write(name, mutate(seed.data, place.draw), either())


def spliced(place: Place) -> None:
    """The beginning of one file with the end of another"""
    for number in range(place.share):
        head, tail = place.draw.choices(place.seeds, k=2)
        cut = place.draw.randrange(len(head.data))
        data = head.data[:cut] + tail.data[place.draw.randrange(len(tail.data)) :]
        place.write(f"{number:05}-{head.name}{head.suffix}", data, either())


def docx_part_damaged(place: Place) -> None:
    """A Word document whose archive is sound and whose XML is damaged"""
    seeds = [seed for seed in place.seeds if seed.suffix == ".docx"]
    for number in range(place.share):
        seed = place.draw.choice(seeds)
        parts = _unpacked(seed.data)
        part = place.draw.choice(sorted(parts))
        parts[part] = place.draw.choice(MUTATIONS)(parts[part], place.draw)
        place.write(f"{number:05}-{seed.name}.docx", _packed(parts), either())


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _kind_of(mutate: Mutate) -> Kind:
    about = (mutate.__doc__ or "").strip()
    return Kind(mutate.__name__.replace("_", "-"), about, partial(_lay, mutate))


KINDS = (*map(_kind_of, MUTATIONS), *kinds_of((spliced, docx_part_damaged)))
"""Kinds that make as many files as they are asked for."""
