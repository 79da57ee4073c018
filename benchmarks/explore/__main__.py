"""How long the web application takes for each of its pages on a database of many reports.

    python -m benchmarks.explore --reports 100000
    python -m benchmarks.explore --db sqlite:///gongkai.db --sources fixtures/reports

The reports are those of `benchmarks.questions`, with sections of random text, in a database that
is thrown away; 100,000 of them need 4 GB of disk for some minutes. Times are of the server alone:
the application is asked without a network between. Pictures are of a sample with pages.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httpx

from benchmarks.explore.filling import add_pictured_report, fill_with_sections
from explore.app import Served, Settings, settings_to_app

GOAL_MS, PICTURE_GOAL_MS = 300.0, 150.0
_REPEATS = 5
_HEAD = """# Speed of the web application

Written by `python -m benchmarks.explore --reports N --out FILE`. Times are of the server alone, \
without a network; pictures are drawn anew each time, by a process of their own.
"""
_SAMPLES = Path(__file__).parents[2] / "fixtures" / "reports"


@dataclass(frozen=True, slots=True)
class Timed:
    """One address: milliseconds when it was asked first, and those of asking again.

    `busy` are the least milliseconds that the server's own process was at work on it: on a machine
    that does other things meanwhile they say more than those that went by.
    """

    name: str
    status: int
    size: int
    first: float
    again: tuple[float, ...]
    busy: float
    goal: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.explore")
    parser.add_argument("--reports", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", metavar="URL", help="time the pages of a database that is there")
    parser.add_argument("--sources", type=Path, default=_SAMPLES, metavar="DIR")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the results as a page")
    given = parser.parse_args()
    if given.db:
        found = _measure(given.db, given.sources)
    else:
        with TemporaryDirectory(prefix="gongkai-explore-") as folder:
            file = Path(folder, "reports.db")
            fill_with_sections(file, given.reports, given.seed)
            add_pictured_report(file, given.sources)
            found = _measure(f"sqlite:///{file}", given.sources)
    print(found)
    if given.out:
        given.out.write_text(f"{_HEAD}\n{found}\n", encoding="utf-8")


def _measure(url: str, sources: Path) -> str:
    begin = time.perf_counter()
    served = settings_to_app(Settings(url, sources))
    started = time.perf_counter() - begin
    served.site.sources.wait(600)
    before = _peak_megabytes()
    timed = asyncio.run(time_pages(served, addresses(served)))
    after = _peak_megabytes()
    served.close()
    reports = served.site.summaries.current().counted().reports
    return _to_text(timed, reports, started, before, after)


def addresses(served: Served) -> dict[str, str]:
    """An address of every kind of page by its name, about reports that are there."""
    database = served.site.database
    [one] = database.rows(
        "SELECT report_id, coalesce(agency_id, agency) AS agency, year, agency AS name "
        "FROM reports WHERE agency IS NOT NULL AND superseded_by IS NULL "
        "AND status <> 'quarantined' ORDER BY report_id LIMIT 1"
    )
    other = database.rows(
        "SELECT report_id FROM reports WHERE coalesce(agency_id, agency) = :agency "
        "AND report_id <> :report_id LIMIT 1",
        {"agency": one["agency"], "report_id": one["report_id"]},
    )
    second = (other or [one])[0]["report_id"]
    agency, report, year = quote(one["agency"], safe=""), one["report_id"], one["year"]
    named = {
        "home": "/",
        "list of reports": "/reports",
        "list, year and level": f"/reports?year={year}&level=county",
        "list, words that are nowhere": "/reports?words=%E6%97%A0%E5%A4%84",
        "report": f"/reports/{report}",
        "agency": f"/agencies/{agency}",
        "agency, chart": f"/agencies/{agency}/charts/outcomes.svg",
        "compare": f"/compare?a={report}&b={second}",
        "charts": "/charts",
        "charts, filtered": f"/charts?year={year}&level=county&rank=refused_share",
        "search, agency": f"/search?q={quote(one['name'][:3])}",
        "search, frequent word": f"/search?q={quote('公开')}",
        "search, word that is nowhere": f"/search?q={quote('无处')}",
        "data": "/data",
        "view panel": f"/data/panel?year={year}",
        "view rates": "/data/rates",
        "view requests": "/data/requests",
        "view cells, counted by year": "/data/cells?_facet=year",
        "view failed_checks": "/data/failed_checks",
        "view coverage": "/data/coverage",
        "SQL": f"/data?sql=SELECT+agency,received+FROM+panel+WHERE+year={year}"
        "+ORDER+BY+received+DESC+LIMIT+20",
    }
    pictured = [
        row
        for row in database.rows("SELECT report_id, sha256 FROM reports WHERE pages IS NOT NULL")
        if row["sha256"] in served.site.sources
    ]
    if pictured:
        named["report with pages"] = f"/reports/{pictured[0]['report_id']}"
        named["picture of a page"] = f"/reports/{pictured[0]['report_id']}/pages/2.png"
    return named


async def time_pages(served: Served, named: dict[str, str]) -> list[Timed]:
    """Ask for every address some times; pictures are drawn anew each time."""
    transport = httpx.ASGITransport(app=served.app)
    timed = []
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", timeout=120
    ) as client:
        await client.get("/-/gongkai/site.css")
        for name, address in named.items():
            is_picture = address.endswith(".png")
            times: list[float] = []
            busy: list[float] = []
            for _ in range(_REPEATS):
                if is_picture:
                    served.site.pictures.forget()
                begin, worked = time.perf_counter(), time.process_time()
                answer = await client.get(address)
                times.append((time.perf_counter() - begin) * 1000)
                busy.append((time.process_time() - worked) * 1000)
            goal = PICTURE_GOAL_MS if is_picture else GOAL_MS
            size, again = len(answer.content), tuple(times[1:])
            timed.append(Timed(name, answer.status_code, size, times[0], again, min(busy), goal))
    return timed


def _to_text(
    timed: Sequence[Timed], reports: int, started: float, before: float, after: float
) -> str:
    lines = [
        f"{reports:,} reports, {os.cpu_count()} processors; started in {started:.1f} s; "
        f"memory at most {before:.0f} MB before and {after:.0f} MB after the pages",
        "",
        "| page | ms, asked first | ms, asked again (median) | of these busy | KB | goal |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for page in timed:
        again = median(page.again)
        met = "met" if again <= page.goal and page.status == 200 else f"MISSED ({page.status})"
        lines.append(
            f"| {page.name} | {page.first:.0f} | {again:.0f} | {page.busy:.0f} "
            f"| {page.size / 1024:.0f} | {page.goal:.0f}, {met} |"
        )
    return "\n".join(lines)


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
