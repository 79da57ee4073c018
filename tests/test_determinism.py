"""Exports are the same bytes whatever the number of workers and the order of the paths."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.command import app
from pipeline.plan import paths_to_tasks
from tests.running import FIXTURES, exported, text_fixtures

OTHER_KINDS = (
    "archives2023-html-portal/source.html",
    "county2021-docx/source.docx",
    "water2023-pdf-strokes/source.pdf",
)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Reports of every kind, two files that are none, and one report under two names."""
    folder = tmp_path_factory.mktemp("paths")
    files = [*text_fixtures(11), *(FIXTURES / name for name in OTHER_KINDS)]
    for file in files:
        (folder / file.parent.name).mkdir()
        shutil.copy(file, folder / file.parent.name / file.name)
    shutil.copy(files[0], folder / "again.txt")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "note.txt").write_text("通知\n", encoding="utf-8")
    return [folder, *sorted(folder.glob("*/source.*"))[:3], folder / "note.txt"]


@pytest.fixture(scope="module")
def once(paths: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return run_and_export(paths, 1, tmp_path_factory.mktemp("once"))


def run_and_export(paths: list[Path], jobs: int, folder: Path) -> dict[str, bytes]:
    db = f"sqlite:///{folder / 'a.db'}"
    words = ["run", *map(str, paths), "--jobs", str(jobs), "--db", db]
    assert CliRunner().invoke(app, words).exit_code == 3
    return exported(folder / "a.db", folder / "out")


@pytest.mark.parametrize(("jobs", "seed"), [(1, 1), (2, 2), (3, 3)])
def test_exports_depend_on_neither_the_workers_nor_the_order_of_the_paths(
    jobs: int, seed: int, paths: list[Path], once: dict[str, bytes], tmp_path: Path
) -> None:
    shuffled = random.Random(seed).sample(paths, len(paths))
    assert run_and_export(shuffled, jobs, tmp_path) == once
    assert once["reports.csv"].count(b"\n") > len(OTHER_KINDS) + 11


def test_a_file_has_one_name_whatever_the_order_of_the_paths_that_lead_to_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    file = tmp_path / "a" / "b" / "c.txt"
    file.write_text("x", encoding="utf-8")
    ways = [file, tmp_path / "a" / "b", tmp_path, tmp_path / "a"]
    for seed in range(10):
        shuffled = random.Random(seed).sample(ways, len(ways))
        assert [task.source for task in paths_to_tasks(shuffled)] == ["a/b/c.txt"]
