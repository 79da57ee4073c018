"""What an OLE compound file is: by the names of its streams ([MS-CFB], [MS-DOC])."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM = "WordDocument"

_ENTRY = 128
_START = 0x74
_WORD_MAGICS = (0xA5EC, 0xA5DC)
_ENCRYPTED = 0x0100


def is_ole(data: bytes) -> bool:
    return data.startswith(SIGNATURE)


def stream_entry(data: bytes, name: str) -> int | None:
    """Where the directory's entry of that name stands; entries are 128 bytes long, so aligned."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = data.find(wanted)
    while at >= 0:
        if at % _ENTRY == 0:
            return at
        at = data.find(wanted, at + 1)
    return None


def is_encrypted_word(data: bytes) -> bool:
    """Whether the head of the Word stream says that it is encrypted ([MS-DOC] 2.5.1, fEncrypted).

    Streams of less than 4096 bytes lie elsewhere; no Word document has so short a one.
    """
    entry = stream_entry(data, WORD_STREAM)
    if entry is None or len(data) < entry + _ENTRY:
        return False
    (shift,) = struct.unpack_from("<H", data, 0x1E)
    (sector,) = struct.unpack_from("<I", data, entry + _START)
    head = (sector + 1) << min(shift, 16)
    if len(data) < head + 12:
        return False
    magic, flags = struct.unpack_from("<H8xH", data, head)
    return magic in _WORD_MAGICS and bool(flags & _ENCRYPTED)
