"""A web archive (MHTML, as browsers and Word save it) to the page inside."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.errors import MessageError

from extract.errors import BrokenFile


def mhtml_to_page(data: bytes) -> tuple[bytes, str | None]:
    """The bytes of the first HTML part and the charset its header names. Raises BrokenFile."""
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    return payload, part.get_content_charset()
    except (MessageError, ValueError, LookupError, RecursionError) as fault:
        raise BrokenFile(
            f"the web archive does not unpack ({fault})", "save the page as HTML"
        ) from fault
    raise BrokenFile("the web archive holds no page", "save the page as HTML")
