"""The nouns behind the pages: forms laid out, equations, texts, sums, charts, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from explore.answers import without_limit
from explore.app import Served
from explore.charts import Chart, Series, chart_to_svg
from explore.context import number, share
from explore.equations import check_to_equation
from explore.errors import BadAddress, NotThere
from explore.filters import Filters, text_to_filters
from explore.grids import Label, table_to_grids
from explore.pages.agency import agency_page
from explore.pages.compare import compare_page
from explore.pages.figures import RANKED, figures_page
from explore.pages.home import home_page
from explore.pages.report import report_page
from explore.pages.reports import reports_page
from explore.pages.search import search_page
from explore.reasons import reason_in_words
from explore.review.words import check_in_words
from explore.routes import chart_to_csv
from explore.summary import values_to_spread
from explore.sums import GROUNDS, OUTCOMES, SUMMED, Sum
from explore.texts import Change, Piece, compare_texts, find_words, mark_spans
from explore.wording import LANGUAGES, choose_language, phrases, words_in
from extract import read
from normalize import interpret
from normalize.forms import FormTable, all_fields, tables_named
from normalize.report import Body, Check
from store.corrections import record_correction
from store.database import load_fields, open_database
from store.ledger import Kind
from store.measures import all_measures
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

ROOT = Path(__file__).parents[1] / "explore"


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


def table(form: str, name: str) -> FormTable:
    [found] = [t for t in tables_named(name) if t.form == form]
    return found


def test_requests_are_laid_out_as_printed() -> None:
    [grid] = table_to_grids(table("2021", "requests"), lambda _: True)
    assert grid.stub == 3
    assert grid.heads == (
        (Label("自然人", 2, 1), Label("法人或其他组织", 1, 5), Label("总计", 2, 1)),
        tuple(
            Label(text, 1, 1)
            for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
        ),
    )
    widths = {
        sum(label.columns for label in line.labels if label.columns > 1) for line in grid.lines
    }
    assert widths == {0, 2, 3}
    assert grid.lines[0].labels == (Label("一、本年新收政府信息公开申请数量", 1, 3),)
    assert grid.lines[2].labels == (
        Label("三、本年度办理结果", 26, 1),
        Label("（一）予以公开", 1, 2),
    )
    assert len(grid.lines[0].keys) == 7


def test_every_grid_is_a_rectangle() -> None:
    for name in ("requests", "proactive", "proceedings", "statistics"):
        for declared in tables_named(name):
            for grid in table_to_grids(declared, lambda _: True):
                left = [0] * len(grid.lines)
                for at, line in enumerate(grid.lines):
                    for label in line.labels:
                        for row in range(at, at + label.rows):
                            left[row] += label.columns
                assert set(left) == {grid.stub}, (declared.form, name)
                across = [0] * len(grid.heads)
                for at, heads in enumerate(grid.heads):
                    for head in heads:
                        for row in range(at, at + head.rows):
                            across[row] += head.columns
                assert set(across) == {len(grid.lines[0].keys)}, (declared.form, name)


def test_proceedings_stand_side_by_side() -> None:
    [grid] = table_to_grids(table("2021", "proceedings"), lambda _: True)
    assert grid.heads[0] == (Label("行政复议", 2, 5), Label("行政诉讼", 1, 10))
    assert grid.heads[1] == (Label("未经复议直接起诉", 1, 5), Label("复议后起诉", 1, 5))
    assert len(grid.lines) == 1 and len(grid.lines[0].keys) == 15


def test_rows_of_which_no_cell_is_there_are_left_out() -> None:
    [grid] = table_to_grids(table("2021", "requests"), lambda key: key[0] == "received")
    assert [line.keys[0][0] for line in grid.lines] == ["received"]


@pytest.mark.parametrize(
    ("check", "row", "column", "left", "sign", "right"),
    [
        (
            "Q-BAL",
            "concluded",
            "total",
            ["received", "carried_over"],
            "=",
            ["concluded", "carried_forward"],
        ),
        ("Q-SUB", "refused", "total", ["refused_state_secret"], "=", ["refused"]),
        ("Q-LE1", "granted", "business", ["business"], "≤", ["total"]),
        ("Q-ROW", "granted", "total", ["natural_person"], "=", ["total"]),
    ],
)
def test_a_check_is_written_out(
    check: str, row: str, column: str, left: list[str], sign: str, right: list[str]
) -> None:
    broken = Check(check, "2021", "requests", row, column, Decimal(1), Decimal(2), passed=False)
    equation = check_to_equation(broken, {})
    assert equation is not None
    place = 1 if check in ("Q-ROW", "Q-LE1") else 0
    assert [term.key[place] for term in equation.left][: len(left)] == left
    assert [term.key[place] for term in equation.right] == right
    assert equation.sign == sign


def test_a_check_that_compares_no_sums_has_no_equation() -> None:
    other = Check("N-RECV", "2021", "requests", "received", "total", None, None, passed=False)
    assert check_to_equation(other, {}) is None


def test_spans_may_overlap() -> None:
    assert mark_spans("abcdef", [(1, 4, 1), (3, 5, 2)]) == (
        Piece("a"),
        Piece("bc", (1,)),
        Piece("d", (1, 2)),
        Piece("e", (2,)),
        Piece("f"),
    )
    assert mark_spans("ab", [(1, 99, 1)]) == (Piece("a"), Piece("b", (1,)))


def test_found_words_are_shown_with_what_stands_around_them() -> None:
    assert find_words("一二三四五六七", "四五", 1) == (
        Piece("…"),
        Piece("三"),
        Piece("四五", (1,)),
        Piece("六"),
        Piece("…"),
    )


def test_a_changed_sentence_is_compared_letter_by_letter() -> None:
    assert compare_texts("甲。收到申请310件。", "甲。收到申请12件。") == (
        Change("same", "甲。"),
        Change("same", "收到申请"),
        Change("gone", "310"),
        Change("new", "12"),
        Change("same", "件。"),
    )


def test_a_lone_letter_between_changes_is_no_landmark() -> None:
    assert compare_texts("全年受理甲乙公丙丁申请。", "全年受理戊己公庚辛申请。") == (
        Change("same", "全年受理"),
        Change("gone", "甲乙公丙丁"),
        Change("new", "戊己公庚辛"),
        Change("same", "申请。"),
    )


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("", ""),
        ("甲。乙", "丙"),
        ("同。", "同。"),
        ("", "新"),
        ("收到申请甲乙1件，2人", "收到乙申请12件，3人"),
    ],
)
def test_both_texts_can_be_had_back_from_their_comparison(one: str, two: str) -> None:
    changes = compare_texts(one, two)
    assert "".join(c.text for c in changes if c.kind != "new") == one
    assert "".join(c.text for c in changes if c.kind != "gone") == two


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0"),
        (Decimal("1234567"), "1,234,567"),
        (Decimal("0.50"), "0.5"),
        (Decimal("1E+3"), "1,000"),
        (12.5, "12.5"),
        (-3, "-3"),
    ],
)
def test_numbers_are_plain(value: Decimal | float | None, shown: str) -> None:
    assert number(value) == shown


def test_a_share_of_nothing_is_no_number() -> None:
    assert (share(1, 0), share(None, 4), share(0, 4)) == ("–", "–", "0.0%")


def test_blanks_are_no_zeros_in_charts() -> None:
    chart = Chart("lines", "t", "", ("2021", "2022", "2023"), (Series("s", (1.0, None, 3.0)),))
    svg = ElementTree.fromstring(chart_to_svg(chart))
    names = [element.tag.rpartition("}")[2] for element in svg.iter()]
    assert names.count("circle") == 3  # two points and the legend's
    assert chart_to_csv(chart) == "\ufeff,s\n2021,1.0\n2022,\n2023,3.0\n"


def test_charts_escape_what_they_say() -> None:
    label = '<script>"&'
    for kind in ("lines", "stack", "bars"):
        svg = chart_to_svg(Chart(kind, label, label, (label,), (Series(label, (1.0,)),), label))
        ElementTree.fromstring(svg)
        assert "<script" not in svg


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "language"),
    [
        ("en", "zh", "zh-CN", "en"),
        (None, "en", "zh-CN", "en"),
        (None, None, "en-US,en;q=0.9", "en"),
        (None, None, "fr,en;q=0.5", "en"),
        ("xx", "yy", None, "zh"),
    ],
)
def test_the_language_is_chosen(
    query: str | None, cookie: str | None, accepted: str | None, language: str
) -> None:
    assert choose_language(query, cookie, accepted) == language


def test_every_phrase_is_there_in_both_languages() -> None:
    for key, said in phrases().items():
        assert set(said) == set(LANGUAGES), key
        parts = [set(re.findall(r"\{(\w+)\}", text)) for text in said.values()]
        assert parts[0] == parts[1], key
    used = set[str]()
    for file in _files_with_words():
        used |= set(
            re.findall(r"\b(?:say|words)\(\s*['\"]([\w.]+)['\"][,)]", file.read_text("utf-8"))
        )
    assert len(used) > 100
    assert used - set(phrases()) == set()
    assert {f"rank.{name}" for name in RANKED} <= set(phrases())


def _files_with_words() -> Iterator[Path]:
    """The pages but those of review, which have words of their own."""
    for file in (*ROOT.rglob("*.html"), *ROOT.rglob("*.py")):
        if not any(part.startswith("review") for part in file.relative_to(ROOT).parts):
            yield file


def test_summed_measures_are_those_of_the_panel() -> None:
    named = {measure.name for measure in all_measures()}
    assert {*SUMMED, *OUTCOMES, *GROUNDS} <= named


def test_sums_count_what_was_printed_and_what_was_not() -> None:
    assert Sum(3, 1, 0, 1) + Sum(4, 1, 2, 0) == Sum(7, 2, 2, 1)
    spread = values_to_spread([1, 2, 3, 4, 100])
    assert (spread.count, spread.lower, spread.median, spread.upper) == (5, 2, 3, 4)


def test_filters_are_refused_when_they_mean_nothing() -> None:
    with pytest.raises(BadAddress, match="no year"):
        text_to_filters({"year": "20x2"})
    filters = text_to_filters({"year": "2022", "level": "unknown", "other": "x"})
    assert filters == Filters(year="2022", level="unknown")
    assert filters.takes((2022, None, "department", "11"))
    assert not filters.takes((2022, "county", None, None))
    assert filters.changed(level="", kind="a b") == "year=2022&kind=a+b"


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
