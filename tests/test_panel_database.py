"""`gongkai check` over a database: what is stored, what is looked at again, and what it prints."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, update
from typer.testing import CliRunner

from normalize.forms import all_fields
from normalize.panel.peers import peer_checks
from normalize.panel.settings import PanelSettings
from normalize.places.gazetteer import divisions_of
from normalize.report import Body, Statement, Verdict
from pipeline import panel
from pipeline.command import app
from pipeline.panel import check_panel
from store import migrate
from store.connections import reading, writing
from store.contract import PANEL_CHECKS, table_to_rows
from store.database import load_fields, open_database, open_readonly
from store.overview import overview
from store.panel_reading import PanelReader, list_reports
from store.save import save
from store.schema import METADATA, panel_checks, panel_prints, panel_states, reports
from tests.panel_examples import full_report
from tests.postgres_server import running_server, why_no_server

LACKING = why_no_server()
OWN = {
    f"{row}__natural_person": number
    for number, row in enumerate(
        ("received", "granted", "carried_over", "other_remaining", "refused_state_secret"), start=11
    )
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_server() as url:
        yield url


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql", marks=pytest.mark.skipif(LACKING is not None, reason=str(LACKING))
        ),
    ]
)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    postgres = request.param == "postgresql"
    url = request.getfixturevalue("server") if postgres else f"sqlite:///{tmp_path}/g.db"
    engine = open_database(url)
    load_fields(engine, all_fields())
    yield engine
    if postgres:
        with writing(engine) as connection:
            migrate.downgrade(connection, "base")
    engine.dispose()


def put(engine: Engine, *given, force: bool = False) -> None:
    """Save reports as if it were an hour ago, so that a check now comes after."""
    with writing(engine) as connection:
        known = set(connection.scalars(select(reports.c.report_id)))
    for one in given:
        save(engine, one, force=force)
    hour = timedelta(hours=1) / (2 if force else 1)
    ids = {one.sha256[:16] for one in given}
    with writing(engine) as connection:
        connection.execute(
            update(reports)
            .where(reports.c.report_id.in_(ids if force else ids - known))
            .values(loaded_at=datetime.now(UTC).replace(microsecond=0) - hour)
        )


def failed(engine: Engine, *names: str) -> list[tuple[object, ...]]:
    sql = (
        "SELECT agency, year, check_name, other_year, form_row, form_column, expected, actual "
        "FROM failed_panel_checks ORDER BY agency, year, check_name, form_column"
    )
    with reading(engine) as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql) if row[2] in names]


def stored(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return list(table_to_rows(connection, PANEL_CHECKS))


THREE = (
    full_report("甲县水务局", 2021, carried_forward__total=3),
    full_report("甲县水务局", 2022, carried_over__total=4),
    full_report("乙县水务局", 2022),
)


def test_a_check_between_years_is_stored_with_both_reports(engine: Engine) -> None:
    put(engine, *THREE)
    checked = check_panel(engine)
    assert (checked.agencies, checked.agencies_checked, checked.reports_checked) == (2, 2, 3)
    assert failed(engine, "Y-CARRY") == [
        ("甲县水务局", 2022, "Y-CARRY", 2021, "carried_over", "total", 3, 4)
    ]
    (carry,) = (t for t in checked.tallies if t.check == "Y-CARRY")
    assert (carry.kind, carry.passed, carry.failed, carry.not_assessable) == ("H", 6, 1, 0)
    assert overview(engine).failed_panel_checks == 1
    (row,) = (row for row in stored(engine) if row[4] == "Y-CARRY" and row[-1] is False)
    assert row == (
        *("甲县水务局", 2022, THREE[1].sha256[:16], THREE[0].sha256[:16], "Y-CARRY", "H"),
        *("2021", "requests", "carried_over", "total", "3", "4", False),
    )


def test_only_what_changed_is_looked_at_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[set[str]] = []

    def watch(given: Sequence) -> tuple:
        looked.append({report.agency_id for report in given})
        return panel_to_checks(given)

    panel_to_checks = panel.agency_to_checks
    monkeypatch.setattr(panel, "agency_to_checks", watch)
    put(engine, *THREE)
    check_panel(engine)
    before = stored(engine)
    assert looked == [{"乙县水务局"}, {"甲县水务局"}] or looked == [{"甲县水务局"}, {"乙县水务局"}]

    looked.clear()
    again = check_panel(engine)
    assert (again.agencies_checked, again.reports_checked, looked) == (0, 0, [])
    assert stored(engine) == before

    put(engine, full_report("乙县水务局", 2023, carried_over__total=1))
    again = check_panel(engine)
    assert (again.agencies_checked, again.reports_checked, looked) == (1, 2, [{"乙县水务局"}])
    assert [row[0] for row in failed(engine, "Y-CARRY")] == ["乙县水务局", "甲县水务局"]

    looked.clear()
    put(engine, full_report("甲县水务局", 2022, carried_over__total=3), force=True)
    assert check_panel(engine).agencies_checked == 1
    assert looked == [{"甲县水务局"}]
    assert [row[0] for row in failed(engine, "Y-CARRY")] == ["乙县水务局"]

    looked.clear()
    incremental = stored(engine)
    assert check_panel(engine, everything=True).agencies_checked == 2
    assert len(looked) == 2
    assert stored(engine) == incremental


def test_what_was_loaded_in_the_second_of_the_check_is_looked_at_again(engine: Engine) -> None:
    put(engine, *THREE)
    save(engine, full_report("丙县水务局", 2022))
    assert check_panel(engine).agencies_checked == 3
    assert check_panel(engine).agencies_checked in (0, 1)


def test_new_rules_are_applied_to_everything(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, *THREE)
    check_panel(engine)
    monkeypatch.setattr(panel, "rules_digest", lambda: "others")
    assert check_panel(engine).agencies_checked == 2


def test_an_agency_that_is_no_more_leaves_nothing(engine: Engine) -> None:
    put(engine, *THREE)
    check_panel(engine)
    put(
        engine,
        replace(THREE[2], body=Body("110101:丙局", "110101", "county", "department")),
        force=True,
    )
    check_panel(engine)
    with reading(engine) as connection:
        kept = set(connection.scalars(select(panel_checks.c.agency_id)))
        units = set(connection.scalars(select(panel_states.c.unit)))
    assert kept == {"甲县水务局", "110101:丙局"}
    assert units == {"甲县水务局", "110101:丙局", "county department 2022"}


def test_superseded_and_quarantined_reports_are_not_compared(engine: Engine) -> None:
    put(engine, *THREE)
    check_panel(engine)
    bad = full_report("甲县水务局", 2022)
    newer = replace(
        bad, sha256="f" * 64, verdict=Verdict.QUARANTINED, reasons=("no text",), observations=()
    )
    put(engine, newer)
    check_panel(engine)
    assert failed(engine, "Y-CARRY") == []
    with reading(engine) as connection:
        assert [r.year for r in list_reports(connection) if r.agency_id == "甲县水务局"] == [2021]


def test_a_renamed_agency_is_one_agency(engine: Engine) -> None:
    body = Body("110101:水务局", "110101", "county", "department")
    put(
        engine,
        replace(full_report("水利局", 2021, carried_forward__total=3), body=body),
        replace(full_report("水务局", 2022), body=body),
    )
    check_panel(engine)
    assert [row[0] for row in failed(engine, "Y-CARRY")] == ["水务局"]


def test_years_under_a_name_of_many_bodies_are_not_compared(engine: Engine) -> None:
    body = Body("-:区档案局", None, None, "department")
    for number, cells in ((2021, {"carried_forward__total": 3}), (2022, {})):
        put(engine, replace(full_report("区档案局", number, **cells), body=body))
    assert check_panel(engine).agencies == 2
    assert failed(engine, "Y-CARRY", "Y-GAP") == []


def test_twins_come_and_go(engine: Engine) -> None:
    put(engine, full_report("甲县水务局", 2021, **OWN), full_report("乙县水务局", 2023, **OWN))
    check_panel(engine)
    assert [row[:4] for row in failed(engine, "G-TWIN")] == [
        ("乙县水务局", 2023, "G-TWIN", 2021),
        ("甲县水务局", 2021, "G-TWIN", 2023),
    ]
    other = {**OWN, "granted__natural_person": 99}
    put(engine, full_report("乙县水务局", 2023, **other), force=True)
    check_panel(engine)
    assert failed(engine, "G-TWIN") == []


def test_one_text_under_two_names_and_one_file_under_two(engine: Engine) -> None:
    text = "本机关认真贯彻落实条例要求。" * 30
    put(
        engine,
        full_report("甲县水务局", 2021, text=text),
        full_report("乙县水务局", 2021, text=text + "\n"),
    )
    put(engine, replace(full_report("甲县水务局", 2021, text=text), source="copy.html"))
    check_panel(engine)
    found = {(row[0], row[3], row[6], row[7]) for row in failed(engine, "G-DUPE")}
    assert found == {
        ("乙县水务局", 2021, None, None),
        ("甲县水务局", 2021, None, None),
        ("甲县水务局", None, 1, 2),
    }


def test_peers_are_compared_within_level_kind_and_year(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("normalize.panel.peers.SHARE", 0.9)
    made = []
    for number in range(12):
        body = Body(f"110101:{number}", "110101", "county", "department")
        one = full_report(f"{number}局", 2022, received__total=100 if number == 7 else 1)
        made.append(replace(one, observations=one.observations[:30], body=body))
    put(engine, *made)
    few = PanelSettings(peers=10)
    monkeypatch.setattr(panel, "peer_checks", lambda group: peer_checks(group, few))
    checked = check_panel(engine)
    assert checked.groups_checked == 1
    assert [row[0] for row in failed(engine, "G-PEER")] == ["7局"]
    assert check_panel(engine).groups_checked == 0
    body = Body("110101:12", "110101", "county", "department")
    put(engine, replace(full_report("12局", 2023), body=body))
    assert check_panel(engine).groups_checked == 1


def test_a_territory_is_compared_with_its_parts(engine: Engine) -> None:
    def government(name: str, code: str, scope: str, received: int, year: int = 2022):
        made = full_report(name, year, received__total=received)
        return replace(
            made, body=Body(f"{code}:人民政府", code, "county", "government"), scope=scope
        )

    county = government("甲县", "130102", "own", 9)
    put(engine, government("某市", "130100", "territory", 8), county)
    put(
        engine,
        government("乙县", "130202", "own", 50),
        government("甲县", "130102", "own", 50, 2023),
    )
    check_panel(engine)
    assert failed(engine, "G-GE") == [("某市", 2022, "G-GE", 2022, "received", "total", 9, 8)]
    put(engine, government("甲县", "130102", "own", 2), force=True)
    check_panel(engine)
    assert failed(engine, "G-GE") == []


def test_divisions_are_counted_and_added_up(engine: Engine) -> None:
    def government(code: str, scope: str, received: int):
        made = full_report(code, 2022, received__total=received)
        body = Body(f"{code}:人民政府", code, "county", "government")
        return replace(made, body=body, scope=scope)

    def found(check: str) -> list[tuple[object, ...]]:
        c = panel_checks.c
        with reading(engine) as connection:
            return [
                tuple(row)
                for row in connection.execute(
                    select(c.row, c.expected_exact, c.actual_exact, c.passed)
                    .where(c.check == check, c.row.in_(("", "received")))
                    .order_by(c.expected)
                )
            ]

    counties = sorted(divisions_of("130100", 2022))
    put(engine, government("130100", "territory", 100))
    put(engine, *(government(code, "own", 2) for code in counties[1:]))
    check_panel(engine)
    assert found("G-COVER") == [("", str(len(counties)), str(len(counties) - 1), False)]
    assert found("G-SUM") == []
    put(engine, government(counties[0], "own", 2))
    check_panel(engine)
    assert found("G-COVER") == [("", str(len(counties)), str(len(counties)), True)]
    assert found("G-SUM") == [("received", str(2 * len(counties)), "100", False)]


def test_what_is_read_is_what_was_stored(engine: Engine) -> None:
    stated = Statement(
        "overview", "requests.received.total", Decimal(3), "count", "上年3件", year=2020
    )
    far = replace(stated, scope="territory")
    one = replace(
        full_report("甲县水务局", 2021, text="一\n二", received__total=7), statements=(stated, far)
    )
    put(engine, one)
    with reading(engine) as connection:
        (read,) = PanelReader(connection).read(list_reports(connection))
        keys = [("requests", "received", "total"), ("proactive", "fees", "amount")]
        (few,) = PanelReader(connection).read_cells(list_reports(connection), keys)
    assert read.figures["requests", "received", "total"] == ("2021", Decimal(7))
    assert len(read.figures) == 200
    assert read.sections == {"overview": "一\n二"}
    assert read.statements == (replace(stated, quote=""),)
    assert {key: figure.value for key, figure in few.figures.items()} == {keys[0]: 7, keys[1]: 0}


def test_the_migration_goes_up_and_down(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/g.db")
    load_fields(engine, all_fields())
    put(engine, *THREE)
    check_panel(engine)
    new = {table.name for table in (panel_checks, panel_prints, panel_states)}
    with writing(engine) as connection:
        migrate.downgrade(connection, "0003")
    assert new.isdisjoint(inspect(engine).get_table_names())
    with writing(engine) as connection:
        migrate.upgrade(connection)
    assert set(METADATA.tables) <= set(inspect(engine).get_table_names())
    assert check_panel(engine).agencies_checked == 2
    engine.dispose()


def test_the_command_prints_counts_and_upgrades_an_older_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/g.db"
    engine = open_database(url)
    load_fields(engine, all_fields())
    put(engine, *THREE)
    with writing(engine) as connection:
        migrate.downgrade(connection, "0003")
    engine.dispose()
    result = CliRunner().invoke(app, ["check", "--db", url])
    assert result.exit_code == 0, result.output
    assert "3 reports of 2 agencies checked, 0 agencies unchanged" in result.stdout
    assert [line.split("│")[1:6] for line in result.stdout.splitlines() if "Y-CARRY" in line] == [
        [" Y-CARRY ", " H    ", " 6     ", " 1     ", " 0              "]
    ]
    again = CliRunner().invoke(app, ["check", "--db", url])
    assert "0 reports of 0 agencies checked, 2 agencies unchanged" in again.stdout
    every = CliRunner().invoke(app, ["check", "--db", url, "--all"])
    assert "3 reports of 2 agencies checked" in every.stdout
    status = CliRunner().invoke(app, ["status", "--db", url])
    assert "1 checks against other years and reports fail" in status.stdout
    open_readonly(url).dispose()


def test_the_command_makes_no_database(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--db", f"sqlite:///{tmp_path}/none.db"])
    assert result.exit_code == 1
    assert "make it with 'gongkai run'" in result.stderr
    assert list(tmp_path.iterdir()) == []
