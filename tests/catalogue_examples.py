"""Reports with sound tables of every form, and what the catalogue makes of them when one is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from extract.document import Document, Text
from normalize.catalogue.assess import assess
from normalize.catalogue.subject import Subject
from normalize.cells import read_cell
from normalize.checks import verify
from normalize.places.bodies import Body
from normalize.report import Check, Observation, Section, Status
from normalize.rules import Key
from normalize.tables import TableReading
from normalize.titles import Identity
from tests.decoding_examples import edition, sound_proceedings, sound_requests, sound_statistics

Printed = Mapping[Key, str | None]
"""What is printed in each cell; None where there is no cell."""

PROACTIVE = {
    "2021": {
        ("regulations", "issued"): "1",
        ("regulations", "repealed"): "2",
        ("regulations", "in_force"): "7",
        ("normative_documents", "issued"): "4",
        ("normative_documents", "repealed"): "3",
        ("normative_documents", "in_force"): "20",
        ("permits", "decisions"): "583",
        ("penalties", "decisions"): "41",
        ("compulsions", "decisions"): "3",
        ("fees", "amount"): "12.5",
    },
    "2019": {
        ("regulations", "produced"): "2",
        ("regulations", "newly_disclosed"): "1",
        ("regulations", "total_disclosed"): "9",
        ("normative_documents", "produced"): "8",
        ("normative_documents", "newly_disclosed"): "6",
        ("normative_documents", "total_disclosed"): "40",
        **{
            (row, column): figure
            for row in ("permits", "other_services", "penalties", "compulsions")
            for column, figure in (
                ("items_last_year", "15"),
                ("change", "+4"),
                ("decisions", "583"),
            )
        },
        ("fees", "items_last_year"): "3",
        ("fees", "change"): "-1",
        ("procurement", "projects"): "9",
        ("procurement", "amount"): "477350",
    },
}


def sound(table: str, form: str) -> dict[Key, str | None]:
    if table == "proactive":
        return dict(PROACTIVE[form])
    if table == "requests":
        found = sound_requests(form)
    else:
        found = sound_proceedings() if table == "proceedings" else sound_statistics()
    return {key: str(value) for key, value in found.items()}


def to_reading(table: str, form: str, printed: Printed, reader: str = "text") -> TableReading:
    """The table as one reader read it, its identities applied."""
    chosen = edition(table, form)
    observations = [
        _observe(form, table, key, printed[key], chosen.fields[key].unit, reader)
        for key in chosen.fields
        if key in printed
    ]
    verified = verify(chosen, observations)
    return TableReading(table, reader, verified.observations, verified.checks, ())


def _observe(
    form: str, table: str, key: Key, raw: str | None, unit: str, reader: str
) -> Observation:
    if raw is None:
        return Observation(form, table, *key, None, unit, Status.MISSING)
    reading = read_cell(raw)
    value = reading.value
    if value is not None and unit == "yuan" and form != "2019":
        value *= 10_000
    return Observation(
        form, table, *key, value, unit, reading.status, raw, 1, None, reader, reading.doubts
    )


IDENTITY = Identity(
    "青砚市民政局", 2023, "青砚市民政局2023年政府信息公开工作年度报告", date(2024, 1, 20), ()
)
SECTIONS = tuple(
    Section(name, heading, text)
    for name, heading, text in (
        ("overview", "一、总体情况", "2023年，我局认真贯彻落实条例，各项工作有序开展。"),
        ("proactive", "二、主动公开政府信息情况", ""),
        ("requests", "三、收到和处理政府信息公开申请情况", ""),
        ("proceedings", "四、政府信息公开行政复议、行政诉讼情况", ""),
        ("problems", "五、存在的主要问题及改进情况", "公开内容还不够丰富，下一步将继续改进。"),
        ("other_matters", "六、其他需要报告的事项", "无其他需要报告的事项。"),
    )
)
BODY = Body("350000:民政局", "350100", "city", "department")


def subject(
    year: int = 2023, changed: Mapping[Key, str | None] | None = None, **given: object
) -> Subject:
    """The sound report of a year, some cells printed otherwise; `given` replaces parts of it."""
    form = "2021" if year >= 2021 else "2019" if year >= 2019 else "2014"
    names = ("statistics",) if form == "2014" else ("proactive", "requests", "proceedings")
    tables = []
    for name in names:
        printed = sound(name, form)
        own = {key: raw for key, raw in (changed or {}).items() if key in printed}
        tables.append(to_reading(name, form, {**printed, **own}))
    document = Document(
        "a.txt", "0" * 64, "text/plain", "text", None, (Text("paragraph", "政" * 400),)
    )
    whole = Subject(
        document,
        replace(IDENTITY, year=year, published_on=date(year + 1, 1, 20)),
        BODY,
        SECTIONS,
        tuple(tables),
    )
    if form == "2014":
        written = tuple(replace(s, text=s.text or "详见统计表。") for s in SECTIONS)
        whole = replace(whole, sections=written)
    return replace(whole, **given)


@dataclass(frozen=True)
class Outcome:
    """The report's cells and checks after everything was applied."""

    observations: dict[tuple[str, str, str], Observation]
    checks: tuple[Check, ...]

    def of(self, check: str) -> list[Check]:
        return [c for c in self.checks if c.check == check]

    def failed(self, check: str) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
        return [
            (c.row, c.column, c.expected, c.actual) for c in self.of(check) if c.passed is False
        ]


def outcome(whole: Subject) -> Outcome:
    assessed = assess(whole)
    observations = {(o.table, o.row, o.column): o for t in assessed.tables for o in t.observations}
    checks = (*(c for t in assessed.tables for c in t.checks), *assessed.checks)
    return Outcome(observations, tuple(checks))


def flagged(found: Outcome) -> Sequence[tuple[str, str, str]]:
    return [key for key, o in found.observations.items() if o.flagged]
