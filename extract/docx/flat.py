"""A DOCX kept as one XML file (Flat OPC) to the package it stands for."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from extract.docx.tree import bytes_to_xml
from extract.errors import BrokenFile

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def flat_to_package(data: bytes) -> bytes:
    """The ZIP package with the parts that are XML; pictures are left out. Raises BrokenFile."""
    root = bytes_to_xml(data, "of the whole file")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for part in root.iter(f"{_PKG}part"):
            name = part.get(f"{_PKG}name", "").lstrip("/")
            kept = part.find(f"{_PKG}xmlData")
            content = next(kept.iterchildren(etree.Element), None) if kept is not None else None
            if name and content is not None:
                package.writestr(name, etree.tostring(content))
    if not stream.getvalue():
        raise BrokenFile("the XML file holds no parts", "save it as DOCX")
    return stream.getvalue()
