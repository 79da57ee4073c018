"""Columns belong to one block of the document: equal numbers in another block are other columns."""

import pytest

from normalize.printed import Kind, Printed
from normalize.rows import fit_to_width, usual_columns


def cells(block: int, texts: dict[int, str]) -> tuple[Printed, ...]:
    return tuple(
        Printed(text, Kind.FIGURE if text else Kind.BLANK, block, column=column)
        for column, text in texts.items()
    )


FULL = cells(0, {2: "18", 3: "0", 4: "1", 5: "19"})
SHORT = {2: "3", 4: "4"}


def test_short_row_of_the_same_block_is_fitted_by_column() -> None:
    usual = usual_columns([FULL, FULL], 4)
    fitted = fit_to_width(cells(0, SHORT), 4, usual, None)
    assert fitted is not None
    assert [cell and cell.text for cell in fitted] == ["3", None, "4", None]


def test_short_row_of_another_block_is_not() -> None:
    usual = usual_columns([FULL, FULL], 4)
    assert fit_to_width(cells(1, SHORT), 4, usual, None) is None


def test_each_block_has_columns_of_its_own() -> None:
    other = cells(1, {1: "5", 3: "0", 6: "1", 7: "6"})
    usual = usual_columns([FULL, other], 4)
    fitted = fit_to_width(cells(1, {1: "2", 7: "2"}), 4, usual, None)
    assert fitted is not None
    assert [cell and cell.text for cell in fitted] == ["2", None, None, "2"]


def test_no_columns_where_rows_of_a_block_disagree() -> None:
    other = cells(0, {1: "5", 3: "0", 6: "1", 7: "6"})
    assert usual_columns([FULL, other], 4) == frozenset()


def words(text: str, column: int) -> Printed:
    return Printed(text, Kind.WORDS, 0, column=column)


@pytest.mark.parametrize(
    ("stray", "is_fitted"),
    [
        (words("\ufffd", 1), True),
        (words("侈哇", 0), True),
        (words("侈哇3", 1), False),
        (words("\ufffd", 5), False),
        (Printed("3", Kind.FIGURE, 0, column=7), False),
    ],
)
def test_words_before_the_usual_columns_are_no_cell_of_the_row(
    stray: Printed, is_fitted: bool
) -> None:
    row = cells(0, {2: "3", 3: "0", 4: "4", 6: "7"})
    full = cells(0, {2: "18", 3: "0", 4: "1", 6: "19"})
    usual = usual_columns([full, full], 4)
    line = sorted((*row, stray), key=lambda cell: cell.column or 0)
    assert fit_to_width(line, 4, usual, None) == (row if is_fitted else None)
