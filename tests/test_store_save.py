from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select, text

from normalize.report import (
    Check,
    ExtraRow,
    Observation,
    Report,
    Section,
    Statement,
    Status,
    Verdict,
)
from store.connections import reading
from store.database import load_fields, open_database
from store.errors import ReportRefused, ReportUnknown
from store.load import load_report
from store.readable import observations
from store.rows import report_to_rows
from store.save import Known, Outcome, known, record_source, save, save_several
from store.schema import METADATA, reports, sources
from store.values import text_to_storable
from tests.store_examples import CELLS, FEES, Cell, observe, quarantined, report

FULL = replace(
    report(
        observations=(
            replace(
                observe(FEES, "120198725.06", doubts=("N-FEE fails", "读法不一")),
                suggestion=Decimal("120198725.6"),
                suggested_by="the only value with which Q-ROW holds",
            ),
        )
    ),
    verdict=Verdict.NEEDS_REVIEW,
    reasons=("a check fails", "no unit is printed"),
    published_on=date(2024, 1, 30),
    sections=(Section("overview", "一、总体情况", "共收到申请859件。\n"), Section("x", "", "")),
    checks=(
        Check(
            "Q-ROW",
            "2021",
            "requests",
            "received",
            "total",
            Decimal(5),
            Decimal(6),
            False,
            blame="source",
        ),
        Check("Q-BAL", "2021", "requests", "", "", None, None, None, True, "S"),
    ),
    statements=(Statement("requests", "received", Decimal(859), "count", "共收到申请859件"),),
    extras=(ExtraRow("proactive", "其他主动公开文件", ("56", "", "45\n"), 2),),
)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_database("sqlite://")
    load_fields(engine, CELLS)
    yield engine
    engine.dispose()


def _id(content: str) -> str:
    return sha256(content.encode()).hexdigest()[:16]


def _counts(engine: Engine) -> dict[str, int]:
    with reading(engine) as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in METADATA.tables.items()
        }


def test_a_report_comes_back_as_it_was_saved(engine: Engine) -> None:
    assert save(engine, FULL) is Outcome.ADDED
    assert load_report(engine, _id("one")) == FULL


def test_the_same_bytes_twice_change_nothing(engine: Engine) -> None:
    save(engine, FULL)
    before = _counts(engine)
    assert save(engine, FULL) is Outcome.UNCHANGED
    assert save(engine, FULL, force=True) is Outcome.UNCHANGED
    # Without force the bytes decide, whatever is now understood of them.
    assert save(engine, replace(FULL, year=1999)) is Outcome.UNCHANGED
    assert _counts(engine) == before
    assert load_report(engine, _id("one")) == FULL


@pytest.mark.parametrize(
    "changed",
    [
        replace(FULL, year=2022),
        replace(FULL, verdict=Verdict.ACCEPTED),
        replace(FULL, observations=(observe(FEES, "120198725.07"),)),
        replace(FULL, observations=()),
        replace(FULL, checks=FULL.checks[::-1]),
        replace(FULL, sections=FULL.sections[:1]),
        replace(FULL, statements=()),
        replace(FULL, extras=(*FULL.extras, ExtraRow("proactive", "合计", ("1",)))),
        replace(quarantined("one"), source="a.pdf"),
    ],
)
def test_what_is_understood_differently_is_replaced_when_forced(
    engine: Engine, changed: Report
) -> None:
    save(engine, FULL)
    save(engine, report("other", "b.pdf", observations=(observe(FEES, "1"),)))
    assert save(engine, changed, force=True) is Outcome.REPLACED
    assert load_report(engine, _id("one")) == changed
    assert len(load_report(engine, _id("other")).observations) == 1
    assert save(engine, changed, force=True) is Outcome.UNCHANGED


def test_a_replacement_that_fails_leaves_the_old(engine: Engine) -> None:
    save(engine, FULL)
    with pytest.raises(ReportRefused):
        save(engine, replace(FULL, observations=FULL.observations * 2), force=True)
    assert load_report(engine, _id("one")) == FULL


# Each step is (source, content); then what it changed, and afterwards for each content the source
# it bears and the content that superseded it.
STORIES = [
    ("one name", [("a", "X", "added")], {"X": ("a", None)}),
    (
        "a second name of the same bytes",
        [("b", "X", "added"), ("a", "X", "aliased"), ("a", "X", "unchanged")],
        {"X": ("b", None)},
    ),
    (
        "new bytes under the name",
        [("a", "X", "added"), ("a", "Y", "superseded"), ("a", "Z", "superseded")],
        {"X": ("a", "Y"), "Y": ("a", "Z"), "Z": ("a", None)},
    ),
    (
        "another name holds the old bytes still",
        [("a", "X", "added"), ("b", "X", "aliased"), ("a", "Y", "superseded")],
        {"X": ("b", None), "Y": ("a", None)},
    ),
    (
        "the last name leaves the old bytes",
        [
            ("a", "X", "added"),
            ("b", "X", "aliased"),
            ("a", "Y", "superseded"),
            ("b", "Z", "superseded"),
        ],
        {"X": ("b", "Z"), "Y": ("a", None), "Z": ("b", None)},
    ),
    (
        "the name returns to the old bytes",
        [("a", "X", "added"), ("a", "Y", "superseded"), ("a", "X", "superseded")],
        {"X": ("a", None), "Y": ("a", "X")},
    ),
    (
        "superseded bytes turn up under another name",
        [("a", "X", "added"), ("a", "Y", "superseded"), ("b", "X", "aliased")],
        {"X": ("b", None), "Y": ("a", None)},
    ),
    (
        "new bytes that were known under another name",
        [("a", "X", "added"), ("b", "Y", "added"), ("a", "Y", "superseded")],
        {"X": ("a", "Y"), "Y": ("b", None)},
    ),
]


@pytest.mark.parametrize(("steps", "after"), [story[1:] for story in STORIES])
def test_names_and_bytes(
    engine: Engine, steps: list[tuple[str, str, str]], after: dict[str, tuple[str, str | None]]
) -> None:
    for source, content, outcome in steps:
        assert save(engine, report(content, source)) == outcome
    with reading(engine) as connection:
        rows = connection.execute(
            select(reports.c.report_id, reports.c.source, reports.c.superseded_by)
        )
        assert {row.report_id: (row.source, row.superseded_by) for row in rows} == {
            _id(content): (source, newer and _id(newer))
            for content, (source, newer) in after.items()
        }
        # Every name is on record with every content it ever held, once.
        pairs = connection.execute(select(sources.c.source, sources.c.sha256)).all()
        assert {(source, sha[:16]) for source, sha in pairs} == {
            (source, _id(content)) for source, content, _ in steps
        }
    assert {source: sha[:16] for source, sha in known(engine)} == {
        source: _id(content) for source, content, _ in steps
    }


def test_known_bytes_under_another_name_need_not_be_read_again(engine: Engine) -> None:
    first = report()
    assert record_source(engine, "b.pdf", first.sha256) is None
    save(engine, first)
    assert record_source(engine, "a.pdf", first.sha256) is Outcome.UNCHANGED
    assert record_source(engine, "b.pdf", first.sha256) is Outcome.ALIASED
    save(engine, report("two", "c.pdf"))
    assert record_source(engine, "c.pdf", first.sha256) is Outcome.SUPERSEDED
    assert known(engine) == dict.fromkeys(
        [(name, first.sha256) for name in ("a.pdf", "b.pdf", "c.pdf")],
        Known(Verdict.ACCEPTED, (), None, "a.pdf"),
    )


def test_a_quarantined_report_is_kept_with_its_reason_and_no_figure(engine: Engine) -> None:
    given = replace(
        quarantined(),
        observations=(observe(FEES, "5"),),
        statements=FULL.statements,
        sections=FULL.sections,
        checks=FULL.checks,
    )
    assert save(engine, given) is Outcome.ADDED
    assert load_report(engine, _id("broken")) == replace(given, observations=(), statements=())
    with reading(engine) as connection:
        assert connection.scalar(select(reports.c.reason)) == (
            "no heading of the form\n12 characters of text"
        )
    reasons = ("no heading of the form", "12 characters of text")
    assert list(known(engine).values()) == [Known(Verdict.QUARANTINED, reasons, None, "broken.pdf")]


def test_what_read_a_report_is_on_record_and_follows_a_new_reading(engine: Engine) -> None:
    given = report()
    steps = [(False, "v1", "v1"), (False, "v2", "v1"), (True, "v2", "v2"), (True, None, None)]
    for force, read_by, recorded in steps:
        save(engine, given, force=force, read_by=read_by)
        assert [one.read_by for one in known(engine).values()] == [recorded]


def test_exact_decimals_come_back_and_sql_can_add_them(engine: Engine) -> None:
    values = ("120198725.06", "1101234567890.1234", "9007199254740993", "-0.1")
    for number, value in enumerate(values):
        save(engine, report(value, f"{number}", observations=(observe(FEES, value),)))
        (stored,) = load_report(engine, _id(value)).observations
        assert stored.value == Decimal(value)
    with reading(engine) as connection:
        column = observations.c.value
        assert connection.scalar(text("SELECT max(value) FROM observations")) == 9007199254740993
        assert connection.scalar(select(func.count()).where(column > Decimal(1_000_000))) == 3
        kinds = connection.scalars(text("SELECT DISTINCT typeof(value) FROM observations"))
        assert set(kinds) == {"integer", "real"}


REFUSED = [
    ((observe(FEES, "1"), observe(FEES, "1")), "fees × amount is observed twice"),
    ((replace(observe(FEES, "1"), unit="count"),), "is in count, the form says yuan"),
    ((replace(observe(FEES, "1"), row="fines"),), "fines × amount is no cell of the forms"),
    ((observe(FEES, "0", Status.BLANK),), "is blank with value 0"),
    ((observe(FEES, None),), "is reported with value None"),
    ((observe(FEES, "NaN"),), "NaN is not a finite number"),
    ((replace(observe(FEES, "1"), bbox=(0.0, 0.0, float("inf"), 1.0)),), "is on no page"),
]


@pytest.mark.parametrize(("observed", "said"), REFUSED)
def test_a_report_that_contradicts_itself_is_refused_whole(
    engine: Engine, observed: tuple[Observation, ...], said: str
) -> None:
    before = _counts(engine)
    with pytest.raises(ReportRefused, match=rf"a\.pdf.*{said}"):
        save(engine, report(observations=(observe(CELLS[0], "1"), *observed)))
    assert _counts(engine) == before


def test_a_quarantined_report_needs_a_reason(engine: Engine) -> None:
    with pytest.raises(ReportRefused, match="quarantined without a reason"):
        save(engine, replace(quarantined(), reasons=()))


def test_two_contents_with_one_id_are_not_confused(engine: Engine) -> None:
    save(engine, report())
    alike = replace(report(source="b.pdf"), sha256=report().sha256[:16] + "0" * 48)
    with pytest.raises(ReportRefused, match="is taken by other bytes"):
        save(engine, alike)


def test_an_unknown_report_is_said_to_be_unknown(engine: Engine) -> None:
    with pytest.raises(ReportUnknown, match="there is no report 0123"):
        load_report(engine, "0123")


def test_a_file_name_in_another_encoding_is_kept_readable(engine: Engine) -> None:
    given = report(source="\udcc4\udcea/a\x00.pdf")
    assert save(engine, given) is Outcome.ADDED
    assert save(engine, given) is Outcome.UNCHANGED
    assert load_report(engine, _id("one")).source == "\\udcc4\\udcea/a\\x00.pdf"


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"

    def load(number: int) -> list[Outcome]:
        engine = open_database(url)
        load_fields(engine, CELLS)
        outcomes = [
            save(engine, report(f"{n}", f"{number}/{n}", observations=(observe(FEES, "1"),)))
            for n in range(10)
        ]
        engine.dispose()
        return outcomes

    with ThreadPoolExecutor(4) as pool:
        outcomes = [outcome for done in pool.map(load, range(4)) for outcome in done]
    assert sorted(outcomes) == [Outcome.ADDED] * 10 + [Outcome.ALIASED] * 30


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
NUMBER = st.decimals(
    min_value=-(10**18), max_value=10**18, allow_nan=False, places=6
) | st.integers(-(10**25), 10**25).map(Decimal)
COORDINATE = st.integers(-(2**31) + 1, 2**31 - 1).map(lambda hundredths: hundredths / 100)


@st.composite
def observed(draw: st.DrawFn, cell: Cell) -> Observation:
    status = draw(st.sampled_from(Status))
    valued = status is Status.REPORTED or (status is Status.CORRECTED and draw(st.booleans()))
    return Observation(
        form=cell.form,
        table=cell.table,
        row=cell.row,
        column=cell.column,
        value=draw(NUMBER) if valued else None,
        unit=cell.unit,
        status=status,
        raw=draw(st.none() | TEXT),
        page=draw(st.none() | st.integers(1, 10_000)),
        bbox=draw(st.none() | st.tuples(COORDINATE, COORDINATE, COORDINATE, COORDINATE)),
        reader=draw(st.none() | TEXT),
        doubts=tuple(draw(st.lists(TEXT.filter(lambda phrase: "\n" not in phrase), max_size=3))),
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_observations_come_back_from_the_database(engine: Engine, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(CELLS), unique=True, max_size=6))
    ordered = sorted(chosen, key=CELLS.index)
    given = report(observations=tuple(data.draw(observed(cell)) for cell in ordered))
    save(engine, given, force=True)
    assert load_report(engine, _id("one")) == given
    assert [o.flagged for o in given.observations] == _flags(engine)


def _flags(engine: Engine) -> list[bool]:
    with reading(engine) as connection:
        return list(
            connection.scalars(select(observations.c.flagged).order_by(observations.c.field_id))
        )


@given(st.text())
def test_what_is_stored_of_a_text_stays_so(value: str) -> None:
    assert text_to_storable(text_to_storable(value)) == text_to_storable(value)


def test_facts_have_a_value_for_every_column() -> None:
    facts = report_to_rows(quarantined("one"), {}).facts
    assert {f.table: set(f.columns) for f in facts} == {
        f.table: set(METADATA.tables[f.table].columns.keys()) for f in facts
    }


def test_of_several_reports_one_that_is_refused_is_not_stored(engine: Engine) -> None:
    bad = report("two", "b.pdf", observations=FULL.observations * 2)
    first, second, third = save_several(
        engine, [(FULL, False), (bad, False), (report("three", "c.pdf"), False)]
    )
    assert (first, type(second), third) == (Outcome.ADDED, ReportRefused, Outcome.ADDED)
    assert set(known(engine)) == {
        (source, sha256(content.encode()).hexdigest())
        for source, content in (("a.pdf", "one"), ("c.pdf", "three"))
    }
