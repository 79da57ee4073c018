"""A web archive (MHTML, as browsers, Word and WPS save it; RFC 2557) to the pages inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message

from extract.encodings import BOMS
from extract.errors import BrokenFile

_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One page of an archive and the charset that its part names."""

    data: bytes
    charset: str | None


def mhtml_to_pages(data: bytes) -> tuple[SavedPage, ...]:
    """The pages of an archive, the one it was saved from first, then its frames in order.

    A mail's page counts as one. Raises BrokenFile.
    """
    for mark, _ in BOMS:
        data = data.removeprefix(mark)
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
        root = _root_of(message)
        parts = list(_pages_in(root)) + [
            one for one in _pages_in(message) if not _within(one, root)
        ]
        pages = tuple(page for part in parts if (page := _page_of(part)))
    except (MessageError, ValueError, LookupError, RecursionError) as fault:
        raise BrokenFile(
            f"the web archive does not unpack ({fault})", "save the page as HTML"
        ) from fault
    if not pages:
        raise BrokenFile(
            "the web archive holds no page, or is cut short before it", "save the page as HTML"
        )
    return pages


def _root_of(message: Message) -> Message:
    """The part that `start` names by its Content-ID (RFC 2387, 3.2), else the first one."""
    if not message.is_multipart():
        return message
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    start = message.get_param("start")
    named = [
        part for part in parts if start and _plain_id(part.get("Content-ID")) == _plain_id(start)
    ]
    first = [part for part in parts if next(_pages_in(part), None) is not None]
    return next(iter([*named, *first]), message)


def _plain_id(name: object) -> str:
    return str(name or "").strip().strip("<>")


def _pages_in(part: Message) -> Iterator[Message]:
    return (one for one in part.walk() if one.get_content_type() in _PAGES)


def _within(part: Message, root: Message) -> bool:
    return any(one is part for one in root.walk())


def _page_of(part: Message) -> SavedPage | None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    return SavedPage(payload, part.get_content_charset())
