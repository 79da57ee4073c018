"""Review in a real browser, by keyboard alone."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from store.corrections import all_corrections
from store.database import open_database
from store.ledger import Correction, Kind
from tests.review_reports import Reviewed, copy_database, open_review

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")

TITLE = "document.getElementById('review-head').textContent.trim()"
ANSWERED = "!document.getElementById('review-item').ariaBusy"
STATE = "document.querySelector('input[name=cell]').value"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reviewed, str]]:
    reviewed = open_review(copy_database(tmp_path_factory.mktemp("browser")))
    config = uvicorn.Config(reviewed.app, port=0, log_level="warning", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield reviewed, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    reviewed.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Reviewer:
    """A page of the browser, its keyboard, and what went wrong in it."""

    def __init__(self, chromium: Any, address: str, **settings: Any) -> None:
        self.context = chromium.new_context(**settings)
        self.page = self.context.new_page()
        self.address = address
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.problems.append(said.text) if said.type == "error" else None,
        )

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def say_who(self, name: str) -> None:
        """Write a name into the field that has the focus, and wait for the first cell."""
        self.page.wait_for_function("() => document.activeElement.tagName === 'INPUT'")
        self.page.keyboard.type(name)
        self.page.wait_for_function("name => document.activeElement.value === name", arg=name)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function("() => document.activeElement.id === 'review-head'")

    def press(self, *keys: str) -> None:
        """Press keys, the last of which brings another cell."""
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        before = self.cell
        self.page.keyboard.press(keys[-1])
        self.page.wait_for_function(f"before => {STATE} !== before && {ANSWERED}", arg=before)

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Let the browser go on until something has happened; it fails after two seconds."""
        for _ in range(100):
            if happened():
                return
            self.page.wait_for_timeout(20)
        raise AssertionError("it has not happened")

    @property
    def cell(self) -> str:
        return str(self.page.evaluate(STATE))

    @property
    def said(self) -> str:
        return str(self.page.text_content("#review-said"))


def _entries(url: str) -> tuple[Correction, ...]:
    engine = open_database(url)
    try:
        return all_corrections(engine)
    finally:
        engine.dispose()


def test_three_cells_by_keyboard_alone_and_one_undone(
    served: tuple[Reviewed, str], chromium: Any, tmp_path: Path
) -> None:
    reviewed, address = served
    me = Reviewer(chromium, address, locale="zh-CN", viewport={"width": 1400, "height": 900})
    me.go("/review?year=2022")
    me.say_who("李明")
    assert me.page.url.endswith("/review?year=2022")
    assert me.page.evaluate("document.activeElement.id") == "review-head"
    first = me.cell
    assert first == "2021.requests.unavailable_not_held.total"

    me.press("s")
    assert me.said.startswith("已记录。下一个：")
    second = me.cell
    me.press("Enter")
    third = me.cell
    me.page.keyboard.press("1")
    assert me.page.input_value("#review-value") == "1"
    assert "改为 1" in me.page.text_content("#review-enter")
    me.press("7", "Enter")
    me.press("u")
    assert me.cell == third
    assert me.said.startswith("已撤回：")
    me.press("n")

    done = [(".".join(e.cell), e.decision, e.value, e.who) for e in _entries(reviewed.url)]
    assert done == [
        (first, Kind.SUGGESTION, Decimal(8), "李明"),
        (second, Kind.AS_PRINTED, Decimal(0), "李明"),
        (third, Kind.VALUE, Decimal(17), "李明"),
        (third, Kind.WITHDRAW, None, "李明"),
    ]
    assert me.problems == []


def test_the_next_cell_is_there_before_the_answer(
    served: tuple[Reviewed, str], chromium: Any
) -> None:
    reviewed, address = served
    me = Reviewer(chromium, address, locale="en-US")
    me.go("/review?year=2021")
    me.say_who("Ann")
    before, cells = len(_entries(reviewed.url)), [me.cell]
    held: list[Any] = []
    me.page.route("**/review/decide", lambda route: held.append(route))
    me.page.keyboard.press("Enter")
    me.page.wait_for_function(f"before => {STATE} !== before", arg=cells[0])
    cells.append(me.cell)
    assert me.page.evaluate("document.getElementById('review-item').ariaBusy") == "true"
    me.page.keyboard.type("23")
    me.page.keyboard.press("Enter")
    me.wait_until(lambda: bool(held))
    assert (len(held), len(_entries(reviewed.url))) == (1, before)

    held.pop().continue_()
    me.page.wait_for_function(f"before => {STATE} !== before", arg=cells[1])
    me.wait_until(lambda: bool(held))
    held.pop().continue_()
    me.page.wait_for_function(f"() => {ANSWERED}")
    me.page.unroute("**/review/decide")
    done = [(".".join(e.cell), e.value) for e in _entries(reviewed.url)[before:]]
    assert done == [(cells[0], Decimal(4)), (cells[1], Decimal(23))]

    cells.append(me.cell)
    me.page.route("**/review/decide", lambda route: route.abort())
    me.page.keyboard.press("Enter")
    me.page.wait_for_function(
        "() => document.getElementById('review-said').textContent.includes('etch')"
    )
    assert me.cell == cells[2]
    assert len(_entries(reviewed.url)) == before + 2


def test_the_cell_on_its_page_in_english_on_a_narrow_screen(
    served: tuple[Reviewed, str], chromium: Any
) -> None:
    _, address = served
    me = Reviewer(chromium, address, locale="en-US", viewport={"width": 400, "height": 800})
    me.go("/review")
    me.say_who("Ann")
    me.go("/review?year=2021&check=P-SUM")
    crop = me.page.get_by_role("img", name="The cell on page 3, enlarged")
    assert crop.is_visible()
    loaded = "() => [...document.querySelectorAll('svg image')].every(i => i.getBBox().width > 0)"
    assert me.page.evaluate(loaded)
    assert me.page.evaluate("document.documentElement.scrollWidth") <= 400
    named = me.page.evaluate(
        "() => [...document.querySelectorAll('button, input:not([type=hidden])')]"
        ".filter(e => !(e.textContent.trim() || e.labels?.length || e.ariaLabel)).length"
    )
    assert named == 0
    assert me.problems == []


def test_help_and_no_single_keys(served: tuple[Reviewed, str], chromium: Any) -> None:
    _, address = served
    me = Reviewer(chromium, address, locale="en-US")
    me.go("/review")
    me.say_who("Ann")
    me.page.keyboard.press("?")
    assert me.page.get_by_role("dialog").is_visible()
    cell = me.cell
    me.page.keyboard.press("n")
    me.page.keyboard.press("Space")
    me.page.keyboard.press("Escape")
    assert not me.page.get_by_role("dialog").is_visible()
    me.page.keyboard.press("n")
    me.page.wait_for_timeout(200)
    assert me.cell == cell
    me.page.get_by_role("button", name="Skip").click()
    me.page.wait_for_function(f"before => {STATE} !== before", arg=cell)
    assert me.problems == []
