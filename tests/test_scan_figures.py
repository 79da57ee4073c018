"""Figures where only figures stand, and worn rules and figures."""

import numpy as np
import pytest

from extract.scan.among import Placed, cells_among_figures
from extract.scan.digits import SIGNS, signs_to_figures
from extract.scan.faint import dots_to_faint_rules, is_tinged
from extract.scan.figures import among_figures, with_mark
from extract.scan.ink import Box

SCALE = 2.0


def cells(*rows: str) -> list[Placed]:
    """One cell of 10 x 10 points a character: a digit is a figure, a dot a blank cell."""
    return [
        Placed((10.0 * x, 10.0 * y, 10.0 * x + 10, 10.0 * y + 10), text.isdigit(), text == ".")
        for y, row in enumerate(rows)
        for x, text in enumerate(row)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("名甲乙丙", "一012", "二3刀4"),
        ("名总", "一1", "二2", "三刀"),
    ],
)
def test_a_letter_in_the_midst_of_figures(rows: tuple[str, ...]) -> None:
    placed = cells(*rows)
    texts = "".join(rows)
    found = {
        text for text, is_among in zip(texts, cells_among_figures(placed), strict=True) if is_among
    }
    assert "刀" in found
    assert found.isdisjoint("名甲乙丙总一二三")


def test_digits_keep_their_likelihoods_beside_a_letter() -> None:
    step = np.zeros((1, len(SIGNS)), np.float32)
    step[0, SIGNS.index("7")] = 0.02
    step[0, SIGNS.index("1")] = 0.01
    assert signs_to_figures(step) == pytest.approx({"7": 0.02, "1": 0.01})


@pytest.mark.parametrize(
    ("said", "look", "top", "most"),
    [
        ((("刀", 0.95),), {"77": 0.03, "7": 0.01}, "77", 0.9),
        ((("无", 0.99),), {"1": 1e-5}, "无", 1.0),
        ((("8", 0.99),), {"8": 0.99, "3": 0.005}, "8", 1.0),
        ((("本", 0.4),), {"0": 1e-6}, "本", 0.41),
    ],
)
def test_letters_among_figures(
    said: tuple[tuple[str, float], ...], look: dict[str, float], top: str, most: float
) -> None:
    found = among_figures(said, [look])
    assert found[0][0] == top
    assert found[0][1] <= most


def test_a_slash_leaves_room_for_the_figure_it_may_be() -> None:
    assert with_mark(("/", 0.95), (("1", 0.9),)) == (("/", 0.95), ("1", 0.05))
    assert with_mark(("/", 0.6), (("2", 0.8),)) == (("2", 0.7), ("/", 0.3))


def worn(rows: int = 200, columns: int = 600) -> np.ndarray:
    """Paper with a level rule at 100 of which every fifth dot is gone and none is dark."""
    dots = np.full((rows, columns), 255, np.uint8)
    dots[100, 50:550] = 235
    dots[100, 50:550:5] = 255
    return dots


def test_a_worn_rule_is_found_by_its_length() -> None:
    found = dots_to_faint_rules(worn(), SCALE)
    assert set(np.flatnonzero(found.any(axis=1))) <= {99, 100, 101}
    columns = np.flatnonzero(found.any(axis=0))
    assert columns[0] == pytest.approx(50, abs=6)
    assert columns[-1] == pytest.approx(550, abs=6)


def test_dark_text_and_even_paper_are_no_worn_rules() -> None:
    dots = np.full((200, 600), 255, np.uint8)
    dots[90:110, 50:550:3] = 60
    assert not dots_to_faint_rules(dots, SCALE).any()
    assert not dots_to_faint_rules(np.full((200, 600), 255, np.uint8), SCALE).any()


def test_a_worn_figure_is_no_even_paper() -> None:
    dots = np.full((60, 60), 255, np.uint8)
    assert not is_tinged(dots, Box(0, 0, 60, 60), 20.0)
    dots[20:40, 28:32] = 215
    assert is_tinged(dots, Box(0, 0, 60, 60), 20.0)
