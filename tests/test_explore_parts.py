"""What pages are made of: grids, equations, excerpts, comparisons, charts, phrases, filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("datasette", reason="the extra 'web' is not installed")

from explore.charts import Chart, Series, chart_to_svg
from explore.context import number, share
from explore.equations import check_to_equation
from explore.errors import BadAddress
from explore.filters import Filters, text_to_filters
from explore.grids import Label, table_to_grids
from explore.pages.figures import RANKED
from explore.routes import chart_to_csv
from explore.summary import values_to_spread
from explore.sums import GROUNDS, OUTCOMES, SUMMED, Sum
from explore.texts import Change, Piece, compare_texts, find_words, mark_spans
from explore.wording import LANGUAGES, choose_language, phrases
from normalize.forms import FormTable, tables_named
from normalize.report import Check
from store.measures import all_measures

ROOT = Path(__file__).parents[1] / "explore"


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
