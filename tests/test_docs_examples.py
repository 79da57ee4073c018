"""The scripts in docs/examples: those in Python run, that in R where R is installed."""

import re
import shutil
import subprocess
from pathlib import Path
from runpy import run_path

import pytest

from tests.sample_database import sample_release, sample_url

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def pictures_of(script: Path) -> list[str]:
    """The pictures that a script writes."""
    return re.findall(r"\w+\.svg", script.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_runs_and_makes_its_pictures(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_path(str(script))["main"](sample_url(), tmp_path)
    said = capsys.readouterr().out
    assert pictures_of(script)
    for name in pictures_of(script):
        assert name in said
        drawn = (tmp_path / name).read_text(encoding="utf-8")
        shown = (EXAMPLES / name).read_text(encoding="utf-8")
        title = re.compile(r"<title>(.*?)</title>")
        assert title.search(drawn)[1] == title.search(shown)[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(pictures_of(script))


def test_the_page_of_examples_names_every_script_and_picture() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in EXAMPLES.iterdir():
        assert path.name == "README.md" or path.name in text


def test_the_columns_that_r_and_stata_read_are_those_of_the_panel(tmp_path: Path) -> None:
    folder = sample_release()
    head = (folder / "csv" / "panel.csv").read_text(encoding="utf-8")
    columns = head.partition("\n")[0].split(",")
    stata = (EXAMPLES / "panel.do").read_text(encoding="utf-8")
    for name in re.findall(r"\b\w+_(?:flagged|status|form)\b", stata):
        assert name in columns
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    done = subprocess.run(
        [rscript, EXAMPLES / "panel.R", folder],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "granted" in done.stdout
