"""Tables of many rows in numbers: what they say in words, before, between and after migrations."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.schema import CreateSchema, DropSchema

from normalize.report import Check, Report, Statement, Status
from store import migrate
from store.connections import reading, text_to_url, writing
from store.copying import copy_current
from store.corrections import record_correction
from store.database import load_fields, open_database
from store.export import export
from store.ledger import Kind
from store.save import Outcome, save
from tests.postgres_server import running_server, why_no_server
from tests.store_examples import CELLS, FEES, observe, quarantined, report, totals

SCHEMA = "gongkai_numbers"
NEEDS_SERVER = pytest.mark.skipif(why_no_server() is not None, reason=str(why_no_server()))
CELL = (FEES.form, FEES.table, FEES.row, FEES.column)
MOMENT = datetime(2026, 1, 31, tzinfo=UTC)
VIEWS = {
    "observations": "report_id, field_id",
    "checks": "report_id, position",
    "suggestions": "report_id, field_id",
    "statements": "report_id, position",
}


def check(name: str, expected: str | None, actual: str | None, passed: bool | None) -> Check:
    sides = [None if digits is None else Decimal(digits) for digits in (expected, actual)]
    return Check(name, "2021", "requests", "received", "total", sides[0], sides[1], passed)


def given() -> tuple[Report, ...]:
    fees = replace(
        observe(FEES, "1101234567890.1234", doubts=("Q-ROW fails",)),
        bbox=(350.13, 359.0, 385.56, 376.99),
        suggestion=Decimal(7),
        suggested_by="Q-ROW",
    )
    unread = replace(observe(CELLS[-5], None, Status.UNREADABLE, raw="1 2"), bbox=None, reader=None)
    money = Statement("overview", "fees", Decimal("5.50"), "yuan", "5.50元", approximate=True)
    first = replace(
        report(observations=(fees, unread)),
        checks=(
            check("Q-ROW", "5.00", "6.5", False),
            check("Q-BAL", None, None, None),
            check("Q-ROW", "999999999999999999", "9999999999999999999", True),
            check("Q-ROW", "-5", "0", False),
        ),
        statements=(
            Statement("requests", "received", Decimal(859), "count", "共收到申请859件", year=2023),
            money,
        ),
    )
    return (
        first,
        report("two", "b.pdf", observations=totals("2021", received="5.0", refused_law=None)),
        quarantined("three", "c.pdf"),
    )


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=NEEDS_SERVER)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        made = open_database(f"sqlite:///{tmp_path}/g.db")
        yield made
        made.dispose()
        return
    url = request.getfixturevalue("server")
    admin = create_engine(text_to_url(url))
    with admin.begin() as connection:
        connection.execute(CreateSchema(SCHEMA))
    made = open_database(f"{url}?options=-csearch_path%3D{SCHEMA}")
    yield made
    made.dispose()
    with admin.begin() as connection:
        connection.execute(DropSchema(SCHEMA, cascade=True))
    admin.dispose()


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """What the views, or the tables of their names, hold."""
    with reading(engine) as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(
                    text(f"SELECT {', '.join(columns(engine, name))} FROM {name} ORDER BY {order}")
                )
            ]
            for name, order in VIEWS.items()
        }


def columns(engine: Engine, name: str) -> list[str]:
    """By name: tables of an older version have the same in another order."""
    with reading(engine) as connection:
        found = sorted(connection.execute(text(f"SELECT * FROM {name} LIMIT 0")).keys())
    return [f'"{column}"' for column in found]


def test_words_outlive_the_migration_down_and_up(engine: Engine, tmp_path: Path) -> None:
    load_fields(engine, CELLS)
    for one in given():
        assert save(engine, one) is Outcome.ADDED
    record_correction(
        engine, given()[0].sha256[:16], CELL, Kind.VALUE, Decimal("8.25"), who="甲", why="印错"
    )
    before = contents(engine)
    first = [path.read_bytes() for path in export(engine, "csv", tmp_path / "first").paths]
    with writing(engine) as connection:
        migrate.downgrade(connection, "0007")
    assert contents(engine) == before
    with writing(engine) as connection:
        migrate.upgrade(connection)
    assert contents(engine) == before
    again = [path.read_bytes() for path in export(engine, "csv", tmp_path / "again").paths]
    assert again == first
    assert save(engine, given()[1], force=True) is Outcome.UNCHANGED
    assert (
        save(engine, report("four", "d.pdf", observations=totals("2021", received="1")))
        is Outcome.ADDED
    )


def test_the_views_say_in_words_what_was_saved(engine: Engine) -> None:
    load_fields(engine, CELLS)
    for one in given():
        save(engine, one)
    found = contents(engine)
    with reading(engine) as connection:
        [cell] = connection.execute(
            text(
                "SELECT value_exact, status, raw, x0, top, x1, bottom, reader, original_status "
                "FROM observations WHERE value_exact LIKE '%.%'"
            )
        )
        sides = connection.execute(
            text("SELECT expected_exact, actual_exact, passed FROM checks ORDER BY position")
        ).all()
        stated = connection.execute(
            text("SELECT measure, value_exact, unit, quote, scope FROM statements ORDER BY 1")
        ).all()
    assert tuple(cell) == (
        *("1101234567890.1234", "reported", "1101234567890.1234"),
        *(350.13, 359.0, 385.56, 376.99, "pdfium", None),
    )
    assert [tuple(row) for row in sides] == [
        ("5", "6.5", False),
        (None, None, None),
        ("999999999999999999", "9999999999999999999", True),
        ("-5", "0", False),
    ]
    assert [tuple(row) for row in stated] == [
        ("fees", "5.5", "yuan", "5.50元", "own"),
        ("received", "859", "count", "共收到申请859件", "own"),
    ]
    assert {name: len(rows) for name, rows in found.items()} == {
        "observations": 4,
        "checks": 4,
        "suggestions": 1,
        "statements": 2,
    }


def test_rules_and_readers_stand_once_whatever_the_order(engine: Engine) -> None:
    load_fields(engine, CELLS)
    for one in given():
        save(engine, one)
    save(engine, replace(given()[0], sha256="f" * 64, source="z.pdf"))
    with reading(engine) as connection:
        rules = connection.execute(text('SELECT rule_id, "check" FROM check_rules ORDER BY 1'))
        assert [tuple(row) for row in rules] == [(1, "Q-ROW"), (2, "Q-BAL")]
        assert connection.execute(text("SELECT * FROM readers")).all() == [(1, "pdfium")]
        keys = connection.scalars(text("SELECT report_key FROM reports ORDER BY 1")).all()
    assert keys == [1, 2, 3, 4]


def test_a_copy_is_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    files = []
    for number, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 0, 2))):
        engine = open_database(f"sqlite:///{tmp_path}/{number}.db")
        load_fields(engine, CELLS)
        if number == 2:
            save(engine, replace(report("old"), checks=(check("Q-OLD", "1", "1", True),)))
        for place in order:
            save(engine, given()[place])
        files.append(tmp_path / f"copy{number}.db")
        copy_current(engine, files[-1], MOMENT)
        engine.dispose()
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()
