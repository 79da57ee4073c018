"""The pictures of the pages, drawn by the program: its web application, its pages, its charts.

They need Chromium, driven by Playwright, and the sample reports. Photographs of the screen differ
a little from machine to machine; so they are kept beside the pages, and made again by one command
when what they show has changed: `python -m handbook pictures`.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from PIL import Image

from handbook.proof_picture import draw_broken_cell
from handbook.samples import with_samples
from handbook.transcripts import Shell, Step

DRAWN_PAGE = "fixtures/reports/audit2021-pdf-cut-in-a-row/source.pdf --page 3"
REPORT = "SELECT report_id, agency_id FROM reports WHERE source LIKE 'water2023%'"
AGENCY = "栖霞岭县水务局"
DOUBTFUL = "county2022-rows-broken-sums/source.txt"
_COLOURS = 128
_SECONDS = 60
_BETWEEN_LOOKS = 0.2
"""Seconds between two trials of the address, while the program starts."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One photograph: where, what is done first, and how much of the page is taken."""

    name: str
    path: str
    keys: tuple[str, ...] = ()
    hover: str = ""
    height: int = 800


def draw_pictures(folder: Path) -> None:
    """Draw all pictures into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        place = with_samples(Path(scratch), Path("how-to/pictures.md"))
        shell = Shell(place)
        shell.run(Step(f"gongkai show {DRAWN_PAGE} --out page.png", ""))
        _keep(Image.open(place / "page.png"), folder / "show-page.png", width=1000)
        _run_examples(place / "gongkai.db", folder.parent / "examples")
        _draw_chart(place / "gongkai.db", folder / "granted.svg")
        draw_broken_cell(place / "gongkai.db", DOUBTFUL, folder / "broken-cell.svg")
        shell.run(Step(f"gongkai report-on {AGENCY} --out water.html --language en", ""))
        with _browser() as browser:
            _photograph_file(browser, place / "water.html", folder / "report-on.png")
            with _served(place) as address:
                report, agency = _ids(place / "gongkai.db")
                for shot in (
                    Shot("home", "/"),
                    Shot("report", f"/reports/{report}", hover="#cell-40", height=900),
                    Shot("agency", f"/agencies/{quote(agency)}"),
                    Shot("review", "/review"),
                ):
                    _photograph(browser, f"{address}{shot.path}", shot, folder)


def _run_examples(file: Path, folder: Path) -> None:
    """Run the example scripts, which write their pictures beside themselves."""
    for script in sorted(folder.glob("*.py")):
        run_path(str(script))["main"](str(file), folder)


def _ids(file: Path) -> tuple[str, str]:
    """Of the report that is shown, its own and its agency's."""
    import gongkai

    with gongkai.open(file) as db:
        [found] = db.query(REPORT).itertuples(index=False)
        return str(found.report_id), str(found.agency_id)


def _draw_chart(file: Path, out: Path) -> None:
    """The chart at the end of the tutorial, from the same frames."""
    import gongkai

    with gongkai.open(file) as db:
        panel = db.panel(year=range(2019, 2025))
        alike = panel[panel["requests_form"].isin(["2019", "2021"])]
        doubtful = alike["granted_flagged"].fillna(False) | alike["concluded_flagged"].fillna(False)
        rates = db.rates()
    rates = rates[rates["report_id"].isin(alike[~doubtful]["report_id"])]
    medians = rates.dropna(subset=["granted_share"]).groupby("year")[["granted_share"]].median()
    gongkai.chart(
        medians,
        "lines",
        "Median share of requests granted",
        labels={"granted_share": "granted"},
        as_share=True,
    ).save(out)


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Chromium's own sandbox does not work for root.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"] if is_root else [],
        )
        yield started
        started.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """`gongkai serve --review` on the samples; its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    words = ["serve", "--port", str(port), "--sources", "fixtures/reports", "--review"]
    program = "from pipeline.command import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words, "--who", "Li Ming"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            with suppress(OSError), urlopen(address, timeout=_SECONDS):
                break
            time.sleep(_BETWEEN_LOOKS)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=_SECONDS)


def _photograph(browser: Any, address: str, shot: Shot, folder: Path) -> None:
    size = {"width": 1300, "height": shot.height}
    context = browser.new_context(viewport=size, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    if shot.hover:
        page.hover(shot.hover)
    for key in shot.keys:
        page.keyboard.press(key)
    # Pictures of pages are fetched after the page itself.
    page.wait_for_load_state("networkidle")
    _keep(Image.open(io.BytesIO(page.screenshot())), folder / f"{shot.name}.png")
    context.close()


def _photograph_file(browser: Any, file: Path, out: Path) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 1000}, locale="en-GB")
    page = context.new_page()
    page.goto(file.as_uri())
    _keep(Image.open(io.BytesIO(page.screenshot())), out)
    context.close()


def _keep(picture: Image.Image, out: Path, width: int | None = None) -> None:
    """Write the picture with few colours, which is a quarter of its size."""
    small = picture.convert("RGB")
    if width is not None:
        small = small.resize((width, round(picture.height * width / picture.width)))
    small.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        out, optimize=True
    )
