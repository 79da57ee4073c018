"""A mail with files attached as a package of them (RFC 2045, RFC 2183)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from extract.errors import BrokenFile
from extract.packages.package import Member, Package, entries_to_package

SHORTEST_REPORT = 300
"""Characters of a mail's own text from which it is a file of its own and no covering letter."""

_HEAD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:")
_MIXED = re.compile(rb"^content-type:\s*multipart/mixed\b", re.I | re.M)
_LETTERS = {"text/plain": "message.txt", "text/html": "message.html"}


def is_mail_with_files(start: bytes) -> bool:
    """Whether bytes begin with the head of a mail of several parts."""
    head = start.lstrip().replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    return bool(_HEAD.match(head)) and bool(_MIXED.search(head))


def mail_to_package(data: bytes) -> Package | None:
    """The files attached to a mail; None when there are none. Raises BrokenFile.

    The mail's own text is one of them when it may be a report itself.
    """
    try:
        parts = list(_leaves(message_from_bytes(data.lstrip(), policy=policy.compat32)))
        files = [(name, _payload(part)) for part in parts if (name := _file_name(part))]
        letters = [
            (_LETTERS[kind], _payload(part))
            for part in parts
            if not _file_name(part) and (kind := part.get_content_type()) in _LETTERS
        ]
    except (MessageError, ValueError, LookupError, RecursionError) as fault:
        raise BrokenFile(f"the mail does not unpack ({fault})", "save its files") from fault
    if not files:
        return None
    own = [letter for letter in letters if len(letter[1]) >= SHORTEST_REPORT]
    return entries_to_package(
        ((name, _member(content)) for name, content in own + files),
        passed_over=len(parts) - len(files) - len(own),
    )


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; an attached mail is one part, and no more is looked into."""
    if message.get_content_maintype() != "multipart":
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _file_name(part: Message) -> str | None:
    """The name of an attached file; None for what the mail shows, as pictures within its text."""
    if part.get_content_disposition() == "inline" and part.get("Content-ID"):
        return None
    name = part.get_filename()
    if not name:
        return None
    try:
        name = str(make_header(decode_header(name)))
    except (MessageError, LookupError, ValueError):
        name = str(name)
    plain = name.encode("utf-8", "replace").decode("utf-8")
    return plain.replace("\\", "/").replace("\x00", "") or None


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _member(content: bytes) -> Member:
    return Member(lambda: content, lambda size: content[:size])
