"""Somebody who asks the application with review as a browser does."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx

from store.corrections import all_corrections
from store.database import open_database
from store.ledger import Correction
from tests.review_reports import Reviewed

ORIGIN = "http://127.0.0.1:8001"
SAME = {"origin": ORIGIN, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}


class Browser:
    """Asks the application as a browser would, with its cookies."""

    def __init__(self, reviewed: Reviewed) -> None:
        self.reviewed = reviewed
        self.cookies = httpx.Cookies()
        self.page: httpx.Response

    def ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.reviewed.app)
            async with httpx.AsyncClient(
                transport=transport, base_url=ORIGIN, cookies=self.cookies
            ) as client:
                answer = await client.request(method, address, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(asked())

    def get(self, address: str, **more: Any) -> httpx.Response:
        self.page = self.ask("GET", address, **more)
        return self.page

    def post(
        self, what: str, headers: dict[str, str] | None = None, **changed: str
    ) -> httpx.Response:
        """Send the form of the page with some parts changed."""
        form = {**self.form(), **changed}
        sent = {**SAME, "x-gongkai-review": "1"} if headers is None else headers
        answer = self.ask("POST", f"/review/{what}", data=form, headers=sent)
        if answer.status_code == 200:
            self.page = answer
        return answer

    def form(self) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.shown)
        return dict(found)

    @property
    def shown(self) -> str:
        """The page without the cell that comes next, which waits in it."""
        return self.page.text.partition("<template")[0]

    def head(self) -> str:
        [head] = re.findall(r'id="review-head"[^>]*>(.*?)</h1>', self.shown, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", head).split())

    @property
    def entries(self) -> tuple[Correction, ...]:
        engine = open_database(self.reviewed.url)
        try:
            return all_corrections(engine)
        finally:
            engine.dispose()


def begin(reviewed: Reviewed) -> Browser:
    """Somebody who has said who they are and looks at the first cell."""
    browser = Browser(reviewed)
    browser.get("/review")
    assert 'name="who"' in browser.page.text
    answer = browser.post("who", SAME, who="李明")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    browser.get("/review")
    return browser
