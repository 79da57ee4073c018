"""The documents themselves, found by their content.

The files under one folder, and those in packages there, are read once and known by the SHA-256
of their bytes. What the database or a request says of paths is never used to open anything: a
report leads to a document only when a file has exactly its bytes.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from explore.errors import NotDrawn
from extract import ExtractError, file_to_bytes
from extract.packages.address import INSIDE, member_to_bytes, package_to_contents

_CHUNK = 1 << 20


class Sources:
    """The files of a folder by SHA-256; they are read in the background, one after the other."""

    def __init__(self, folder: Path | None) -> None:
        self._files: dict[str, Path] = {}
        self._stopped = threading.Event()
        self.folder = folder
        self.is_complete = folder is None
        self._reader = threading.Thread(target=self._read, name="sources", daemon=True)

    def start(self) -> None:
        if self.folder is not None:
            self._reader.start()

    def stop(self) -> None:
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Whether all files are known, after waiting at most so long for it."""
        if self._reader.is_alive():
            self._reader.join(seconds)
        return self.is_complete

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._files

    def read(self, sha256: str) -> bytes:
        """The bytes of the document with that SHA-256; NotDrawn where there is none (any more)."""
        path = self._files.get(sha256)
        if path is None:
            known = "" if self.is_complete else f" yet; {len(self._files)} files are known so far"
            raise NotDrawn(
                f"no file with the SHA-256 {sha256} is known{known}",
                "name the folder of the documents with --sources",
            )
        try:
            data = file_to_bytes(path)
        except ExtractError as error:
            raise NotDrawn(f"the document cannot be read: {error}") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise NotDrawn("the document was changed since it was read", "restore it")
        return data

    def _read(self) -> None:
        assert self.folder is not None
        for path in _regular_files(self.folder):
            if self._stopped.is_set():
                return
            for digest, place in _digests(path):
                self._files.setdefault(digest, place)
        self.is_complete = True


def _regular_files(folder: Path) -> Iterator[Path]:
    """Files below the folder, by name; links are not followed, they may lead out of it."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _digests(path: Path) -> Iterator[tuple[str, Path]]:
    """The SHA-256 of a file, and of all files in it where it is a package, each with its place."""
    digest = _digest(path)
    if digest is not None:
        yield digest, path
    try:
        contents = package_to_contents(path)
    except ExtractError:
        return
    for name in contents.names if contents else ():
        try:
            data = member_to_bytes(path, name)
        except ExtractError:
            continue
        yield hashlib.sha256(data).hexdigest(), Path(f"{path}{INSIDE}{name}")


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file; None of one that cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()
