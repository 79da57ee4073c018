"""Documents kept whole within a Word document (w:altChunk), which Word takes in when it opens it.

Programs that make Word documents of web pages write nothing but such a chunk.
"""

from __future__ import annotations

import posixpath
import zipfile
from urllib.parse import unquote

from lxml import etree

from extract.archive import read_member
from extract.docx.tree import bytes_to_xml

_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def relations_of(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part refers to, by the id it uses; none for what lies outside."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.namelist():
        return {}
    found: dict[str, str] = {}
    for one in bytes_to_xml(read_member(archive, listed), listed):
        target = unquote(one.get("Target", ""))
        if target and one.get("TargetMode") != "External":
            inside = posixpath.normpath(posixpath.join(f"/{folder}", target))
            found[one.get("Id", "")] = inside.lstrip("/")
    return found


def chunk_to_bytes(
    archive: zipfile.ZipFile, relations: dict[str, str], chunk: etree._Element
) -> bytes | None:
    """The document that an altChunk stands for; None when the package does not hold it."""
    key = next((chunk.get(name) for name in _ID if chunk.get(name)), None)
    part = relations.get(key or "")
    return read_member(archive, part) if part in archive.namelist() and part else None
