"""What is asked of pdfium in batches, and what is looked for in samples, is the same as in full."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extract.pdf.page import Char
from extract.pdf.pdfium_calls import BATCH
from extract.pdf.pdfium_pages import open_pdfium
from extract.pdf.vertical import _step, is_chinese, vertical_runs
from tests.pdf_drawing import Sheet

LINES = [f"第{number}行有十二个汉字和数字{number:03}" for number in range(30)]


def test_a_page_of_more_characters_than_a_batch() -> None:
    sheet = Sheet()
    for number, line in enumerate(LINES):
        sheet.text(50, 60 + 20 * number, line)
    with open_pdfium(sheet.done()) as file:
        [page] = file.pages
    assert len(page.chars) > BATCH
    assert "".join(char.text for char in page.chars) == "".join(LINES)
    for first, second in pairwise(page.chars):
        assert first.x0 < second.x0 or first.bottom < second.top


def test_a_page_of_more_rules_than_a_batch() -> None:
    sheet = Sheet()
    sheet.text(50, 50, "甲")
    xs, ys = [50.0 + 20 * c for c in range(21)], [60.0 + 20 * r for r in range(21)]
    for top, bottom in pairwise(ys):
        for left, right in pairwise(xs):
            sheet.table([left, right], [top, bottom], [(0, 0, 1, 1, "")])
    with open_pdfium(sheet.done()) as file:
        [page] = file.pages
    level = [rule for rule in page.rules if rule.horizontal]
    assert len(page.rules) > BATCH
    assert {round(rule.top) for rule in level} == set(map(round, ys))
    assert {round(rule.x0) for rule in page.rules if not rule.horizontal} == set(map(round, xs))


def _runs_step_by_step(chars: list[Char]) -> list[tuple[int, int]]:
    runs = []
    start, way = 0, 0
    for index in range(1, len(chars) + 1):
        step = _step(chars[index - 1], chars[index]) if index < len(chars) else 0
        if step and step == (way or step):
            way = step
            continue
        if index - start >= 4 and is_chinese(chars[start:index]):
            runs.append((start, index))
        start, way = (index - 1, step) if step else (index, 0)
    return runs


@given(
    st.lists(st.tuples(st.sampled_from("本年1"), st.sampled_from([-11, 0, 11, 30]), st.booleans()))
)
def test_vertical_runs_are_found_by_one_step_in_three(steps: list[tuple[str, int, bool]]) -> None:
    chars, x, y = [], 0.0, 0.0
    for text, down, aside in steps:
        x, y = x + 12.0 * aside, y + down
        chars.append(Char(text, x, y, x + 10, y + 10))
    assert vertical_runs(chars) == _runs_step_by_step(chars)
