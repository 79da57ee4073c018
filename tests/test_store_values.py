from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.values import decimal_to_text, float_to_text, text_to_storable

DECIMALS = [
    ("0", "0"),
    ("-0", "0"),
    ("-0.00", "0"),
    ("0E+3", "0"),
    ("120198725.06", "120198725.06"),
    ("1101234567890.1234", "1101234567890.1234"),
    ("7.5450E+7", "75450000"),
    ("75450000", "75450000"),
    ("100", "100"),
    ("1E+2", "100"),
    ("0.10", "0.1"),
    ("1E-7", "0.0000001"),
    ("-35", "-35"),
]


@pytest.mark.parametrize(("value", "text"), DECIMALS)
def test_a_decimal_is_written_in_plain_digits(value: str, text: str) -> None:
    assert decimal_to_text(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1E+301", "1E-301"])
def test_what_is_no_figure_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"not a finite number|more than 300 digits"):
        decimal_to_text(Decimal(value))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_the_digits_are_the_decimal_again(value: Decimal) -> None:
    if isinstance(exponent := value.as_tuple().exponent, int) and -exponent <= 300:
        assert Decimal(decimal_to_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (72.0, "72"),
        (-0.0, "0"),
        (100.5, "100.5"),
        (1e-7, "0.0000001"),
        (1e22, "10000000000000000000000"),
        (0.1, "0.1"),
    ],
)
def test_a_double_is_written_in_its_shortest_plain_digits(value: float, text: str) -> None:
    assert float_to_text(value) == text


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("一、总体情况\t\r\n", "一、总体情况\t\r\n"),
        ("a\x00b", "a\\x00b"),
        ("\udcc4\udcea.pdf", "\\udcc4\\udcea.pdf"),
        ("\U00020000", "\U00020000"),
        ("\x1b\x7f\ufffe", "\x1b\x7f\ufffe"),
    ],
)
def test_only_what_no_database_holds_is_written_out(text: str, stored: str) -> None:
    assert text_to_storable(text) == stored
