"""The version of all that decides how a file is read, so that what an older one read can be found.

It is taken from the files themselves: code and data of the stages that read and interpret, further
forms that are named, and the releases of the libraries that read. A number kept by hand would be
forgotten on the day it matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extract
import normalize
from normalize.forms import folders_named, form_files
from pipeline import cascade

_PROJECT = "gongkai"
_LIBRARIES = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "camelot-py",
    "lxml",
    "charset-normalizer",
    "rapidfuzz",
    "opencc",
    "cn2an",
    "rapidocr",
    "onnxruntime",
)
"""The distributions whose release may change what is read; one that is missing reads nothing."""

_SUFFIXES = (".py", ".toml", ".csv")
_DIGITS = 12


def reader_version() -> str:
    """The program's version and a digest of its readers and forms, as `0.1.0+3f2a91c04d7e`."""
    return _version(folders_named())


@cache
def _version(folders: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for name, content in _parts(folders):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return f"{_release(_PROJECT)}+{digest.hexdigest()[:_DIGITS]}"


def _parts(folders: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Every part by name, in a fixed order that does not depend on where the program lies."""
    for library in _LIBRARIES:
        yield library, _release(library).encode()
    for package in (extract, normalize):
        root = Path(str(package.__file__)).parent
        for file in sorted(root.rglob("*")):
            if file.suffix in _SUFFIXES:
                yield file.relative_to(root.parent).as_posix(), file.read_bytes()
    yield "cascade", Path(cascade.__file__).read_bytes()
    for folder in folders:
        for form in form_files(folder):
            yield form.name, form.read_bytes()


def _release(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"
