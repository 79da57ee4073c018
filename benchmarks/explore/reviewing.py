"""How long review takes from a decision to the next cell, on a database of many reports.

    python -m benchmarks.explore.reviewing --reports 100000
    python -m benchmarks.explore.reviewing --db sqlite:///copy.db --browser /usr/bin/chromium

Decisions are written: give a copy. The script of the page shows the next cell at once, for it came
along with this one, and the server's answer confirms it; a key that is pressed meanwhile waits for
that. `--browser` measures both in a browser that is driven by Playwright; without it only the
answers are measured.
"""

from __future__ import annotations

import argparse
import re
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx
import uvicorn

from benchmarks.explore.filling import add_pictured_report, fill_with_sections
from explore.app import Settings, settings_to_app
from explore.review.attached import attach_review

GOAL_MS = 100.0
_DECISIONS = 40
_WHO = "benchmark"
_SAMPLES = Path(__file__).parents[2] / "fixtures" / "reports"
_FIELD = re.compile(r'name="(token|report_id|cell|state|seen)" value="([^"]*)"')
_PAUSE_MS = 500
"""Between two decisions in the browser, as somebody looks at a cell."""

_PRESS = """async () => {
  const item = () => document.getElementById("review-item");
  const cell = () => [...item().querySelectorAll("[name=report_id], [name=cell]")]
    .slice(0, 2).map((field) => field.value).join("/");
  const before = cell(), begin = performance.now();
  let shown = null;
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  while (performance.now() - begin < 10000) {
    if (shown === null && cell() !== before) shown = performance.now() - begin;
    if (shown !== null && item().getAttribute("aria-busy") !== "true") break;
    await new Promise((next) => setTimeout(next, 1));
  }
  return [shown, performance.now() - begin];
}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explore.reviewing")
    parser.add_argument("--reports", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", metavar="URL", help="a copy of a database, to decide in")
    parser.add_argument("--sources", type=Path, default=_SAMPLES, metavar="DIR")
    parser.add_argument("--decisions", type=int, default=_DECISIONS, metavar="N")
    parser.add_argument("--browser", type=Path, metavar="FILE", help="the program of Chromium")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="gongkai-review-") as folder:
        url = given.db
        if url is None:
            file = Path(folder, "reports.db")
            fill_with_sections(file, given.reports, given.seed)
            add_pictured_report(file, given.sources)
            url = f"sqlite:///{file}"
        print(_measure(url, given.sources, given.decisions, given.browser))


def _measure(url: str, sources: Path, decisions: int, browser: Path | None) -> str:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        [[reports]] = connection.execute("SELECT count(*) FROM reports")
    lines = [
        f"{reports:,} reports",
        "",
        "| ms | median | 95 % | most | goal |",
        "|---|---|---|---|---|",
    ]
    with _serving(url, sources) as address:
        lines.append(_to_line("answer to a decision", answers(address, decisions)))
        if browser is not None:
            shown, settled = in_browser(address, decisions, browser)
            lines.append(_to_line("key to the next cell shown, in a browser", shown))
            lines.append(_to_line("key to the next cell confirmed, in a browser", settled))
    return "\n".join(lines)


@contextmanager
def _serving(url: str, sources: Path) -> Iterator[str]:
    """The application with review on a free port, as `gongkai serve --review` has it."""
    settings = Settings(url, sources)
    served = settings_to_app(settings)
    served.site.sources.wait(600)
    reviewed = attach_review(served, settings, _WHO)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(reviewed.app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        reviewed.close()


def answers(address: str, decisions: int) -> list[float]:
    """Milliseconds of each answer to what the page's script sends: accepted as printed."""
    times = []
    with httpx.Client(base_url=address, timeout=120) as client:
        page = client.get("/review").text
        for _ in range(decisions):
            form = dict(_FIELD.findall(page.partition("<template")[0]))
            if "cell" not in form:
                break
            begin = time.perf_counter()
            answer = client.post(
                "/review/decide",
                data={**form, "decision": "enter"},
                headers={"x-gongkai-review": "1", "origin": address},
            )
            times.append((time.perf_counter() - begin) * 1000)
            page = answer.raise_for_status().text
    return times


def in_browser(address: str, decisions: int, browser: Path) -> tuple[list[float], list[float]]:
    """Milliseconds from the key to the next cell, and to the answer that confirms it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program = driver.chromium.launch(executable_path=str(browser), args=["--no-sandbox"])
        page = program.new_page()
        page.goto(f"{address}/review")
        page.wait_for_load_state("networkidle")
        both = []
        for _ in range(decisions):
            both.append(page.evaluate(_PRESS))
            page.wait_for_timeout(_PAUSE_MS)
        program.close()
    return [shown for shown, _ in both if shown is not None], [settled for _, settled in both]


def _to_line(name: str, times: Sequence[float]) -> str:
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    met = "met" if median(ordered) <= GOAL_MS else "MISSED"
    return (
        f"| {name} | {median(ordered):.0f} | {late:.0f} | {ordered[-1]:.0f} "
        f"| {GOAL_MS:.0f}, {met} |"
    )


if __name__ == "__main__":
    main()
