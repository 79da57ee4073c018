"""Reports of agencies that do not exist, as rows: eight years each, sound but for some noise."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256

from normalize.forms import FormTable, all_forms
from normalize.report import Body, Observation, Report, Section, Statement, Status, Verdict

YEARS = tuple(range(2017, 2025))
_LEVELS = (("county", "department"), ("county", "government"), ("city", "department"))
_WORDS = "公开信息工作依法申请答复平台群众服务制度建设规范监督保障机制培训考核发布解读回应栏目"
_LETTERS = 600
"""Characters of a section."""


def make_reports(count: int, seed: int) -> Iterator[Report]:
    """`count` reports, agency by agency; the same for the same seed."""
    agencies = -(-count // len(YEARS))
    made = 0
    for number in range(agencies):
        rng = random.Random(f"{seed} {number}")
        held = rng.randint(0, 40)
        size = max(1, int(rng.lognormvariate(3, 1.5)))
        for year in YEARS[: count - made]:
            carried = rng.randint(0, 1 + size // 8)
            yield _report(rng, number, year, size, held, carried)
            held, made = carried, made + 1


def _report(
    rng: random.Random, number: int, year: int, size: int, held: int, carried: int
) -> Report:
    agency = f"第{number}号县水务局"
    level, kind = _LEVELS[number % len(_LEVELS)]
    values = _requests(rng, size, held, carried)
    name = f"{agency}{year}"
    return Report(
        source=f"{name}.html",
        sha256=sha256(name.encode()).hexdigest(),
        media_type="text/html",
        reader="html",
        pages=None,
        verdict=Verdict.ACCEPTED,
        agency=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        published_on=date(year + 1, 1, 20),
        sections=tuple(
            Section(section, section, "".join(rng.choices(_WORDS, k=_LETTERS)))
            for section in ("overview", "proactive", "requests", "problems")
        ),
        observations=tuple(
            o for table in _tables_of(year) for o in _observations(rng, table, values, size)
        ),
        statements=(
            Statement(
                "overview",
                "requests.received.total.growth_percent",
                Decimal(rng.randint(-50, 50)),
                "percent",
                "较上年增长",
                year=year,
                claim="growth",
            ),
        ),
        body=Body(f"{number}:水务局", "110101", level, kind),
    )


@cache
def _tables_of(year: int) -> tuple[FormTable, ...]:
    """The tables of the form in force."""
    in_force = [form for form in all_forms() if form.includes_year(year)]
    return in_force[-1].tables if in_force else all_forms()[0].tables


def _requests(rng: random.Random, size: int, held: int, carried: int) -> dict[tuple[str, str], int]:
    """A sound table of requests by natural persons."""
    received = max(carried, int(size * rng.uniform(0.6, 1.5)))
    concluded = received + held - carried
    granted = rng.randint(0, max(concluded, 0))
    rows = {
        "received": received,
        "carried_over": held,
        "granted": granted,
        "partially_granted": concluded - granted,
        "concluded": concluded,
        "carried_forward": carried,
    }
    return {(row, column): v for row, v in rows.items() for column in ("natural_person", "total")}


def _observations(
    rng: random.Random, table: FormTable, requests: dict[tuple[str, str], int], size: int
) -> Iterator[Observation]:
    for (row, column), field in table.fields.items():
        if field.optional:
            continue
        if table.name == "requests":
            value = requests.get((row, column), 0)
        else:
            value = rng.randint(0, size) if rng.random() < 0.4 else 0
        yield Observation(
            table.form, table.name, row, column, Decimal(value), field.unit, Status.REPORTED,
            str(value), reader="html",
        )  # fmt: skip
