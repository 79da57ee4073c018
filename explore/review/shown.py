"""The pages of review as answers: an item, the question for a name, what is wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from explore.context import request_to_context, request_to_words
from explore.messages import message_in_words
from explore.rendering import templates
from explore.review.admission import session_to_token
from explore.review.desk import Desk, Session
from explore.review.item import Item
from explore.review.words import check_in_words, doubt_in_words, review_words
from store.review_queue import Wish

SCRIPT = "x-gongkai-review"
"""The header by which the page's script asks for a part of the page."""


def show_item(
    desk: Desk,
    session: Session,
    request: Any,
    item: Item | None,
    *,
    said: str = "",
    whole: bool = True,
) -> Response:
    """The page of an item, or the part of it that changes; without one, that there is none.

    The item that comes after it is in it too, so that a browser need not wait for it.
    """
    template = "review.html" if whole else "review_item.html"
    return _html(
        request,
        template,
        item=item,
        ahead=desk.item_after(session, item) if item else None,
        said=said,
        session=session,
        token=session_to_token(desk.secret, session.id),
        is_fixed=bool(desk.who),
    )


def ask_who(desk: Desk, session: Session, request: Any) -> Response:
    """The page that asks who is reviewing."""
    token = session_to_token(desk.secret, session.id)
    return _html(request, "review_who.html", session=session, token=token, is_fixed=bool(desk.who))


def show_problem(request: Any, status: int, said: str) -> Response:
    """A plain page that says what is wrong; the page's script shows the sentence alone."""
    if request.headers.get(SCRIPT) is not None:
        language = request_to_words(request).language
        return Response.text(message_in_words(said, language), status=status)
    return _html(request, "problem.html", status=status, problem=said)


def wish_to_query(wish: Wish) -> str:
    """The part of an address that asks for the same."""
    parts = {name: getattr(wish, name) for name in Wish.__slots__}
    query = urlencode({name: part for name, part in parts.items() if part not in ("", None)})
    return f"?{query}" if query else ""


def _html(request: Any, template: str, **shown: Any) -> Response:
    context = request_to_context(request)
    language = str(context["language"])
    context |= {
        "say": review_words(language),
        "doubt": lambda text, o: doubt_in_words(text, language, o.form, o.table),
        "check_words": lambda check: check_in_words(check, language),
        "wish_to_query": wish_to_query,
    }
    body = templates().get_template(template).render({**context, **shown})
    return Response.html(body, status=shown.get("status", 200))
