"""Who is let in, and what an answer may do in a browser.

The application is for one person on one machine unless a token says otherwise. Every request
passes `guard`, whatever it asks for, and every answer leaves with the same headers.

- Without a token only names of this machine are accepted as Host, so that no page elsewhere can
  reach it under a name of its own (DNS rebinding).
- With a token nothing is answered without it: once as `?token=`, then as a cookie no script reads.
- Other sites may link to a page. They may not fetch, embed or frame anything of it.
- Only GET and HEAD: there is nothing here to be changed. Review, where it is asked for, stands in
  front of all this with rules of its own (`explore/review/admission.py`).
- The Content-Security-Policy allows the application's own files alone, no script or style within
  a page, so that markup that slipped through would still do nothing.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LOOPBACK = frozenset(("127.0.0.1", "localhost", "[::1]"))
TOKEN_COOKIE = "gongkai_token"
LONGEST_QUERY = 100_000
"""Bytes of an address after the question mark."""

_HIDDEN = ("/-/",)
_SHOWN = ("/-/static/", "/-/gongkai/")
"""Of the addresses that Datasette has for itself (settings, paths, threads), what is answered."""

MOST_BYTES = 20_000_000
"""Of one text or blob that a statement makes."""

_READING = frozenset(
    (
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
        sqlite3.SQLITE_TRANSACTION,
    )
)
_PRAGMAS = frozenset(
    (
        "table_info",
        "table_xinfo",
        "table_list",
        "foreign_key_list",
        "index_list",
        "index_info",
        "index_xinfo",
        "database_list",
        "schema_version",
        "page_count",
    )
)


@dataclass(frozen=True, slots=True)
class Rules:
    """`hosts` are the names the application may be called by, empty for any (with a token)."""

    hosts: frozenset[str] = LOOPBACK
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    said: str


def guard(app: App, rules: Rules) -> App:
    """The application, answering only what the rules let in."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in _head(scope)}
        refusal = refuse(scope, headers, rules)
        if refusal is not None:
            await _answer(send, refusal.status, refusal.said)
            return
        if rules.token is not None and (given := _token_in_query(scope, rules.token)) is not None:
            await _answer(send, 303, "", _cookie_headers(given, rules.token))
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_headers(message.get("headers", ()))
            await send(message)

        await app(scope, receive, send_with_headers)

    return guarded


def refuse(scope: Scope, headers: MutableMapping[str, str], rules: Rules) -> Refusal | None:
    """Why this request is refused; None when it is let in."""
    if scope["method"] not in ("GET", "HEAD"):
        return Refusal(405, "nothing can be changed here: only GET is answered")
    host = headers.get("host", "")
    if rules.hosts and _name_of(host) not in rules.hosts:
        return Refusal(421, "this name is not served here; use 127.0.0.1 or localhost")
    if _is_cross_site(headers, host):
        return Refusal(403, "another site asked for this; open the address itself")
    if len(scope.get("query_string", b"")) > LONGEST_QUERY:
        return Refusal(414, "the address is too long")
    if scope["path"].startswith(_HIDDEN) and not scope["path"].startswith(_SHOWN):
        return Refusal(404, "there is nothing here")
    if rules.token is not None and not _has_token(scope, headers, rules.token):
        return Refusal(401, "add ?token=... to the address, as the program printed it")
    return None


def _name_of(host: str) -> str:
    """The Host header without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _is_cross_site(headers: MutableMapping[str, str], host: str) -> bool:
    """Whether another site asks for something other than a page to look at."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != host.lower():
        return True
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    is_page = headers.get("sec-fetch-mode") == "navigate"
    return not (is_page and headers.get("sec-fetch-dest") == "document")


def _has_token(scope: Scope, headers: MutableMapping[str, str], token: str) -> bool:
    given = [_token_in_query(scope, token) and token, _bearer(headers), _cookie(headers)]
    return any(secrets.compare_digest((each or "").encode(), token.encode()) for each in given)


def _bearer(headers: MutableMapping[str, str]) -> str:
    scheme, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _cookie(headers: MutableMapping[str, str]) -> str:
    return cookies_of(headers.get("cookie", "")).get(TOKEN_COOKIE, "")


def cookies_of(header: str) -> dict[str, str]:
    """The cookies of a header by name; none of a header that is broken."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def _token_in_query(scope: Scope, token: str) -> str | None:
    """The address without its token, when it holds the right one."""
    pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    given = [value for name, value in pairs if name == "token"]
    if not any(secrets.compare_digest(value.encode(), token.encode()) for value in given):
        return None
    rest = urlencode([(name, value) for name, value in pairs if name != "token"])
    path = "/" + scope.get("raw_path", b"/").decode("latin-1").partition("?")[0].lstrip("/")
    return f"{path}?{rest}" if rest else path


def _cookie_headers(address: str, token: str) -> list[tuple[bytes, bytes]]:
    cookie: SimpleCookie = SimpleCookie({TOKEN_COOKIE: token})
    cookie[TOKEN_COOKIE]["path"] = "/"
    cookie[TOKEN_COOKIE]["httponly"] = "yes"
    cookie[TOKEN_COOKIE]["samesite"] = "Lax"
    return [
        (b"location", address.encode("latin-1")),
        (b"set-cookie", cookie.output(header="").strip().encode("latin-1")),
    ]


def _head(scope: Scope) -> Iterable[tuple[bytes, bytes]]:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return headers


def _with_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.decode().lower() not in HEADERS]
    if not any(name.decode().lower() == "cache-control" for name, _ in kept):
        kept.append((b"cache-control", b"private, no-cache"))
    return [*kept, *((name.encode(), value.encode()) for name, value in HEADERS.items())]


async def _answer(
    send: Send, status: int, said: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    start = [(b"content-type", b"text/plain; charset=utf-8"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": _with_headers(start)})
    await send({"type": "http.response.body", "body": f"{said}\n".encode()})


def fence(connection: sqlite3.Connection) -> None:
    """Let statements on this connection read, and nothing else, whatever they say."""
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second == "load_extension":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in _PRAGMAS else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
