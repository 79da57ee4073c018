"""Data flow one way: extract -> normalize -> store, and only pipeline sees all of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = (
    *("extract", "normalize", "store", "explore", "gongkai", "dossier", "release", "pipeline"),
    *("fixtures", "benchmarks", "handbook"),
)

ALLOWED = {
    "extract": (),
    "normalize": ("extract.document",),
    "store": (
        "normalize.report",
        "normalize.forms",
        "normalize.panel.history",
        "normalize.panel.identity",
        "normalize.recheck",
    ),
    "explore": (
        "extract",
        "normalize.report",
        "normalize.forms",
        "normalize.form_rules",
        "normalize.places.gazetteer",
        "normalize.review",
        "store",
    ),
    "gongkai": ("store", "explore.charts", "pipeline.command"),
    "dossier": (
        "explore.charts",
        "explore.equations",
        "explore.grids",
        "explore.texts",
        "normalize.report",
        "normalize.forms",
        "store",
    ),
    "release": ("store",),
    "pipeline": ("extract", "normalize", "store", "explore", "dossier", "release"),
    "fixtures": (),
    "handbook": (
        "dossier.errors",
        "explore.errors",
        "extract.errors",
        "gongkai",
        "normalize",
        "pipeline",
        "release.errors",
        "store.errors",
    ),
    "benchmarks": ("extract", "normalize", "store", "explore", "pipeline", "fixtures"),
}
ONLY_IN = {
    "sqlalchemy": ("store", "gongkai", "dossier", "release", "explore", "pipeline", "benchmarks"),
    "alembic": ("store",),
    "pypdfium2": ("extract", "benchmarks", "fixtures"),
    "pdfplumber": ("extract", "benchmarks"),
    "camelot": ("extract", "benchmarks"),
    "lxml": ("extract", "fixtures"),
    "pandas": ("store", "gongkai"),
    "datasette": ("explore",),
    "uvicorn": ("explore", "benchmarks"),
    "jinja2": ("explore",),
}


def imports_of(file: Path) -> Iterator[str]:
    """Every module that a file imports, with the names taken from packages."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_allowed(module: str, stage: str) -> bool:
    top = module.split(".")[0]
    if top == stage or top not in STAGES:
        return True
    return any(
        module == allowed or module.startswith(f"{allowed}.") or allowed.startswith(f"{module}.")
        for allowed in ALLOWED[stage]
    )


FILES = [
    pytest.param(stage, file, id=file.relative_to(ROOT).as_posix())
    for stage in STAGES
    for file in sorted((ROOT / stage).rglob("*.py"))
]


@pytest.mark.parametrize(("stage", "file"), FILES)
def test_a_file_imports_only_what_its_stage_may_see(stage: str, file: Path) -> None:
    modules = set(imports_of(file))
    assert [m for m in sorted(modules) if not is_allowed(m, stage)] == []
    libraries = {m.split(".")[0] for m in modules} & set(ONLY_IN)
    assert [library for library in sorted(libraries) if stage not in ONLY_IN[library]] == []


def test_a_breach_would_be_found(tmp_path: Path) -> None:
    file = tmp_path / "breach.py"
    file.write_text("from store import schema\nimport extract.pdf\n", encoding="utf-8")
    modules = list(imports_of(file))
    assert [m for m in modules if not is_allowed(m, "normalize")] == [
        "store",
        "store.schema",
        "extract.pdf",
    ]
