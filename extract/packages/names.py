"""The names of an archive's members as they were meant (PKWARE APPNOTE 4.4.4, 4.6.9).

An archive may say that a name is UTF-8. Where it does not, Windows in Chinese has written GBK, and
other systems whatever they use, and libraries show it as code page 437.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence

from extract.common_characters import common_share

_IS_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_TRIED = ("utf-8", "gb18030", "cp950")


def archive_to_names(members: Sequence[zipfile.ZipInfo]) -> tuple[str, ...]:
    """One name a member, parted by slashes; those of no known encoding are decided together."""
    raw = {place: _raw_name(member) for place, member in enumerate(members)}
    unknown = [name for place, name in raw.items() if name and not _named(members[place])]
    codec = _codec_of(unknown)
    names: list[str] = []
    for place, member in enumerate(members):
        as_bytes = raw[place]
        name = _named(member)
        if name is None:
            name = as_bytes.decode(codec) if as_bytes else member.orig_filename
        names.append(name.split("\x00")[0].replace("\\", "/"))
    return tuple(names)


def _raw_name(member: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a name; None when it is known to be UTF-8 and decoded already."""
    if member.flag_bits & _IS_UTF8:
        return None
    try:
        return member.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _named(member: zipfile.ZipInfo) -> str | None:
    """The name in the member's Unicode field, when that is of this very name."""
    raw = _raw_name(member)
    extra = member.extra
    while raw is not None and len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5:
            if struct.unpack("<L", field[1:5])[0] != zlib.crc32(raw):
                continue
            try:
                return field[5:].decode("utf-8")
            except UnicodeDecodeError:
                continue
    return None


def _codec_of(names: Sequence[bytes]) -> str:
    """The codec in which all names can be read, and read best; code page 437 when there is none."""
    together = b"\n".join(names)
    if together.isascii():
        return "ascii"
    readings: dict[str, str] = {}
    for codec in _TRIED:
        try:
            readings[codec] = together.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8":
            return codec
    return max(readings, key=lambda codec: common_share(readings[codec]), default="cp437")
