"""The web application in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.system_packages import NEEDS, find

pytest.importorskip("datasette", reason="the extra 'web' is not installed")
pytest.importorskip("playwright", reason="Playwright is not installed")

from playwright.sync_api import Browser, Page, sync_playwright

from tests.explore_site import Ids, listening, make_database, make_served

CHROMIUM = find(next(need for need in NEEDS if need.name == "Chromium"))
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: python3 tests/system_packages.py"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Ids]]:
    file = tmp_path_factory.mktemp("explore") / "reports.db"
    ids = make_database(file)
    served = make_served(file)
    with listening(served) as address:
        yield address, ids
    served.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Chromium's own sandbox does not work for root.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if is_root else []
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: tuple[str, Ids]) -> Iterator[Page]:
    """A page of a browser in Chinese; anything it complains of fails the test."""
    context = browser.new_context(
        viewport={"width": 1300, "height": 850}, locale="zh-CN", base_url=site[0]
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type == "error" else None
    )
    opened.on("dialog", lambda dialog: (complaints.append("a dialog"), dialog.dismiss()))
    elsewhere: list[str] = []
    opened.on(
        "request",
        lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(site[0]) else None,
    )
    yield opened
    context.close()
    assert complaints == [] and elsewhere == []


def lit(page: Page) -> list[Any]:
    """The number of the lit value, and of the lit box."""
    found: list[Any] = page.evaluate(
        """() => ["td.lit", "svg a.lit"].map(
            (which) => [...document.querySelectorAll(which)].map((e) => e.dataset.cell))"""
    )
    return found


def test_the_first_page_leads_to_an_agency_and_a_report(page: Page) -> None:
    page.goto("/")
    assert page.inner_text("h1") == "数据概览"
    assert "5" in page.inner_text(".tiles li:first-child")
    page.fill("#find", "水务")
    page.press("#find", "Enter")
    page.click("text=栖霞岭县水务局 >> nth=0")
    assert page.inner_text("h1") == "栖霞岭县水务局"
    assert page.locator("figure.chart svg").count() == 3
    page.click("table.figures tbody tr:last-child th a")
    assert page.inner_text("h1") == "栖霞岭县水务局 2023"


def test_a_value_lights_its_box_and_a_box_its_value(page: Page, site: tuple[str, Ids]) -> None:
    page.goto(f"/reports/{site[1].pdf}")
    page.wait_for_function("() => document.querySelector('.sheet img').naturalWidth > 600")
    page.hover("#cell-40")
    assert lit(page) == [["40"], ["40"]]
    assert "原文印" in page.inner_text("#said")
    inside = page.evaluate(
        """() => { const pane = document.getElementById("paper").getBoundingClientRect();
        const box = document.getElementById("box-40").getBoundingClientRect();
        return box.top >= pane.top && box.bottom <= pane.bottom; }"""
    )
    assert inside
    page.hover("#box-60", force=True)
    assert lit(page) == [["60"], ["60"]]
    assert page.locator("#cell-60").evaluate(
        "e => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().top > 0"
    )


def test_the_keyboard_is_enough(page: Page, site: tuple[str, Ids]) -> None:
    page.goto(f"/reports/{site[1].pdf}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "cell-1":
            break
    assert lit(page) == [["1"], ["1"]]
    page.keyboard.press("ArrowRight")
    assert lit(page) == [["2"], ["2"]]
    page.keyboard.press("ArrowDown")
    assert lit(page) == [["5"], ["5"]]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "box-5"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cell-5"


def test_a_flag_leads_to_its_cell(page: Page, site: tuple[str, Ids]) -> None:
    page.goto(f"/reports/{site[1].broken}")
    page.click("#checks a[data-cell] >> nth=0")
    assert page.evaluate("document.activeElement.id").startswith("cell-")
    assert page.locator("td.flagged").count() > 0
    assert page.inner_text("td.flagged >> nth=0").strip().endswith("存疑")


def test_hostile_texts_do_nothing(page: Page, site: tuple[str, Ids]) -> None:
    ids = site[1]
    for path in (f"/reports/{ids.hostile}", f"/compare?a={ids.hostile}&b={ids.before}", "/reports"):
        page.goto(path)
        assert "<script>alert(1)</script>" in page.inner_text("main")
        assert page.locator("main script, main img:not(.sheet img)").count() == 0


def test_statements_in_sql(page: Page) -> None:
    page.goto("/data")
    page.fill("#sql", "SELECT agency, received, report_id FROM panel WHERE year = 2023")
    page.click("button:has-text('运行')")
    assert page.inner_text("tbody tr td >> nth=0") == "栖霞岭县水务局"
    page.click("tbody a")
    assert page.url.rpartition("/")[0].endswith("/reports")


def test_a_wrong_statement_is_explained(browser: Browser, site: tuple[str, Ids]) -> None:
    page = browser.new_page(base_url=site[0])
    page.goto("/data?sql=delete+from+reports")
    assert "SELECT" in page.inner_text("[role=alert], .notice")
    page.close()


def test_two_years_are_compared(page: Page, site: tuple[str, Ids]) -> None:
    page.goto(f"/compare?a={site[1].before}&b={site[1].pdf}")
    assert "▼" in page.inner_text("td.differs >> nth=0") or "▲" in page.inner_text("main")
    assert page.locator("ins").count() > 0 and page.locator("del").count() > 0


def test_a_chart_is_taken_away_as_a_picture(page: Page) -> None:
    page.goto("/charts?least=1")
    for name in ("map", "outcomes"):
        with page.expect_download() as begun:
            page.click(f"#chart-{name} button.png")
        file = begun.value.path()
        assert begun.value.suggested_filename == f"{name}.png"
        head = file.read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(head[16:20]) == 2 * 720


def test_the_map_is_walked_by_keyboard(page: Page) -> None:
    page.goto("/charts?least=1&year=2023")
    squares = page.locator("#chart-map svg a")
    assert squares.count() == 34
    squares.first.focus()
    page.keyboard.press("Tab")
    at = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert at.startswith("内蒙古")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports?year=2023&province=15")


def test_the_language_is_switched_and_kept(page: Page) -> None:
    page.goto("/charts")
    assert page.inner_text("h1").startswith("图表")
    page.click(".language")
    assert page.inner_text("h1").startswith("Charts")
    page.goto("/reports")
    assert page.inner_text("h1").startswith("Reports")
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    "path", ["/", "/reports", "/reports/{pdf}", "/charts", "/data", "/compare"]
)
def test_narrow_screens_need_no_sideways_scrolling(
    browser: Browser, site: tuple[str, Ids], path: str
) -> None:
    address, ids = site
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=address)
    page = context.new_page()
    page.goto(path.format(pdf=ids.pdf) + (f"?a={ids.before}&b={ids.pdf}" if "comp" in path else ""))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if "pdf" in path:
        page.focus("#cell-40")
        assert lit(page) == [["40"], ["40"]]
        assert page.locator("#box-40").evaluate(
            "e => e.getBoundingClientRect().bottom < innerHeight"
        )
    context.close()


def test_everything_that_is_asked_for_has_a_name(page: Page, site: tuple[str, Ids]) -> None:
    ids = site[1]
    for path in ("/", "/reports", f"/reports/{ids.pdf}", "/charts", "/data", "/data/cells"):
        page.goto(path)
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea, a[href], button")]
            .filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim() || e.querySelector("title")))
            .map((e) => e.outerHTML.slice(0, 80))"""
        )
        assert nameless == [], path


def test_words_stand_out_from_their_ground(page: Page, site: tuple[str, Ids]) -> None:
    """Contrast of 4.5 or more, as WCAG asks for."""
    for path in ("/", f"/reports/{site[1].broken}", f"/compare?a={site[1].before}&b={site[1].pdf}"):
        page.goto(path)
        assert page.evaluate(_FAINT) == [], path


_FAINT = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  for (const e of document.querySelectorAll("body *:not(svg *)")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility()) continue;
    const [one, two] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (contrast < 4.5) faint.add(`${e.className || e.tagName} ${contrast.toFixed(2)}`);
  }
  return [...faint];
}"""
