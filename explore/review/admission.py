"""Which requests to write are let in, beside what `explore.safety` demands of every request.

A decision is taken only from the page itself: sent by the same origin, as browsers say of every
request that is no plain visit, and with the token that this page was given. The token is made from
the reviewer's session and a secret of the running program, so that no other page can know it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping

MOST_BYTES = 16_384
"""Of what a form sends."""

_FORM = "application/x-www-form-urlencoded"


def new_secret() -> bytes:
    return secrets.token_bytes(32)


def new_session_id() -> str:
    return secrets.token_urlsafe(24)


def session_to_token(secret: bytes, session_id: str) -> str:
    """The token of the forms that one browser is given."""
    return hmac.new(secret, session_id.encode(), hashlib.sha256).hexdigest()


def is_token(secret: bytes, session_id: str, given: str) -> bool:
    expected = session_to_token(secret, session_id)
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def why_refused(headers: Mapping[str, str]) -> str | None:
    """Why a request to write is not from the page itself; None when it is. Names are lower case."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None and site is None:
        return "the browser does not say which page sends this"
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        return "another site sends this"
    if site is not None and site != "same-origin":
        return "another site sends this"
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return "this is not what the form sends"
    return None
