"""The pages of the web application, as they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from explore.answers import without_limit
from explore.app import Served
from explore.errors import NotThere
from explore.filters import Filters
from explore.pages.agency import agency_page
from explore.pages.compare import compare_page
from explore.pages.figures import figures_page
from explore.pages.home import home_page
from explore.pages.report import report_page
from explore.pages.reports import reports_page
from explore.pages.search import search_page
from explore.reasons import reason_in_words
from explore.review.words import check_in_words
from explore.wording import words_in
from extract import read
from normalize import interpret
from normalize.forms import all_fields
from normalize.report import Body
from store.corrections import record_correction
from store.database import load_fields, open_database
from store.ledger import Kind
from store.save import save
from tests.explore_site import (
    BROKEN,
    FIXTURES,
    HOSTILE_AGENCY,
    IMAGE,
    PDF,
    Client,
    Ids,
    make_database,
    make_served,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Ids]]:
    file = tmp_path_factory.mktemp("explore") / "reports.db"
    ids = make_database(file)
    served = make_served(file)
    yield served, ids
    served.close()


@pytest.fixture(scope="module")
def client(made: tuple[Served, Ids]) -> Iterator[Client]:
    asking = Client(made[0])
    yield asking
    asking.close()


def test_the_first_page_counts_what_is_there(made: tuple[Served, Ids]) -> None:
    page = home_page(made[0].site.summaries.current())
    assert (page.counts.reports, page.counts.quarantined) == (5, 0)
    assert sum(row.counts.reports for row in page.years) == 5
    assert [row.year for row in page.years] == [2021, 2022, 2023]
    assert page.counts.flagged > 0 and page.counts.cells > 800


def test_the_list_goes_on_where_it_ended(
    made: tuple[Served, Ids], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explore.pages.reports.ON_A_PAGE", 2)
    site, seen, after = made[0].site, list[str](), ""
    while True:
        page = reports_page(site.database, site.summaries.current(), Filters(), after)
        seen += [row["report_id"] for row in page.rows]
        if not page.next_query:
            break
        after = page.next_query.rpartition("after=")[2]
    assert sorted(seen) == sorted(set(seen)) and len(seen) == 5


def test_facets_leave_their_own_choice_aside(made: tuple[Served, Ids]) -> None:
    site = made[0].site
    page = reports_page(site.database, site.summaries.current(), Filters(year="2023"), "")
    [years] = [facet for facet in page.facets if facet.name == "year"]
    assert [(v.value, v.count, v.is_chosen) for v in years.values] == [
        ("2021", 1, False),
        ("2022", 3, False),
        ("2023", 1, True),
    ]
    assert page.total == 1


def test_a_report_leads_from_its_cells_to_their_boxes(made: tuple[Served, Ids]) -> None:
    site, ids = made[0].site, made[1]
    page = report_page(site.database, site.sources, site.pictures, ids.pdf)
    placed = [cell for sheet in page.pages for cell in sheet.cells]
    shown = [cell for t in page.tables for cell in t.cells.values()]
    assert len(placed) == len([c for c in shown if c.has_box]) > 180
    assert [cell.number for cell in shown] == list(range(1, len(shown) + 1))
    for sheet in page.pages:
        for cell in sheet.cells:
            x0, top, x1, bottom = cell.observation.bbox or (0, 0, 0, 0)
            assert 0 <= x0 < x1 <= sheet.width and 0 <= top < bottom <= sheet.height
    assert [row["year"] for row in page.siblings] == [2022]


def test_failed_checks_show_both_sides(made: tuple[Served, Ids]) -> None:
    site, ids = made[0].site, made[1]
    page = report_page(site.database, site.sources, site.pictures, ids.broken)
    [failed] = [f for f in page.failed if (f.check.check, f.check.column) == ("Q-BAL", "total")]
    assert failed.equation is not None and failed.cell is not None
    left = [term.cell.value for term in failed.equation.left if term.cell]
    right = [term.cell.value for term in failed.equation.right if term.cell]
    assert sum(v for v in left if v is not None) == failed.check.expected == 1609
    assert sum(v for v in right if v is not None) == failed.check.actual == 1610


def test_quotes_are_marked_where_they_stand(made: tuple[Served, Ids]) -> None:
    site, ids = made[0].site, made[1]
    page = report_page(site.database, site.sources, site.pictures, ids.broken)
    marked = dict.fromkeys(range(1, len(page.statements) + 1), "")
    for section in page.sections:
        assert "".join(piece.text for piece in section.pieces) == section.section.text
        for piece in section.pieces:
            for number_ in piece.marks:
                marked[number_] += piece.text
    assert [marked[n] for n in marked] == [said.quote for said in page.statements]


def test_what_is_not_there_is_said(made: tuple[Served, Ids]) -> None:
    site = made[0].site
    with pytest.raises(NotThere):
        report_page(site.database, site.sources, site.pictures, "0" * 16)
    with pytest.raises(NotThere):
        agency_page(site.database, site.summaries.current(), "nobody")
    with pytest.raises(NotThere):
        compare_page(site.database, made[1].pdf, "nothing")


def test_words_of_two_characters_are_found(made: tuple[Served, Ids]) -> None:
    database = made[0].site.database
    page = search_page(database, "水务", None)
    assert {row["agency"] for row in page.agencies} >= {"栖霞岭县水务局"}
    page = search_page(database, "申请", None)
    assert len(page.texts) > 3 and page.seen == 1.0 and page.next_from is None
    assert all(any(p.marks and p.text == "申请" for p in hit.pieces) for hit in page.texts)
    assert search_page(database, "  ", None).words == ""
    assert search_page(database, "%", None).texts == ()


def test_two_reports_are_compared_cell_by_cell(made: tuple[Served, Ids]) -> None:
    site, ids = made[0].site, made[1]
    page = compare_page(site.database, ids.before, ids.pdf)
    [requests] = [t for t in page.tables if t.table == "requests"]
    pair = requests.pairs["received", "total"]
    assert (pair.difference, pair.is_equal) == (Decimal(-3), False)
    same = compare_page(site.database, ids.blanks, ids.blanks)
    assert [t.differing for t in same.tables] == [0] * len(same.tables)
    assert all(section.is_equal for section in same.sections)


def test_a_blank_is_not_equal_to_zero(made: tuple[Served, Ids]) -> None:
    site, ids = made[0].site, made[1]
    page = compare_page(site.database, ids.blanks, ids.pdf)
    pairs = [pair for t in page.tables for pair in t.pairs.values()]
    blank = [
        p
        for p in pairs
        if p.first and p.second and p.first.status == "blank" and p.second.value == 0
    ]
    assert blank and not any(p.is_equal or p.difference is not None for p in blank)


def test_charts_of_all_reports(made: tuple[Served, Ids]) -> None:
    summary = made[0].site.summaries.current()
    page = figures_page(
        made[0].site.database, summary, Filters(), "granted_share", 1, words_in("zh")
    )
    assert page.charts["requests"].categories == ("2021", "2022", "2023")
    outcomes = page.charts["outcomes"]
    for at in range(3):
        values = [series.values[at] for series in outcomes.series]
        assert sum(v for v in values if v is not None) == pytest.approx(1)
    few = figures_page(
        made[0].site.database, summary, Filters(), "granted_share", 100, words_in("en")
    )
    assert few.charts["regions"].categories == () and few.too_few == 1


def test_pages_answer_in_both_languages(client: Client, made: tuple[Served, Ids]) -> None:
    ids = made[1]
    agency = quote("-:栖霞岭县水务局", safe="")
    for path in (
        "/",
        "/reports",
        f"/reports/{ids.pdf}",
        f"/agencies/{agency}",
        f"/compare?a={ids.before}&b={ids.pdf}",
        "/charts?year=2022&rank=refused_share&least=1",
        "/search?q=申请",
        "/data",
        "/data/cells?_facet=year",
        "/data?sql=select+1",
    ):
        chinese = client.get(path, {"accept-language": "zh"})
        english = client.get(path, {"cookie": "gongkai_lang=en"})
        assert (chinese.status_code, english.status_code) == (200, 200), path
        assert '<html lang="zh-CN">' in chinese.text and '<html lang="en">' in english.text
    chosen = client.get("/?lang=en")
    assert "gongkai_lang=en" in chosen.headers["set-cookie"]


def test_answers_as_files(client: Client, made: tuple[Served, Ids]) -> None:
    sql = quote("SELECT agency, year FROM panel ORDER BY year, agency LIMIT 2")
    answer = client.get(f"/data.csv?sql={sql}")
    assert answer.headers["content-disposition"] == 'attachment; filename="rows.csv"'
    quoted = HOSTILE_AGENCY.replace('"', '""')
    assert answer.text == f'\ufeffagency,year\n青砚市人民政府,2021\n"{quoted}",2022\n'
    named = client.get("/data.csv?sql=select+:a+as+a&a=%E6%B0%B4")
    assert named.text == "\ufeffa\n水\n"
    assert client.get(f"/data.json?sql={sql}").json()["columns"] == ["agency", "year"]
    every = client.get("/data/cells").text
    link = re.search(r'href="(/data\.csv\?[^"]+)"', every)
    assert link is not None
    rows = client.get(link[1].replace("&amp;", "&")).text.splitlines()
    assert len(rows) > 800


def test_a_page_of_a_document_is_drawn(client: Client, made: tuple[Served, Ids]) -> None:
    answer = client.get(f"/reports/{made[1].pdf}/pages/2.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(f"/reports/{made[1].broken}/pages/1.png").status_code == 404


@pytest.mark.parametrize(
    ("sql", "without"),
    [
        ("select a from t limit 51", "select a from t"),
        ("select a from t where b = 'limit 5'", "select a from t where b = 'limit 5'"),
    ],
)
def test_the_limit_of_a_page_is_taken_off(sql: str, without: str) -> None:
    assert without_limit(sql) == without


def test_a_summary_is_made_anew_when_the_database_changes(tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    make_database(file)
    served = make_served(file, None)
    assert served.site.summaries.current().counted().reports == 5
    engine = open_database(f"sqlite:///{file}")
    save(engine, replace(interpret(read(FIXTURES / BROKEN, source="new")), sha256="cd" * 32))
    engine.dispose()
    served.site.summaries.current()
    served.site.summaries.stop()
    assert served.site.summaries.current().counted().reports == 6
    served.close()


def test_reasons_and_doubts_are_said_in_the_language_of_the_page(
    made: tuple[Served, Ids],
) -> None:
    rows = made[0].site.database.rows("SELECT reason FROM reports WHERE reason IS NOT NULL")
    reasons = {line for row in rows for line in row["reason"].splitlines()} - {IMAGE}
    assert len(reasons) > 2
    for reason in reasons:
        assert reason_in_words(reason, "en") == reason
        assert not reason_in_words(reason, "zh").isascii(), reason
    assert reason_in_words("2 cells flagged: found by camelot alone", "zh").startswith("2 个单元格")
    assert reason_in_words("some new reason", "zh") == "some new reason"


def test_failed_checks_say_what_they_demand(client: Client, made: tuple[Served, Ids]) -> None:
    page = client.get(f"/reports/{made[1].broken}").text
    assert f"Q-BAL</strong> {check_in_words('Q-BAL', 'zh')}" in page
    assert len(check_in_words("Q-BAL", "zh")) > 4


def test_two_agencies_are_compared(client: Client, made: tuple[Served, Ids]) -> None:
    ids = made[1]
    chosen = client.get(f"/compare?a={ids.pdf}&with={quote('青砚')}")
    assert f"/compare?a={ids.pdf}&amp;b={ids.broken}" in chosen.text
    assert client.get(f"/compare?a={ids.pdf}").status_code == 200
    assert client.get("/compare").status_code == 400


def test_a_superseded_report_leads_to_the_one_in_force(tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    ids = make_database(file)
    engine = open_database(f"sqlite:///{file}")
    newer = replace(interpret(read(FIXTURES / BROKEN, source=BROKEN)), sha256="cd" * 32)
    save(engine, newer)
    engine.dispose()
    served = make_served(file, None)
    client = Client(served)
    old = client.get(f"/reports/{ids.broken}").text
    assert "此版本已被取代" in old and f'href="/reports/{"cd" * 8}"' in old
    assert f"/compare?a={ids.broken}" in client.get(f"/reports/{'cd' * 8}").text
    client.close()
    served.close()


def test_corrected_values_keep_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    ids = make_database(file)
    engine = open_database(f"sqlite:///{file}")
    cell = ("2021", "requests", "received", "total")
    record_correction(engine, ids.broken, cell, Kind.VALUE, Decimal(7), who="Li", why="page 3")
    engine.dispose()
    served = make_served(file, None)
    client = Client(served)
    page = client.get(f"/reports/{ids.broken}").text
    assert "✎" in page and "原读 1,506" in page and "page 3" in page
    client.close()
    served.close()


def test_cities_are_ranked_within_a_province(made: tuple[Served, Ids], tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    engine = open_database(f"sqlite:///{file}")
    load_fields(engine, all_fields())
    sound = interpret(read(FIXTURES / PDF, source=PDF))
    for at, code in enumerate(("330106", "330110", "330203", None)):
        body = Body(f"{at}:水务局", code, "county", "department")
        save(engine, replace(sound, sha256=f"{at:02d}" * 32, source=str(at), body=body))
    engine.dispose()
    served = make_served(file, None)
    database, summary = served.site.database, served.site.summaries.current()
    every = figures_page(database, summary, Filters(), "received_mean", 1, words_in("zh"))
    assert set(every.charts["regions"].categories) == {"浙江省 (3)", "不详 (1)"}
    inner = Filters(province="33")
    cities = figures_page(database, summary, inner, "received_mean", 2, words_in("zh"))
    assert cities.charts["regions"].categories == ("杭州市 (2)",)
    assert (cities.charts["regions"].series[0].values, cities.too_few) == ((14.0,), 1)
    served.close()


def test_without_review_no_page_leads_to_it(client: Client) -> None:
    assert "/review" not in client.get("/").text
