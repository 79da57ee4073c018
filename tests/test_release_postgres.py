"""What people take away is the same from PostgreSQL as from SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.schema import CreateSchema, DropSchema

import gongkai
from store.copying import copy_current
from store.database import open_readonly
from store.export import export
from store.selection import Selection
from tests.postgres_server import running_server, why_no_server
from tests.sample_database import WATER, fill, sample_reports, sample_url

SCHEMA = f"gongkai_release_{os.getpid()}"
WHY_NOT = why_no_server()
pytestmark = pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_server() as database:
        server = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
        with server.begin() as connection:
            connection.execute(DropSchema(SCHEMA, cascade=True, if_exists=True))
            connection.execute(CreateSchema(SCHEMA))
        url = f"{database}?options=-csearch_path%3D{SCHEMA}"
        fill(url, tuple(reversed(sample_reports())))
        yield url
        with server.begin() as connection:
            connection.execute(DropSchema(SCHEMA, cascade=True))
        server.dispose()


@pytest.fixture(scope="module")
def engines(url: str) -> Iterator[tuple[Engine, Engine]]:
    engines = (open_readonly(url), open_readonly(sample_url()))
    yield engines
    for engine in engines:
        engine.dispose()


def test_the_copy_in_a_release_is_the_same_bytes(
    engines: tuple[Engine, Engine], tmp_path: Path
) -> None:
    for engine, name in zip(engines, ("one", "two"), strict=True):
        copy_current(engine, tmp_path / name, datetime(2026, 1, 31, tzinfo=UTC))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection(years=(2022,), forms=("2021",)), Selection(regions=("44",))],
)
def test_exports_are_the_same_bytes(
    engines: tuple[Engine, Engine], tmp_path: Path, wide: bool, selection: Selection
) -> None:
    made = [
        export(engine, "csv", tmp_path / str(n), selection=selection, wide=wide).paths
        for n, engine in enumerate(engines)
    ]
    for one, two in zip(*made, strict=True):
        assert one.name == two.name
        assert one.read_bytes() == two.read_bytes(), one.name


@pytest.mark.parametrize("name", ["panel", "requests", "cells", "checks", "coverage"])
def test_frames_are_equal(url: str, name: str) -> None:
    with gongkai.open(url) as one, gongkai.open(sample_url()) as two:
        first, second = getattr(one, name)(), getattr(two, name)()
        assert first.attrs == second.attrs
        assert first.equals(second)
        if name == "panel":
            assert one.panel(agency=WATER).equals(two.panel(agency=WATER))
