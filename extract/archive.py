"""ZIP archives read within limits, their many faults turned into ExtractErrors."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from extract.errors import BrokenFile, EncryptedFile, TooLarge

MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 64 * 1024 * 1024
"""Unpacked size of one part of a document; a long report's main part has less than 5 MB."""

MAX_TOTAL_BYTES = 1024 * 1024 * 1024
"""Unpacked size of all members of a document together, as the archive declares it."""

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
"""What an archive begins with, and an empty one."""

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
    IndexError,
)
"""What zipfile raises on damaged archives; NotImplementedError for methods it does not know."""
_AGAIN = "fetch or save the file again"
ENCRYPTED = 0x1 | 0x40
"""Flags of a member that is encrypted (PKWARE APPNOTE 4.4.4)."""


def open_archive(source: bytes | Path, total: int | None = None) -> zipfile.ZipFile:
    """The archive in these bytes or this file; `total` overrides MAX_TOTAL_BYTES.

    Raises BrokenFile, or TooLarge for what looks like a bomb.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except _FAULTS as fault:
        raise BrokenFile(f"the ZIP archive is damaged or cut short ({fault})", _AGAIN) from fault
    most = MAX_TOTAL_BYTES if total is None else total
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > most:
        raise TooLarge(
            f"the archive unpacks to {len(members)} members of {unpacked} bytes together, more "
            f"than the {MAX_MEMBERS} members and {most} bytes allowed",
            "split it, or save it without embedded files",
        )
    return archive


def read_member(
    archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, limit: int | None = None
) -> bytes:
    """One member's bytes, never more than `limit` (MAX_MEMBER_BYTES) whatever its header says.

    Raises BrokenFile (also when there is no such member), EncryptedFile and TooLarge.
    """
    most = MAX_MEMBER_BYTES if limit is None else limit
    name = part if isinstance(part, str) else part.filename
    try:
        member = archive.getinfo(part) if isinstance(part, str) else part
    except KeyError as fault:
        raise BrokenFile(f"the archive has no part {name}", _AGAIN) from fault
    if member.flag_bits & ENCRYPTED:
        raise EncryptedFile(f"the part {name} is encrypted", "remove the password and save again")
    content = read_start(archive, member, most + 1)
    if len(content) > most:
        raise TooLarge(
            f"the part {name} unpacks to more than {most} bytes",
            "split the document, or save it without embedded files",
        )
    return content


def read_start(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    """The first bytes of a member, at most `size`. Raises BrokenFile."""
    try:
        with archive.open(member) as stream:
            return stream.read(size)
    except _FAULTS as fault:
        raise BrokenFile(f"the part {member.filename} does not unpack ({fault})", _AGAIN) from fault
