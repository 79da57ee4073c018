"""Review over HTTP: what a reviewer does, and what everybody else tries."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from normalize.report import Status
from normalize.review import place_of
from store.corrections import record_correction
from store.database import open_database
from store.ledger import Kind
from tests.review_reports import Reviewed, copy_database, open_review
from tests.review_visitors import SAME, Browser, begin


@pytest.fixture
def database(tmp_path: Path) -> str:
    return copy_database(tmp_path)


@pytest.fixture
def reviewed(database: str) -> Iterator[Reviewed]:
    opened = open_review(database)
    yield opened
    opened.close()


@pytest.fixture
def browser(reviewed: Reviewed) -> Browser:
    """Somebody who has said who they are and looks at the first cell."""
    return begin(reviewed)


def _cell(browser: Browser, name: str) -> tuple[Decimal | None, Status, bool]:
    report_id, cell = name.split("/")
    report = browser.reviewed.served.site.database.report(report_id)
    [o] = [o for o in report.observations if ".".join(place_of(o)) == cell]
    return o.value, o.status, o.flagged


def _name(browser: Browser) -> str:
    return f"{browser.form()['report_id']}/{browser.form()['cell']}"


FIRST = "依申请公开： （四）无法提供 / 1.本机关不掌握相关政府信息 × ： 总计"


def test_the_first_cell(browser: Browser) -> None:
    assert browser.head() == FIRST
    text = browser.page.text
    for said in ("“10”", "采用建议 8", "未通过核对 Q-ROW：一行各列之和应等于总计", "李明"):
        assert said in text
    assert browser.page.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in browser.page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("decision", "typed", "kind", "value", "now"),
    [
        ("enter", "", Kind.AS_PRINTED, "10", ("10", Status.REPORTED, False)),
        ("suggestion", "", Kind.SUGGESTION, "8", ("8", Status.CORRECTED, False)),
        ("enter", "１2", Kind.VALUE, "12", ("12", Status.CORRECTED, True)),
        ("blank", "", Kind.VALUE, None, (None, Status.CORRECTED, False)),
    ],
)
def test_decisions(
    browser: Browser, decision: str, typed: str, kind: Kind, value: str | None, now: tuple[Any, ...]
) -> None:
    name = _name(browser)
    answer = browser.post("decide", decision=decision, value=typed)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="review-item" data-said="已记录')
    assert _name(browser) != name
    [entry] = browser.entries
    exact = None if value is None else Decimal(value)
    assert (entry.who, entry.why, entry.decision, entry.value) == (
        *("李明", "review: reading seen, no page"),
        *(kind, exact),
    )
    held, status, flagged = now
    found = _cell(browser, name)
    assert found[:2] == (None if held is None else Decimal(held), status)
    assert found[2] is flagged or decision == "blank"
    assert entry.original_value == 10


def test_skip_undo_and_the_end(browser: Browser) -> None:
    names = [_name(browser)]
    browser.post("skip")
    names.append(_name(browser))
    browser.post("decide", decision="enter", why="<script>alert(1)</script>")
    [decided] = browser.entries
    assert decided.why == "<script>alert(1)</script>"
    browser.post("undo")
    assert _name(browser) == names[1]
    assert "&lt;script&gt;alert(1)" in browser.shown
    assert "undone in review" in browser.shown
    assert [e.decision for e in browser.entries] == [Kind.AS_PRINTED, Kind.WITHDRAW]
    browser.post("undo")
    assert "没有可撤销" in browser.page.text
    for _ in range(60):
        if "review-decide" not in browser.page.text:
            break
        browser.post("skip")
    assert browser.head() == "没有待复核的数值了"
    browser.post("again")
    assert _name(browser) == names[0]
    page = browser.get(f"/reports/{names[1].partition('/')[0]}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_without_the_script_forms_lead_to_pages(browser: Browser) -> None:
    answer = browser.post("decide", SAME, decision="enter")
    assert answer.status_code == 303
    assert re.fullmatch(r"/review/cells/[0-9a-f]{16}/2021\.[a-z_.]+", answer.headers["location"])
    assert browser.get(answer.headers["location"]).status_code == 200
    assert len(browser.entries) == 1


def test_a_cell_that_changed_is_shown_again(browser: Browser) -> None:
    report_id, name = browser.form()["report_id"], browser.form()["cell"]
    form, table, row, column = name.split(".")
    engine = open_database(browser.reviewed.url)
    record_correction(
        engine, report_id, (form, table, row, column), Kind.VALUE, Decimal(9), who="王", why="p. 1"
    )
    engine.dispose()
    answer = browser.post("decide", decision="enter")
    assert "此格在显示之后已有变化" in answer.text
    assert _name(browser) == f"{report_id}/{name}"
    assert [e.who for e in browser.entries] == ["王"]


@pytest.mark.parametrize("state", ["", "r0-s0", "x" * 5000])
def test_a_state_that_was_never_shown(browser: Browser, state: str) -> None:
    assert "已有变化" in browser.post("decide", decision="enter", state=state).text
    assert browser.entries == ()


def test_only_what_is_wished_for(browser: Browser) -> None:
    browser.get("/review?year=2021&check=P-SUM")
    assert "镜沼县审计局 2021" in browser.page.text
    assert browser.form()["year"] == "2021"
    assert browser.get("/review?year=no").status_code == 400
    assert browser.get("/review?agency=%25").text.count("没有待复核的数值了") == 1


def test_the_page_and_the_cell_enlarged(browser: Browser) -> None:
    browser.get("/review?year=2021&lang=en")
    [crop] = re.findall(r'href="(/review/crop/[^"]+)"', browser.shown)
    [page] = re.findall(r'href="(/reports/[^"]+\.png)"', browser.shown)
    assert "The cell on page 3, enlarged" in browser.page.text
    for address in (crop, page):
        answer = browser.ask("GET", address)
        assert answer.headers["content-type"] == "image/png"
        assert answer.content[:4] == b"\x89PNG"
    browser.post("decide", decision="enter")
    assert browser.entries[0].why == "review: page 3 seen"


def test_the_next_cell_comes_along_with_the_present_one(browser: Browser) -> None:
    browser.get("/review?year=2021")
    for _ in range(3):
        ahead = re.findall(r'name="cell" value="([^"]+)"', browser.page.text)
        assert ahead[0] == browser.form()["cell"]
        browser.post("skip")
        assert browser.form()["cell"] == ahead[1]


def test_pages_lead_to_the_review_only_where_there_is_one(browser: Browser) -> None:
    assert '<a href="/review">人工复核</a>' in browser.get("/").text
