"""Worn print held against the words of usual labels."""

from __future__ import annotations

import re

import numpy as np
import pytest

from extract.scan.among import Placed as PlacedCell
from extract.scan.among import cells_among_figures
from extract.scan.decoding import Step, steps_to_placed
from extract.scan.figures import between_dashes, with_hint
from extract.scan.ink import ink_to_bands
from extract.scan.marks import may_be_sign
from extract.scan.pictures import Dots
from extract.scan.vocabulary import WORDS
from extract.scan.words import placed_to_known
from normalize.forms import shipped_forms

Choices = tuple[tuple[str, float], ...]


def steps(*places: str | Choices) -> list[Step]:
    """One step a character, surely nothing between them; a text stands for sure characters."""
    found: list[Step] = []
    for place in places:
        for choices in [((c, 0.99),) for c in place] if isinstance(place, str) else [place]:
            found += [Step(tuple(choices)), Step((("", 1.0),))]
    return found


ZHANG = (("戲", 0.5), ("底", 0.1), ("章", 0.02))


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (steps("规", ZHANG), "规章"),
        (steps("2. ", (("量", 0.6), ("重", 0.3)), "复申请"), "2. 重复申请"),
        (steps("（七）", (("a", 0.4), ("总", 0.02)), (("1", 0.3), ("计", 0.01))), "（七）总计"),
        (steps("行政处", (("刷", 0.5), ("罚", 0.4))), "行政处罚"),
    ],
)
def test_worn_print_is_a_usual_label(seen: list[Step], text: str) -> None:
    known = placed_to_known(steps_to_placed(seen), seen)
    assert known is not None
    assert "".join(placed.text for placed in known.placed) == text


@pytest.mark.parametrize(
    "seen",
    [
        steps("规章"),
        steps("行政检查"),
        steps("规", (("划", 0.9),)),
        steps((("2", 0.5), ("总", 1e-3)), (("H", 0.5), ("计", 1e-3))),
        steps("第二十条第", (("一", 0.3), ("五", 0.28), ("六", 0.2)), "項"),
        steps(
            "结果", (("料", 0.5), ("维", 0.2), ("纠", 0.2)), (("通", 0.5), ("持", 0.2), ("正", 0.2))
        ),
        steps("采购总金", (("颜", 0.6), ("额", 0.2)), "（元）"),
        steps("金额（", (("元", 0.5), ("万", 0.4)), "）"),
    ],
)
def test_other_print_stays_what_it_is(seen: list[Step]) -> None:
    """What is plain, what may be two labels, figures without a numbering, and units."""
    assert placed_to_known(steps_to_placed(seen), seen) is None


def test_a_character_that_was_passed_over_comes_back_in_its_place() -> None:
    seen = steps("本机关不掌握相关政府信", (("悬", 0.6), ("息", 0.3)))
    del seen[6:8]
    known = placed_to_known(steps_to_placed(seen), seen)
    assert known is not None
    assert known.word == "本机关不掌握相关政府信息"
    assert 5.0 < known.cost < 7.0


def test_the_words_are_printed_by_the_forms_and_none_is_a_unit() -> None:
    printed: list[str] = []
    for block in (b for form in shipped_forms() for table in form.tables for b in table.blocks):
        printed += [block.banner or "", *block.heads, *(c.label for c in block.columns)]
        printed += [text for row in block.rows for text in (row.label, *row.aliases, *row.groups)]
    joined = "\n".join("".join(re.findall("[\u4e00-\u9fff]", text)) for text in printed)
    assert sorted(word for word in WORDS if word not in joined) == ["信息内容"]
    assert not any(unit in word for word in WORDS for unit in ("元", "万"))


@pytest.mark.parametrize(
    ("stroke", "expected"),
    [
        (((4, 2, 3, 2),), True),
        (((9, 2, 3, 2),), False),
        (((0, 4, 2, 10),), False),
        ((), False),
    ],
)
def test_a_trace_of_a_sign(stroke: tuple[tuple[int, int, int, int], ...], expected: bool) -> None:
    dots: Dots = np.full((10, 10), 255, np.uint8)
    for top, left, wide, high in stroke:
        dots[top : top + high, left : left + wide] = 240
    assert may_be_sign(dots) is expected


def test_a_figure_with_a_trace_of_a_sign_is_not_sure() -> None:
    assert with_hint((("24", 0.99),)) == (("24", 0.9306), ("-24", 0.0594))
    assert with_hint((("规章", 0.99),)) == (("规章", 0.99),)


def test_digits_between_a_label_and_figures_are_among_them() -> None:
    label, worn, one, another = (
        PlacedCell((10.0 * x, 0.0, 10.0 * x + 10, 10.0), x > 1, False, x > 0) for x in range(4)
    )
    assert cells_among_figures([label, worn, one, another])[1] is True
    plain = worn._replace(has_digit=False)
    assert cells_among_figures([label, plain, one, another])[1] is False


def test_a_worn_figure_that_fell_apart_is_one_line() -> None:
    ink = np.zeros((20, 12), np.uint8)
    ink[5:8, 2:6] = 1
    ink[9:16, 2:8] = 1
    assert ink_to_bands(ink, 11) == [(5, 16)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-2", "-2-"), ("1-", "-1-"), ("—12", "-12-"), ("-3-", "-3-"), ("3", "3"), ("-2.5", "-2.5")],
)
def test_the_number_of_a_page_stands_between_dashes(text: str, expected: str) -> None:
    assert between_dashes(((text, 0.9),)) == ((expected, 0.9),)
