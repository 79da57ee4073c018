"""An agency's year held against another, as a page."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from dossier.content import Dossier, Pair, read_dossier
from dossier.errors import DossierError
from dossier.find import Found, choose_years, find_agency
from dossier.numbers import cell_to_html, change_to_text, pair_to_html, value_to_text
from dossier.page import dossier_to_html
from dossier.parts import KEY_FIGURES, cell_to_label
from dossier.words import words_in
from normalize.report import Status
from store.database import open_readonly
from store.measures import all_measures
from store.save import save
from tests.panel_reports import observe
from tests.sample_database import COUNTY, WATER, changed_copy, sample_reports, sample_url

ZH, EN = words_in("zh"), words_in("en")


@pytest.fixture(scope="module")
def engine():
    engine = open_readonly(sample_url())
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def water(engine) -> Dossier:
    found = find_agency(engine, WATER)
    return read_dossier(engine, found, choose_years(found, None, None))


def page(dossier: Dossier, words=ZH):
    return html.fromstring(dossier_to_html(dossier, words).encode())


def table_after(tree, heading: str) -> list[list[str]]:
    """The texts of the first table under a heading, head first."""
    [table] = tree.xpath(f"//h2[text()='{heading}']/following-sibling::table[1]")
    return [[cell.text_content() for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize("wanted", [WATER, f"-:{WATER}", "水务", f" {WATER} "])
def test_an_agency_is_found_by_name_id_or_words(engine, wanted: str) -> None:
    found = find_agency(engine, wanted)
    assert (found.name, found.years) == (WATER, (2012, 2022, 2024))


MISSED = [
    ("没有", "no agency is called '没有'"),
    ("", "no agency is called ''"),
    ("栖霞岭", f"2 agencies are called so: {COUNTY}"),
]


@pytest.mark.parametrize(("wanted", "said"), MISSED)
def test_none_or_several_are_said(engine, wanted: str, said: str) -> None:
    with pytest.raises(DossierError, match=re.escape(said)):
        find_agency(engine, wanted)


YEARS = [
    (None, None, (2022, 2024)),
    (2022, None, (2012, 2022)),
    (None, 2012, (2012, 2024)),
    (2012, None, (2024, 2012)),
    (2012, 2022, (2022, 2012)),
    (None, 2024, (2024, 2022)),
]


@pytest.mark.parametrize(("year", "against", "chosen"), YEARS)
def test_the_years_that_are_compared(engine, year, against, chosen: tuple[int, int]) -> None:
    assert choose_years(find_agency(engine, WATER), year, against) == chosen


def test_a_year_that_is_not_there_or_alone_is_said(engine) -> None:
    found = find_agency(engine, WATER)
    with pytest.raises(DossierError, match="has no report for 2013; it has 2012, 2022, 2024"):
        choose_years(found, 2013, None)
    with pytest.raises(DossierError, match="held against itself"):
        choose_years(found, 2022, 2022)
    alone = Found("a", ("a",), {2022: {}}, ())
    with pytest.raises(DossierError, match="a report for 2022 alone"):
        choose_years(alone, None, None)


def test_of_several_reports_of_a_year_the_accepted_one_is_taken(tmp_path: Path) -> None:
    doubtful = next(r for r in sample_reports() if (r.agency, r.year) == (WATER, 2022))
    other = replace(doubtful, source="other.txt", sha256="e" * 64, observations=())
    with changed_copy(tmp_path) as (engine, _):
        save(engine, other)
        found = find_agency(engine, WATER)
    assert found.rows[2022]["source"] == doubtful.source
    assert found.others == ("other.txt",)


def test_main_figures_are_those_of_the_panel(water: Dossier) -> None:
    rows = table_after(page(water), ZH("key_figures"))
    assert rows[0] == ["指标", "2022", "2024", "增减"]
    assert rows[1] == ["本年新收申请", "17 ⚑", "13", "−4"]
    assert len(rows) == 1 + len(KEY_FIGURES)
    assert {measure.name for measure in all_measures()} >= set(KEY_FIGURES)


def test_a_year_without_a_table_has_no_numbers(engine) -> None:
    found = find_agency(engine, WATER)
    rows = table_after(page(read_dossier(engine, found, (2012, 2022))), ZH("key_figures"))
    assert rows[1] == ["本年新收申请", "·", "17 ⚑", ""]


def test_both_years_stand_in_every_column_of_the_form(engine) -> None:
    found = find_agency(engine, WATER)
    dossier = read_dossier(engine, found, (2022, 2024))
    tree = page(dossier)
    down = tree.xpath("//table[contains(@class, 'down')]")
    for table in down:
        for row in table.iter("tr"):
            was, now = (row.xpath(f"td[contains(@class, '{kind}')]") for kind in ("was", "now"))
            assert len(was) == len(now)
    requests = next(table for table in dossier.tables if table.name == "requests")
    assert requests.forms == ("2021", "2019")
    shown = [cell.text_content() for cell in tree.xpath("//td[contains(@class, 'changed')]")]
    changed = [pair for table in dossier.tables for pair in table.pairs.values() if pair.difference]
    assert len(changed) > 5
    for pair in changed:
        assert any(change_to_text(pair.difference) in text for text in shown)


def test_a_table_in_one_line_has_a_line_a_year_and_one_for_the_difference(water: Dossier) -> None:
    [across] = page(water).xpath("//table[contains(@class, 'across')]")
    heads = [row.xpath("string(th[@scope='row'])") for row in across.xpath("tbody/tr")]
    assert heads == ["2022", "2024", "增减"]
    assert {len(row.xpath("td")) for row in across.xpath("tbody/tr")} == {15}


def test_failed_checks_have_both_sides_and_say_whether_they_are_new(engine) -> None:
    found = find_agency(engine, COUNTY)
    dossier = read_dossier(engine, found, choose_years(found, None, None))
    rows = table_after(page(dossier), ZH("checks"))
    by_check = {row[1]: row for row in rows[1:]}
    assert by_check["Q-ROW"][3].endswith("= 总计 10")
    assert by_check["Q-ROW"][4:6] == ["8", "10"]
    assert by_check["Q-ROW"][7] == ZH("new_failure")
    doubts = table_after(page(dossier), ZH("doubts"))
    assert len(doubts) - 1 == sum(
        o.flagged for o in (*dossier.before.observations, *dossier.after.observations)
    )


def test_no_failed_checks_and_no_doubts_are_said(engine) -> None:
    found = find_agency(engine, COUNTY)
    sound = next(r for r in sample_reports() if (r.agency, r.year) == (COUNTY, 2015))
    dossier = replace(
        read_dossier(engine, found, (2015, 2022)), failures=(), before=sound, after=sound
    )
    text = page(dossier).text_content()
    assert ZH("checks_none") in text and ZH("doubts_none") in text


CELLS = [
    (observe("2021", "requests.received.total", "12"), "12"),
    (observe("2021", "requests.received.total", ""), '<span class="none">空</span>'),
    (observe("2021", "requests.received.total", "/"), '<span class="none">—</span>'),
    (observe("2021", "requests.received.total", "?"), '<span class="none">?</span>'),
    (observe("2021", "requests.received.total", "no cell"), '<span class="none">×</span>'),
    (observe("2021", "requests.received.total", "0", doubts=("x",)), '0<b class="flag">⚑</b>'),
    (observe("2021", "proactive.fees.amount", "57723200"), "57723200 元"),
    (None, '<span class="none">·</span>'),
]


@pytest.mark.parametrize(("cell", "shown"), CELLS)
def test_a_cell(cell, shown: str) -> None:
    assert cell_to_html(cell, ZH) == shown


def test_a_blank_is_never_a_difference_of_a_number() -> None:
    one = observe("2021", "requests.received.total", "12")
    blank = observe("2021", "requests.received.total", "")
    assert Pair(one, blank).difference is None
    assert "−12" not in pair_to_html(Pair(one, blank), ZH)
    assert "changed" in pair_to_html(Pair(one, blank), ZH)
    assert "changed" not in pair_to_html(Pair(blank, blank), ZH)
    assert "changed" not in pair_to_html(Pair(one, None), ZH)


@pytest.mark.parametrize(("value", "text"), [("-2", "−2"), ("0", "0"), ("1.50", "+1.5")])
def test_a_difference_has_its_sign(value: str, text: str) -> None:
    assert change_to_text(Decimal(value)) == text


def test_numbers_are_plain_digits() -> None:
    assert [value_to_text(v) for v in (None, 7, 7.0, 0.25, Decimal("1E+2"))] == [
        *("", "7", "7", "0.25", "100")
    ]


def test_nothing_that_a_document_says_is_markup(engine, tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    water = next(r for r in sample_reports() if (r.agency, r.year) == (WATER, 2024))
    first, *rest = water.observations
    hostile = replace(
        water,
        source=f"{attack}.txt",
        title=attack,
        sha256="d" * 64,
        year=2023,
        sections=tuple(replace(s, heading=attack, text=attack) for s in water.sections),
        observations=(
            replace(first, value=None, status=Status.UNREADABLE, raw=attack, doubts=(attack,)),
            *rest,
        ),
    )
    with changed_copy(tmp_path) as (changed, _):
        save(changed, hostile)
        found = find_agency(changed, WATER)
        dossier = read_dossier(changed, found, (2022, 2023))
    text = dossier_to_html(dossier, ZH)
    tree = html.fromstring(text.encode())
    assert list(tree.iter("script", "img", "iframe", "object", "link")) == []
    assert [n for n in tree.iter() for a in n.attrib if a.lower().startswith("on")] == []
    assert text.count(attack) == 0
    assert attack in tree.text_content()


def test_the_page_stands_by_itself_and_prints_on_a4(water: Dossier) -> None:
    text = dossier_to_html(water, ZH)
    assert text == dossier_to_html(water, ZH)
    assert "default-src 'none'" in text
    assert "size: A4" in text
    assert re.findall(r"(?:src|href)=|url\((?!#)|@import", text) == []
    assert html.fromstring(text.encode()).xpath("count(//svg)") == 3
    assert '<html lang="zh-CN">' in text


def test_both_languages_say_everything(water: Dossier) -> None:
    assert set(ZH.phrases) == set(EN.phrases)
    english = page(water, EN)
    assert english.get("lang") == "en"
    assert english.xpath("string(//h1)") == f"{WATER}: 2024 against 2022"
    assert [h.text for h in english.iter("h2")] == [
        EN(key)
        for key in ("key_figures", "checks", "charts", "documents", "tables", "doubts", "texts")
    ]


LABELS = [
    (
        ("2021", "requests", "received", "total"),
        "依申请公开: 一、本年新收政府信息公开申请数量 × 总计",
    ),
    (("2021", "requests", "", ""), "依申请公开"),
    (("", "", "", ""), "–"),
]


@pytest.mark.parametrize(("cell", "label"), LABELS)
def test_a_cell_by_its_printed_labels(cell: tuple[str, str, str, str], label: str) -> None:
    assert cell_to_label(*cell, words=ZH) == label
