"""UTF-8 that was once read in another encoding and saved so: 涓€銆佹€讳綋鎯呭喌 for 一、总体情况.

Only what can be turned back byte for byte is turned back; the rest is reported and left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.common_characters import common_share

PLAUSIBLE = 0.6
"""Least share of common characters for a restored passage to be believed."""

IMPLAUSIBLE = 0.4
"""A passage with a greater share than this is taken for sound as it stands."""

SHORTEST = 4
"""Characters; shorter passages cannot be told from rare words."""

_WINDOW = 600
_FOREIGN_RUN = re.compile(rf"[^\x00-\x7f]{{{SHORTEST},}}")
_EURO = "€"


def _telltales() -> frozenset[str]:
    """What the first two bytes of a Chinese character in UTF-8 look like when read as GBK."""
    found = {_EURO}
    for lead in (*range(0xE3, 0xEA), 0xEF):
        for trail in range(0x80, 0xC0):
            found.add(bytes((lead, trail)).decode("gbk", "replace"))
    return frozenset(found - {"\ufffd"})


TELLTALES = _telltales()


@dataclass(frozen=True, slots=True)
class Mended:
    """A text with its reversible mojibake turned back.

    `restored` and `garbled` are the passages as they stood: those turned back, and those that
    look like mojibake but have lost bytes and were left as they are.
    """

    text: str
    restored: tuple[str, ...] = ()
    garbled: tuple[str, ...] = ()


def mend_mojibake(text: str) -> Mended:
    """The text with every passage turned back that is UTF-8 misread as GBK or Windows-1252."""
    restored: list[str] = []
    garbled: list[str] = []

    def mended(found: re.Match[str]) -> str:
        run = found.group()
        if _is_latin(run):
            return _latin_restored(run, restored)
        if sum(char in TELLTALES for char in run) < 2:
            return run
        return _gbk_restored(run, restored, garbled)

    return Mended(_FOREIGN_RUN.sub(mended, text), tuple(restored), tuple(garbled))


def _is_latin(run: str) -> bool:
    return all(_latin_byte(char) is not None for char in run)


def _latin_byte(char: str) -> bytes | None:
    """The byte that Windows-1252 shows as this character, or Latin-1 where that has a gap."""
    if ord(char) <= 0xFF:
        return bytes((ord(char),))
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return None


def _latin_restored(run: str, restored: list[str]) -> str:
    raw = b"".join(_latin_byte(char) or b"" for char in run)
    try:
        back = raw.decode("utf-8")
    except UnicodeDecodeError:
        return run
    if common_share(back) < PLAUSIBLE:
        return run
    restored.append(run)
    return back


def _gbk_bytes(char: str) -> bytes:
    """The bytes that GBK shows as this character; Windows shows the single byte 80 as €."""
    if char == _EURO:
        return b"\x80"
    try:
        return char.encode("gb18030")
    except UnicodeEncodeError:
        return b"\xff"


def _gbk_restored(run: str, restored: list[str], garbled: list[str]) -> str:
    """The run with the longest restorable passages turned back, left to right."""
    pieces = [_gbk_bytes(char) for char in run]
    kept: list[str] = []
    sound_from = at = 0
    while at < len(run):
        length = _readable_length(run, pieces, at)
        passage = run[at : at + length]
        back = b"".join(pieces[at : at + length]).decode("utf-8")
        if (
            length >= SHORTEST
            and common_share(back) >= PLAUSIBLE
            and common_share(passage) <= IMPLAUSIBLE
        ):
            kept.append(_unrestored(run[sound_from:at], garbled))
            kept.append(back)
            restored.append(passage)
            sound_from = at + length
        at += max(1, length)
    kept.append(_unrestored(run[sound_from:], garbled))
    return "".join(kept)


def _readable_length(run: str, pieces: list[bytes], at: int) -> int:
    """How many characters from `at` on are UTF-8 as bytes, up to the end of one; 0 for none."""
    if run[at] not in TELLTALES or _valid_bytes(b"".join(pieces[at : at + SHORTEST])) < SHORTEST:
        return 0
    raw = b"".join(pieces[at : at + _WINDOW])
    valid = _valid_bytes(raw)
    size = best = 0
    for length, piece in enumerate(pieces[at : at + _WINDOW], start=1):
        size += len(piece)
        if size > valid:
            break
        if size == valid or raw[size] & 0xC0 != 0x80:
            best = length
    return best


def _valid_bytes(raw: bytes) -> int:
    """How many bytes from the start are whole characters in UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start
    return len(raw)


def _unrestored(part: str, garbled: list[str]) -> str:
    telling = sum(char in TELLTALES for char in part)
    if telling >= 2 and telling * 4 >= len(part) and common_share(part) <= IMPLAUSIBLE:
        garbled.append(part)
    return part
