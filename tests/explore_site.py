"""A small database with documents, and the web application on it, for its tests."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from explore.app import Served, Settings, settings_to_app
from extract import read
from normalize import interpret
from normalize.forms import all_fields
from normalize.report import Check, ExtraRow, Report, Section, Statement, Status
from store.database import load_fields, open_database
from store.save import save

FIXTURES = Path(__file__).parents[1] / "fixtures" / "reports"
PDF = "water2023-pdf-strokes/source.pdf"
YEAR_BEFORE = "water2022-tabs-sentence-against-table/source.txt"
BROKEN = "city2021-rows-repeated/source.txt"
BLANKS = "archives2022-lines-pipes/source.txt"
FILES = (PDF, YEAR_BEFORE, BROKEN, BLANKS)

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
HOSTILE_AGENCY = f"{SCRIPT}{IMAGE}市水务局"
HOSTILE_TEXT = (
    f"全年收到申请{SCRIPT}3件。{IMAGE}</textarea></svg></title>{{{{7*7}}}} javascript:alert(1)"
)


@dataclass(frozen=True)
class Ids:
    """The reports of the database."""

    pdf: str
    before: str
    broken: str
    blanks: str
    hostile: str


def make_database(file: Path) -> Ids:
    """A database of four samples and one report whose every text is hostile."""
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    reports = [interpret(read(FIXTURES / name, source=name)) for name in FILES]
    reports.append(make_hostile(reports[1]))
    for report in reports:
        save(engine, report)
    engine.dispose()
    return Ids(*(report.sha256[:16] for report in reports))


def make_hostile(sound: Report) -> Report:
    """The report with markup wherever a document can put text."""
    first = replace(
        sound.observations[0],
        raw=SCRIPT,
        value=None,
        status=Status.UNREADABLE,
        doubts=(IMAGE,),
        suggestion=Decimal(3),
        suggested_by=SCRIPT,
    )
    mark = replace(sound.observations[1], raw=IMAGE, value=None, status=Status.PLACEHOLDER)
    at = HOSTILE_TEXT.index("3件")
    return replace(
        sound,
        sha256="ab" * 32,
        source=f"../../{SCRIPT}{IMAGE}.html",
        agency=HOSTILE_AGENCY,
        title=f"{HOSTILE_AGENCY}2022年",
        year=2022,
        body=None,
        reasons=(IMAGE,),
        observations=(first, mark, *sound.observations[2:]),
        sections=(Section("overview", SCRIPT, HOSTILE_TEXT),),
        statements=(
            Statement("overview", SCRIPT, Decimal(3), IMAGE, "3件", section_position=1, offset=at),
        ),
        checks=(
            Check(SCRIPT, "2021", "requests", IMAGE, "total", Decimal(1), Decimal(2), passed=False),
        ),
        extras=(ExtraRow("requests", SCRIPT, (IMAGE,)),),
    )


def make_served(file: Path, sources: Path | None = FIXTURES, **changed: Any) -> Served:
    """The application, its documents known."""
    settings = Settings(f"sqlite:///{file}", sources, **changed)
    served = settings_to_app(settings)
    assert served.site.sources.wait(30)
    return served


class Client:
    """Asks an application for pages, one after the other, in one loop."""

    def __init__(self, served: Served) -> None:
        self._app = served.app
        self._runner = asyncio.Runner()

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> httpx.Response:
        return self._runner.run(self._ask(method, path, headers or {}))

    def close(self) -> None:
        self._runner.close()

    async def _ask(self, method: str, path: str, headers: Mapping[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers={**headers})


@contextmanager
def listening(served: Served) -> Iterator[str]:
    """The application on a free port of this machine; its address without a slash."""
    own = socket.socket()
    own.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served.app, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [own]}, daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{own.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        own.close()
