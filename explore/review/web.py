"""The addresses of review, in front of the rest of the application.

`GET /review?agency=&year=&check=&report=`  the next doubtful cell of those asked for
`GET /review/cells/<report_id>/<cell>`      one cell, named form.table.row.column
`GET /review/crop/<report_id>/<cell>.png`   the cell enlarged
`GET /review/who`                           asks for the reviewer's name
`POST /review/decide|skip|undo|again|who`   what the reviewer says

They exist only in an application that `with_review` made. Every request passes the guard of the
whole application; one that writes must also come from the page itself (see `admission`). The
script of the page asks for the next cell alone, without it the same forms lead to whole pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from datasette.utils.asgi import Request, Response

from explore.context import args_of
from explore.errors import BadAddress, NotDrawn, NotThere
from explore.review.admission import MOST_BYTES, is_token, why_refused
from explore.review.desk import Changed, Desk, Session
from explore.review.item import Item, cell_to_place, find_cell
from explore.review.shown import SCRIPT, ask_who, show_item, show_problem, wish_to_query
from explore.safety import App, Receive, Rules, Scope, Send, cookies_of, guard
from explore.wording import COOKIE, LANGUAGES
from normalize.forms import all_fields
from normalize.review import typed_to_value
from store.errors import StoreError
from store.ledger import Kind
from store.review_queue import Wish

PREFIX = "/review"
REVIEWING = "gongkai.review"
"""Set in the scope of every request, so that other pages can lead here."""

SESSION = "gongkai_review"
WHO = "gongkai_who"

_YEAR = 365 * 86400
_LONGEST_NAME = 80
_LONGEST_REASON = 500
Form = Mapping[str, str]


def with_review(app: App, desk: Desk, rules: Rules) -> App:
    """The guarded application `app` with review; everything else is left to it."""
    asked, told = guard(_reading(desk), rules), _writing(desk)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        scope = {**scope, REVIEWING: True}
        if scope["type"] != "http" or not (path == PREFIX or path.startswith(f"{PREFIX}/")):
            await app(scope, receive, send)
        elif scope["method"] == "POST":
            # The guard answers only what reads; a request to write passes it as one that does.
            await guard(told, rules)({**scope, "method": "GET"}, receive, send)
        else:
            await asked(scope, receive, send)

    return answer


def _reading(desk: Desk) -> App:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await asyncio.to_thread(_answer, desk, request, _read, {})
        await response.asgi_send(send)

    return answer


def _writing(desk: Desk) -> App:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        refusal = why_refused(request.headers)
        body = b"" if refusal else await _body(receive)
        if refusal or body is None:
            said = refusal or "this is too long"
            await Response.text(f"{said}\n", status=403 if refusal else 413).asgi_send(send)
            return
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        response = await asyncio.to_thread(_answer, desk, request, _write, form)
        await response.asgi_send(send)

    return answer


async def _body(receive: Receive) -> bytes | None:
    """What is sent; None where it is more than any form has."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False) and message["type"] == "http.request"
        if len(body) > MOST_BYTES:
            return None
    return body


def _answer(
    desk: Desk, request: Any, page: Callable[[Desk, Session, Any, Form], Response], form: Form
) -> Response:
    """A page, or a plain one that says what is wrong; a cookie tells the reviewer again."""
    cookies = _cookies(request)
    session = desk.session(cookies.get(SESSION))
    session.who = session.who or _clean(unquote(cookies.get(WHO, "")))
    is_new = cookies.get(SESSION) != session.id
    try:
        response = page(desk, session, request, form)
    except BadAddress as error:
        response = show_problem(request, 400, str(error))
    except (NotThere, NotDrawn) as error:
        response = show_problem(request, 404, str(error))
    except StoreError as error:
        response = show_problem(request, 503, str(error))
    if is_new:
        response.set_cookie(SESSION, session.id, httponly=True, samesite="strict")
    wished = args_of(request).get("lang")
    if wished in LANGUAGES:
        response.set_cookie(COOKIE, wished, max_age=_YEAR, samesite="lax")
    response.headers.setdefault("cache-control", "no-store")
    return response


def _read(desk: Desk, session: Session, request: Any, _: Form) -> Response:
    parts = request.path.split("/")[2:]
    if parts and parts[0] == "crop" and len(parts) == 3:
        return _crop(desk, unquote(parts[1]), unquote(parts[2]))
    if not parts:
        desk.turn_to(session, _wish(args_of(request)))
    if parts == ["who"] or not session.who:
        return ask_who(desk, session, request)
    if not parts:
        return show_item(desk, session, request, desk.next_item(session))
    if parts[0] == "cells" and len(parts) == 3:
        item = desk.item(unquote(parts[1]), unquote(parts[2]))
        return show_item(desk, session, request, item)
    raise NotThere("there is nothing here")


def _crop(desk: Desk, report_id: str, name: str) -> Response:
    if not name.endswith(".png"):
        raise NotThere("there is nothing here")
    report = desk.site.database.report(report_id)
    cell = find_cell(report, name.removesuffix(".png"))
    shown, why_not = cell_to_place(desk.site, report, cell)
    if shown is None:
        raise NotDrawn(why_not or "the document has no pages")
    cut = desk.crops.draw(report.sha256, shown.number, shown.around)
    headers = {"cache-control": "private, max-age=3600"}
    return Response(cut.png, headers=headers, content_type="image/png")


def _write(desk: Desk, session: Session, request: Any, form: Form) -> Response:
    if not is_token(desk.secret, session.id, form.get("token", "")):
        return show_problem(request, 403, "this page has expired; load it again")
    what = request.path.removeprefix(f"{PREFIX}/")
    if what == "who":
        return _name(desk, session, request, form)
    if not session.who:
        raise BadAddress("nobody is reviewing", f"say who you are at {PREFIX}/who")
    writer = _WRITERS.get(what)
    if writer is None:
        raise NotThere("there is nothing here")
    desk.turn_to(session, _wish(form))
    return writer(desk, session, request, form)


def _name(desk: Desk, session: Session, request: Any, form: Form) -> Response:
    name = _clean(form.get("who", ""))
    if desk.who or not name:
        raise BadAddress("a name is needed", "write who decides, for record")
    session.who = name
    response = Response.redirect(PREFIX + wish_to_query(session.wish), status=303)
    cookie = quote(name, safe="")
    response.set_cookie(WHO, cookie, max_age=_YEAR, httponly=True, samesite="strict")
    return response


def _decide(desk: Desk, session: Session, request: Any, form: Form) -> Response:
    report_id, name = form.get("report_id", ""), form.get("cell", "")
    typed = form.get("value", "").strip()
    decision, value = Kind.AS_PRINTED, None
    match form.get("decision", ""):
        case "enter" if typed:
            decision, value = Kind.VALUE, _value(typed, name)
        case "enter":
            pass
        case "suggestion":
            decision = Kind.SUGGESTION
        case "blank":
            decision = Kind.VALUE
        case other:
            raise BadAddress(f"{other[:40]!r} is no decision")
    why = _clean(form.get("why", ""), _LONGEST_REASON) or _plain_reason(form.get("seen", ""))
    cell = (report_id, name)
    try:
        desk.decide(session, cell, form.get("state", ""), decision, value, why)
    except Changed:
        return _shown(desk, session, request, desk.item(report_id, name), "review_changed")
    return _next(desk, session, request, "review_said_decided")


def _plain_reason(page: str) -> str:
    """What is put on record where no reason is given: that the page was before the reviewer."""
    is_number = page.isascii() and page.isdecimal() and len(page) < 6
    return f"review: page {page} seen" if is_number else "review: reading seen, no page"


def _value(typed: str, name: str) -> Decimal:
    """The number in the unit of the cell of that name; of an unknown cell in none."""
    fields = (f for f in all_fields() if f"{f.form}.{f.table}.{f.row}.{f.column}" == name)
    unit = next((field.unit for field in fields), "")
    try:
        return typed_to_value(typed, unit)
    except ValueError as error:
        raise BadAddress(str(error), "type the digits that are printed") from error


def _skip(desk: Desk, session: Session, request: Any, form: Form) -> Response:
    desk.skip(session, (form.get("report_id", "")[:64], form.get("cell", "")[:200]))
    return _next(desk, session, request, "review_said_skipped")


def _undo(desk: Desk, session: Session, request: Any, _: Form) -> Response:
    cell = desk.undo(session)
    if cell is None:
        return _next(desk, session, request, "review_said_nothing_to_undo")
    return _shown(desk, session, request, desk.item(*cell), "review_said_undone")


def _again(desk: Desk, session: Session, request: Any, _: Form) -> Response:
    desk.begin_again(session)
    return _next(desk, session, request, "")


_WRITERS = {"decide": _decide, "skip": _skip, "undo": _undo, "again": _again}


def _next(desk: Desk, session: Session, request: Any, said: str) -> Response:
    return _shown(desk, session, request, desk.next_item(session), said)


def _shown(desk: Desk, session: Session, request: Any, item: Item | None, said: str) -> Response:
    """The item for the page's script; a plain form is led to it."""
    if request.headers.get(SCRIPT) is not None:
        return show_item(desk, session, request, item, said=said, whole=False)
    if item is None:
        return Response.redirect(PREFIX + wish_to_query(session.wish), status=303)
    place = f"{quote(item.report_id, safe='')}/{quote(item.name, safe='')}"
    return Response.redirect(f"{PREFIX}/cells/{place}", status=303)


def _wish(given: Mapping[str, str]) -> Wish:
    """What to review; BadAddress for a year that is none."""
    year = given.get("year", "").strip()
    if year and not (year.isascii() and year.isdecimal() and len(year) <= 4):
        raise BadAddress(f"{year[:20]!r} is no year", "write it with four digits")
    named = {name: given.get(name, "").strip()[:100] for name in ("agency", "check", "report")}
    return Wish(year=int(year) if year else None, **named)


def _cookies(request: Any) -> dict[str, str]:
    return cookies_of(request.headers.get("cookie", ""))


def _clean(text: str, longest: int = _LONGEST_NAME) -> str:
    """A text on one line, without characters that are not seen."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:longest].strip()
