"""The codebook as two pages, English and Chinese, for the forms that are part of the program.

python -m store.codebook_pages --out docs
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import SelectBase

from normalize.forms import shipped_forms
from store.codebook import Described, Entry, describe_view, views_to_entries
from store.fields import StoredField
from store.measures import all_measures, all_rates
from store.views import fields_to_all_selects

COMMAND = "python -m store.codebook_pages --out docs"


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one page, and which words of an entry it takes."""

    file: str
    suffix: str
    title: str
    introduction: str
    views_heading: tuple[str, ...]
    plain_heading: tuple[str, ...]
    measure_heading: tuple[str, ...]
    cell_heading: tuple[str, ...]
    companions: str


ENGLISH = Language(
    file="codebook.md",
    suffix="",
    title="Codebook",
    introduction=f"""Written by `{COMMAND}` from the forms and from `measures.toml`, \
`rates.toml` and `codebook.toml` in `store`. The same is in every database, in the table \
`codebook`: one column of one view a row, with its labels, unit, description and the cells that \
it comes from; on PostgreSQL it is a comment on the column as well.

```sql
SELECT column_name, label_en, unit, cells, differs FROM codebook WHERE view_name = 'panel'
```

What is blank, a placeholder, unreadable or missing is NULL in every view, never 0, and a sum is \
NULL when one of its parts is. Superseded reports are in no view. Forms of your own get their \
views, and entries here, when they are loaded.""",
    views_heading=("view", "what it is"),
    plain_heading=("column", "label", "unit", "what it is"),
    measure_heading=("column", "label", "unit", "cells by form", "what differs"),
    cell_heading=("column", "row", "column of the form", "unit"),
    companions="and for each of these",
)
CHINESE = Language(
    file="codebook.zh-CN.md",
    suffix="_zh",
    title="变量说明",
    introduction=f"""由 `{COMMAND}` 根据表格以及 `store` 中的 `measures.toml`、`rates.toml` 和 \
`codebook.toml` 写成。每个数据库的 `codebook` 表内容相同：每个视图的每一列一行，含标签、单位、\
说明及所据单元格；在 PostgreSQL 中同时是该列的注释。

```sql
SELECT column_name, label_zh, unit, cells, differs_zh FROM codebook WHERE view_name = 'panel'
```

空白、占位符、无法读取和缺失在所有视图中都是 NULL，绝不为 0；各项之和只要有一项为 NULL 即为 NULL。\
被取代的报告不在任何视图中。自定义表格载入后也有自己的视图和说明。""",
    views_heading=("视图", "内容"),
    plain_heading=("列", "标签", "单位", "说明"),
    measure_heading=("列", "标签", "单位", "各版表格的单元格", "口径差异"),
    cell_heading=("列", "表格的行", "表格的列", "单位"),
    companions="以及其中每一列的",
)


def shipped_fields() -> tuple[StoredField, ...]:
    """The cells of the shipped forms as an empty database would number them."""
    tables = (table for form in shipped_forms() for table in form.tables)
    cells = (field for table in tables for field in table.fields.values())
    return tuple(
        StoredField(
            n, n, f.form, f.table, f.row, f.column, f.row_label, f.column_label, f.unit
        )
        for n, f in enumerate(cells, start=1)
    )  # fmt: skip


def codebook_to_page(language: Language) -> str:
    """The whole page as Markdown."""
    declared = shipped_fields()
    views = fields_to_all_selects(declared)
    entries = tuple(views_to_entries(views, declared))
    described = {name: describe_view(name, declared) for name in views}
    lines = [f"# {language.title}", "", language.introduction, ""]
    lines += _views_to_lines(views, described, language)
    for name, own in groupby(entries, key=lambda entry: entry.view_name):
        lines += ["", f"## {name}", "", _said_of(described[name], language)]
        lines += _entries_to_lines(tuple(own), language)
    return "\n".join(lines) + "\n"


def _views_to_lines(
    views: Mapping[str, SelectBase], described: Mapping[str, Described], language: Language
) -> Iterator[str]:
    label = "label_zh" if language.suffix else "label_en"
    rows = [(f"[{name}](#{name})", getattr(described[name], label)) for name in views]
    return _table(language.views_heading, rows)


def _said_of(view: Described, language: Language) -> str:
    return view.description_zh if language.suffix else view.description


def _entries_to_lines(entries: Sequence[Entry], language: Language) -> Iterator[str]:
    """Columns of one kind that follow each other are one table; companions are one sentence."""
    for kind, same in groupby(entries, key=_kind):
        yield ""
        if kind == "companion":
            suffixes = dict.fromkeys(e.column_name.rpartition("_")[2] for e in same)
            listed = ", ".join(f"`<…>_{suffix}`" for suffix in suffixes)
            yield f"… {language.companions} {listed}"
            continue
        heading = {
            "cell": language.cell_heading,
            "measure": language.measure_heading,
            "plain": language.plain_heading,
        }[kind]
        yield from _table(heading, [_entry_to_row(entry, kind, language) for entry in same])


def _kind(entry: Entry) -> str:
    if entry.form is not None:
        return "cell"
    if entry.cells is not None:
        return "measure"
    base, _, suffix = entry.column_name.rpartition("_")
    if suffix in ("status", "flagged") and base in _companied():
        return "companion"
    return "plain"


def _companied() -> set[str]:
    return {measure.name for measure in all_measures()} | {rate.name for rate in all_rates()}


def _entry_to_row(entry: Entry, kind: str, language: Language) -> tuple[str, ...]:
    name, unit = f"`{entry.column_name}`", entry.unit or ""
    if kind == "cell":
        return name, entry.row_label or "", entry.column_label or "", unit
    said = entry.description_zh if language.suffix else entry.description
    label = entry.label_zh if language.suffix else f"{entry.label_en} ({entry.label_zh})"
    if kind == "plain":
        return name, label, unit, said
    differs = entry.differs_zh if language.suffix else entry.differs
    return name, label, unit, entry.cells or "", "\n".join(t for t in (said, differs) if t)


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heading)} |"
    yield f"|{'---|' * len(heading)}"
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in row)
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m store.codebook_pages")
    parser.add_argument("--out", type=Path, default=Path("docs"), metavar="FOLDER")
    folder: Path = parser.parse_args().out
    for language in (ENGLISH, CHINESE):
        (folder / language.file).write_text(codebook_to_page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
