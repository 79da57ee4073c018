"""A ZIP archive as a package of files."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

from extract.archive import ENCRYPTED, open_archive, read_member, read_start
from extract.errors import EncryptedFile, TooLarge
from extract.kinds import archive_kind
from extract.packages.names import archive_to_names
from extract.packages.package import (
    MAX_FILE_BYTES,
    MAX_PACKAGE_BYTES,
    MAX_RATIO,
    RATIO_FROM,
    Member,
    Package,
    entries_to_package,
)


def zip_to_package(source: bytes | Path) -> Package | None:
    """The members of an archive; None when it is a document. Raises ExtractError.

    Of a document whose kind nothing reads, the error says so.
    """
    archive = open_archive(source, MAX_PACKAGE_BYTES)
    members = archive.infolist()
    if archive_kind(archive) is not None:
        return None
    names = archive_to_names(members)
    return entries_to_package(
        (name, Member(partial(_all, archive, member), partial(_start, archive, member)))
        for name, member in zip(names, members, strict=True)
    )


def _all(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    _check(member)
    return read_member(archive, member, MAX_FILE_BYTES)


def _start(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    _check(member)
    return read_start(archive, member, size)


def _check(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & ENCRYPTED:
        raise EncryptedFile(
            "the file is encrypted within its package", "unpack it with its password"
        )
    if member.file_size > max(RATIO_FROM, MAX_RATIO * member.compress_size):
        raise TooLarge(
            f"the file unpacks from {member.compress_size} to {member.file_size} bytes, more than "
            f"{MAX_RATIO} times as much",
            "unpack it, when it is no attack",
        )
