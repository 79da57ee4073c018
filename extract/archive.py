"""ZIP archives read within limits, their many faults turned into ExtractErrors."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from extract.errors import BrokenFile, EncryptedFile, TooLarge

MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 64 * 1024 * 1024
"""Unpacked size of one member that is read; a long report's main part has less than 5 MB."""

MAX_TOTAL_BYTES = 1024 * 1024 * 1024
"""Unpacked size of all members together, as the archive declares it."""

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
_AGAIN = "fetch or save the file again"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive in these bytes. Raises BrokenFile, or TooLarge for what looks like a bomb."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _FAULTS as fault:
        raise BrokenFile(f"the ZIP archive is damaged or cut short ({fault})", _AGAIN) from fault
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL_BYTES:
        raise TooLarge(
            f"the archive unpacks to {len(members)} members of {total} bytes together, more than "
            f"the {MAX_MEMBERS} members and {MAX_TOTAL_BYTES} bytes allowed",
            "save the document without embedded files",
        )
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes, never more than MAX_MEMBER_BYTES whatever its header says.

    Raises BrokenFile (also when there is no such member), EncryptedFile and TooLarge.
    """
    try:
        member = archive.getinfo(name)
    except KeyError as fault:
        raise BrokenFile(f"the archive has no part {name}", _AGAIN) from fault
    if member.flag_bits & 0x1:
        raise EncryptedFile(f"the part {name} is encrypted", "remove the password and save again")
    try:
        with archive.open(member) as stream:
            content = stream.read(MAX_MEMBER_BYTES + 1)
    except _FAULTS as fault:
        raise BrokenFile(f"the part {name} does not unpack ({fault})", _AGAIN) from fault
    if len(content) > MAX_MEMBER_BYTES:
        raise TooLarge(
            f"the part {name} unpacks to more than {MAX_MEMBER_BYTES} bytes",
            "split the document, or save it without embedded files",
        )
    return content
