"""Lines to rows: what the labels say, what the order says, and what nobody can say."""

import pytest

from normalize.alignment import Candidate, align

ROWS = 5


def line(row: int | None = None, score: float = 1.0) -> Candidate:
    """A line whose label names `row`, or one without a label."""
    return Candidate(() if row is None else ((row, score),), wild=row is None)


def rows_of(lines: list[Candidate], optional: tuple[int, ...] = ()) -> list[int | None]:
    flags = [row in optional for row in range(ROWS)]
    return [place.row if place else None for place in align(lines, flags).places]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        pytest.param([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], id="every row labelled"),
        pytest.param([0, 2, 4], [0, 2, 4], id="missing rows"),
        pytest.param([0, None, 2, 3, 4], [0, 1, 2, 3, 4], id="one label lost"),
        pytest.param([None, 1, None, 3, None], [0, 1, 2, 3, 4], id="labels lost at both ends"),
        pytest.param([0, None, None, 3, 4], [0, 1, 2, 3, 4], id="two labels lost together"),
        pytest.param([0, None, 3, 4], [0, None, 3, 4], id="one line for two rows is not guessed"),
        pytest.param([0, 1, None, 2, 3, 4], [0, 1, None, 2, 3, 4], id="an extra line"),
        pytest.param(
            [0, None, None, 2, 3, 4], [0, None, None, 2, 3, 4], id="two lines for one row"
        ),
        pytest.param([None] * 5, [0, 1, 2, 3, 4], id="as many lines as rows"),
        pytest.param([None] * 4, [None] * 4, id="fewer lines than rows"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_lines_find_their_rows(lines: list[int | None], rows: list[int | None]) -> None:
    assert rows_of([line(row) for row in lines]) == rows


def test_an_optional_row_is_taken_only_by_its_label() -> None:
    assert rows_of([line(0), line(None), line(3), line(4)], optional=(1,)) == [0, 2, 3, 4]
    assert rows_of([line(0), line(1), line(None), line(3), line(4)], optional=(1,)) == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_a_label_that_names_two_rows_is_placed_by_order() -> None:
    twice = Candidate(((1, 1.0), (3, 1.0)), wild=False)
    assert rows_of([line(0), twice, line(2), twice, line(4)]) == [0, 1, 2, 3, 4]


def test_a_place_tells_whether_a_label_gave_it() -> None:
    places = align([line(0), line(None), line(2)], [False] * 3).places
    assert [place.by_label if place else None for place in places] == [True, False, True]
