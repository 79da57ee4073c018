"""How values are put into columns so that they come out as they went in.

Exact decimals. SQLite has no decimal type: a number is a 64-bit integer or a double, and
1101234567890.1234 is neither. A scaled integer would need one scale for all, and agencies print
money with any number of places; text alone would break SUM and comparison. So every decimal is
held twice, both written from the same Decimal: `value`, the database's own number, for arithmetic
in SQL (on SQLite an integer where whole, else the nearest double; on PostgreSQL exact), and
`value_exact`, its digits as text, which exports and `load` read.

In the tables with hundreds of rows a report the digits of a short whole number are left out: every
database gives them back from `value` as they were, and nearly all figures are such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, UserDefinedType

MOST_DIGITS = 300
"""Digits before or after the point beyond which a number is no figure of any report."""

SHORT = 18
"""Digits of a whole number that every database keeps as a number, and writes as they were."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LARGEST_INTEGER = 2**63 - 1


def decimal_to_text(value: Decimal) -> str:
    """`value` in plain digits: no exponent, no idle zeros, no minus before zero.

    ValueError when it is not finite or has more than MOST_DIGITS digits on a side of the point.
    """
    digits = str(value)
    if digits.isdecimal() and len(digits) <= MOST_DIGITS:
        return digits
    if not value.is_finite():
        raise ValueError(f"{value} is not a finite number")
    exponent = value.as_tuple().exponent
    if value.adjusted() > MOST_DIGITS or (isinstance(exponent, int) and -exponent > MOST_DIGITS):
        raise ValueError(f"a number has more than {MOST_DIGITS} digits")
    return _plain_digits(value)


def decimal_to_short_pair(value: Decimal) -> tuple[int | Decimal, str | None]:
    """The number and its digits, which are None where the number alone says them."""
    digits = str(value)
    if digits.isdecimal() and len(digits) <= SHORT:
        return int(digits), None
    digits = decimal_to_text(value)
    if digits.isdecimal() and len(digits) <= SHORT:
        # 5.00 is 5: PostgreSQL would write its zeros again.
        return int(digits), None
    return value, digits


def decimal_to_light(value: Decimal) -> int | Decimal:
    """The same number, as an integer where its digits are those of a short one.

    An integer is quicker to hand from process to process, and to a driver.
    """
    digits = str(value)
    return int(digits) if digits.isdecimal() and len(digits) <= SHORT else value


def short_pair_to_digits(value: object, digits: str | None) -> str | None:
    """The digits of a number from its two columns, None for none."""
    return str(value) if digits is None and value is not None else digits


def float_to_text(value: float) -> str:
    """The shortest plain digits that read back as the same double."""
    digits = repr(value)
    if "e" in digits or digits == "-0.0":
        return _plain_digits(Decimal(digits))
    return digits.removesuffix(".0")


def _plain_digits(value: Decimal) -> str:
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def text_to_storable(text: str) -> str:
    r"""`text`, with what no database can hold as text written out: NUL as `\x00`, and half a
    surrogate pair (a file name in another encoding has them) as `\udcc4`.
    """
    return _UNSTORABLE.sub(_code_point_to_escape, text)


def all_storable(texts: Iterable[str]) -> bool:
    """Whether a database can hold every one of the texts as it is."""
    return _UNSTORABLE.search("".join(texts)) is None


def _code_point_to_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code else "\\x00"


class Number(UserDefinedType[Decimal]):
    """A number that SQL can compute with; exact only where the database is (see above)."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "NUMERIC"

    def bind_processor(self, dialect: Dialect) -> Callable[[Decimal | int | None], Any] | None:
        return _decimal_to_sqlite if dialect.name == "sqlite" else None


def _decimal_to_sqlite(value: Decimal | int | None) -> int | float | None:
    return _finite_to_sqlite(value) if isinstance(value, Decimal) else value


@lru_cache(maxsize=4096)
def _finite_to_sqlite(value: Decimal) -> int | float:
    if value == value.to_integral_value() and abs(value) <= _LARGEST_INTEGER:
        return int(value)
    return float(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so there it goes in without and comes out with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Texts(TypeDecorator[tuple[str, ...]]):
    """Several texts in order, as a JSON array whose Chinese stays readable."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


def decimal_columns(name: str, *, nullable: bool = True) -> tuple[Column[Decimal], Column[str]]:
    """The two columns of one decimal: `name` for SQL, `name_exact` for its digits."""
    return (
        Column(name, Number(), nullable=nullable),
        Column(f"{name}_exact", Text(), nullable=nullable),
    )
