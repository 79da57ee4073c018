"""The pages of a release for people, in English and Chinese: README, methodology, codebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from release.accuracy import read_accuracy
from release.citation import citation
from release.given import Given
from release.summary import Summary
from store.package import WrittenTable


@dataclass(frozen=True, slots=True)
class Language:
    """The words that the templates of one language do not have."""

    suffix: str
    is_chinese: bool
    years: str
    changed: str
    not_in_stata: str
    table_heads: tuple[str, ...]
    cell_heads: tuple[str, ...]
    identity_heads: tuple[str, ...]
    check_heads: tuple[str, ...]
    year_heads: tuple[str, ...]
    reader_heads: tuple[str, ...]
    codebook_heads: tuple[str, ...]
    codebook_title: str
    codebook_note: str
    unknown: str
    nothing: str
    no_accuracy: str


ENGLISH = Language(
    suffix="",
    is_chinese=False,
    years=" for {}",
    changed="| what changed since the release before | `changed_reports`, `changed_cells` |\n",
    not_in_stata=" Too long for Stata, so not in `stata/`: {}.",
    table_heads=("table", "rows", "what it is"),
    cell_heads=(
        *("form", "table", "reports", "cells", "with a number", "blank", "placeholder"),
        *("unreadable", "missing", "corrected", "in doubt"),
    ),
    identity_heads=(
        *("form", "table", "hold", "fail", "not assessable"),
        *("printed so", "misread", "unknown"),
    ),
    check_heads=("check", "kind", "holds", "fails", "not assessable"),
    year_heads=("year", "reports", "accepted", "to be looked at", "not usable", "agencies"),
    reader_heads=("reader", "kind of file", "reports"),
    codebook_heads=("column", "printed label", "label", "type", "unit", "Stata", "what it is"),
    codebook_title="Codebook",
    codebook_note="Types: `text`, `prose` (of any length), `integer`, `decimal` (exact in CSV and "
    "Parquet), `float`, `boolean`, `date`. Where a column holds one cell of a form, its printed "
    "label is that of the row and the column. Statuses are numbers with labels in Stata.",
    unknown="unknown",
    nothing="none",
    no_accuracy="The page with the measured accuracy is not part of this installation.",
)
CHINESE = Language(
    suffix=".zh-CN",
    is_chinese=True,
    years="（{} 年度）",
    changed="| 自上一版以来的变动 | `changed_reports`、`changed_cells` |\n",
    not_in_stata="过长而未写成 Stata 文件的表：{}。",
    table_heads=("表", "行数", "内容"),
    cell_heads=(
        *("表格版本", "表", "报告数", "单元格数", "有数", "空白", "占位符"),
        *("无法读取", "缺失", "经人更正", "存疑"),
    ),
    identity_heads=(
        *("表格版本", "表", "成立", "不成立", "无法判断"),
        *("所印如此", "误读", "不详"),
    ),
    check_heads=("核对", "类别", "成立", "不成立", "无法判断"),
    year_heads=("年度", "报告数", "接受", "待审", "无法使用", "机关数"),
    reader_heads=("读取器", "文件类型", "报告数"),
    codebook_heads=("列", "所印标签", "标签", "类型", "单位", "Stata", "说明"),
    codebook_title="变量说明",
    codebook_note="类型：`text`（短文本）、`prose`（长文本）、`integer`（整数）、`decimal`"
    "（CSV 和 Parquet 中为精确小数）、`float`（浮点数）、`boolean`（真假）、`date`（日期）。"
    "一列对应一个单元格时，所印标签为其行标签和列标签。状态在 Stata 中为带标签的数字。",
    unknown="不详",
    nothing="无",
    no_accuracy="本安装不含准确率测量结果页。",
)


def write_pages(
    folder: Path, tables: Sequence[WrittenTable], summary: Summary, given: Given
) -> None:
    """Write README, methodology and codebook in both languages."""
    for language in (ENGLISH, CHINESE):
        for name, text in (
            ("README", _readme(tables, summary, given, language)),
            ("methodology", _methodology(summary, given, language)),
            ("codebook", _codebook(tables, language)),
        ):
            (folder / f"{name}{language.suffix}.md").write_text(text, encoding="utf-8")


def _template(name: str, language: Language) -> str:
    texts = resources.files("release") / "texts"
    return (texts / f"{name}{language.suffix}.md").read_text(encoding="utf-8")


def _readme(
    tables: Sequence[WrittenTable], summary: Summary, given: Given, language: Language
) -> str:
    rows = [
        (
            f"`{table.name}`",
            table.rows,
            table.label.description_zh if language.is_chinese else table.label.description,
        )
        for table in tables
    ]
    too_long = ", ".join(f"`{table.name}`" for table in tables if not table.is_in_stata)
    has_changes = any(table.name == "changed_cells" for table in tables)
    return _template("README", language).format(
        title=given.title,
        day=given.day.isoformat(),
        reports=summary.reports,
        agencies=summary.agencies,
        accepted=summary.accepted,
        needs_review=summary.needs_review,
        quarantined=summary.quarantined,
        years=language.years.format(summary.years_text) if summary.years_text else "",
        changed_row=language.changed if has_changes else "",
        not_in_stata=language.not_in_stata.format(too_long) if too_long else "",
        tables=rows_to_table(language.table_heads, rows, language),
        citation=citation(given),
        licence=f"{given.licence.title} ({given.licence.name})",
    )


def _methodology(summary: Summary, given: Given, language: Language) -> str:
    versions = ", ".join(f"{version} ({count})" for version, count in summary.read_by)
    return _template("methodology", language).format(
        day=given.day.isoformat(),
        cells=rows_to_table(language.cell_heads, summary.cells, language),
        identities=rows_to_table(language.identity_heads, summary.identities, language),
        checks=rows_to_table(language.check_heads, summary.checks, language),
        panel_checks=rows_to_table(language.check_heads, summary.panel_checks, language),
        years_table=rows_to_table(language.year_heads, summary.years, language),
        readers=rows_to_table(language.reader_heads, summary.readers, language),
        read_by=versions or language.unknown,
        accuracy=read_accuracy() or language.no_accuracy,
    )


def _codebook(tables: Sequence[WrittenTable], language: Language) -> str:
    lines = [f"# {language.codebook_title}", "", language.codebook_note]
    for table in tables:
        label = table.label
        lines += [
            "",
            f"## {table.name}",
            "",
            label.description_zh if language.is_chinese else label.description,
            "",
            rows_to_table(language.codebook_heads, _codebook_rows(table, language), language),
        ]
    return "\n".join(lines) + "\n"


def _codebook_rows(table: WrittenTable, language: Language) -> list[Sequence[object]]:
    return [
        (
            f"`{column.name}`",
            "：".join(filter(None, (column.label.row_label, column.label.column_label))),
            column.label.label_zh if language.is_chinese else column.label.label_en,
            column.kind,
            column.label.unit or "",
            "" if column.stata_name == column.name else f"`{column.stata_name}`",
            column.label.description_zh if language.is_chinese else column.label.description,
        )
        for column in table.columns
    ]


def rows_to_table(
    heads: Sequence[str], rows: Iterable[Sequence[object]], language: Language
) -> str:
    """A table in Markdown; a word for none where there are no rows."""
    listed = list(rows)
    if not listed:
        return language.nothing
    lines = [heads, ["---"] * len(heads), *listed]
    return "\n".join(f"| {' | '.join(_to_cell(v, language) for v in line)} |" for line in lines)


def _to_cell(value: object, language: Language) -> str:
    if value is None:
        return language.unknown
    return " ".join(str(value).replace("|", "\\|").split())
