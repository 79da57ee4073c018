"""The page of questions: its statements, the answers under them, and its table of times."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from store.query import Result
from store.values import decimal_to_text

PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
TIMES = "## How long they take\n"
_QUESTION = re.compile(
    r"^## (?P<title>\d+\. .+?)\n(?P<words>.*?)```sql\n(?P<sql>.*?)```\n(?P<answer>.*?)(?=^## )",
    flags=re.MULTILINE | re.DOTALL,
)
MOST_ROWS = 100
"""Answers of the page are shorter."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the page: its heading, its statement, and the table under it."""

    title: str
    sql: str
    answer: str


def read_questions(page: str) -> tuple[Question, ...]:
    """Every question of the page, in order."""
    return tuple(
        Question(found["title"], found["sql"].strip(), found["answer"].strip())
        for found in _QUESTION.finditer(page)
    )


def result_to_table(result: Result) -> str:
    """An answer as a table in Markdown, alike on every database."""
    rows = [[_value_to_text(value) for value in row] for row in result.rows]
    return rows_to_table(result.columns, rows)


def rows_to_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [f"| {' | '.join(heading)} |", "|" + "---|" * len(heading)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def with_answers(page: str, answer: Callable[[str], str]) -> str:
    """The page with every table of answers replaced by what `answer` gives for the statement."""

    def replaced(found: re.Match[str]) -> str:
        title, words, sql = found["title"], found["words"], found["sql"]
        return f"## {title}\n{words}```sql\n{sql}```\n\n{answer(sql.strip())}\n\n"

    return _QUESTION.sub(replaced, page)


def with_times(page: str, said: str) -> str:
    """The page with what stands under its last heading replaced."""
    return page.partition(TIMES)[0] + f"{TIMES}\n{said}\n"


def _value_to_text(value: object) -> str:
    """NULL as such; numbers in plain digits, whichever type a driver gives them."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float | Decimal):
        return decimal_to_text(Decimal(str(value)))
    return str(value)
