"""What a page shows or names besides its text: files that may hold the report, and pictures."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lxml import etree

from extract.html.tree import name_of

SMALLEST_PICTURE = 150
"""Pixels of a picture's width that may show a table; what says it is narrower is an ornament."""

_ADDRESSES = {"a": "href", "iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_FRAMES = frozenset(("iframe", "frame", "embed", "object"))
_DOCUMENT = re.compile(r"\.(pdf|docx?|wps|ofd|rtf|odt|xlsx?|et|zip|rar|7z)$", re.IGNORECASE)
_NO_PAGE = re.compile(r"(about|javascript|data|mailto):|#", re.IGNORECASE)
_ORNAMENT = re.compile(r"logo|icon|qrcode|weixin|wechat|banner|blank|spacer|\bbtn", re.IGNORECASE)
_WIDTH = re.compile(r"\s*(\d{1,5})\s*(px)?\s*", re.IGNORECASE)
_SHOWN = re.compile(r"[?&](file|url|src|path)=([^&#]+)", re.IGNORECASE)


def files_named(root: etree._Element) -> tuple[str, ...]:
    """The documents that a page links to or shows within itself, by the names of their files."""
    names: list[str] = []
    for element in root.iter(*_ADDRESSES):
        address = (element.get(_ADDRESSES[name_of(element)]) or "").strip()
        shown = _SHOWN.search(address)
        for one in (address, unquote(shown[2]) if shown else ""):
            name = _file_name(one)
            if _DOCUMENT.search(name):
                names.append(name)
    return tuple(dict.fromkeys(names))


def frames_named(root: etree._Element) -> tuple[str, ...]:
    """The addresses of pages and documents that a page shows in frames."""
    found = (
        (element.get(_ADDRESSES[name_of(element)]) or "").strip() for element in root.iter(*_FRAMES)
    )
    return tuple(dict.fromkeys(one for one in found if one and not _NO_PAGE.match(one)))


def pictures_in(article: etree._Element) -> int:
    """How many pictures in the article are large enough to show a table."""
    return sum(_may_show_a_table(picture) for picture in article.iter("img"))


def _may_show_a_table(picture: etree._Element) -> bool:
    address = picture.get("src") or ""
    width = _WIDTH.fullmatch(picture.get("width") or "")
    if width and int(width[1]) < SMALLEST_PICTURE:
        return False
    return bool(address) and not _ORNAMENT.search(address[:200])


def _file_name(address: str) -> str:
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return unquote(path.rpartition("/")[2])
