"""The page of fields: what is printed in the forms, and what it is called in the database."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.reference.markdown import page, table, written_by
from normalize.forms import Block, Form, FormTable, shipped_forms


def fields_page() -> str:
    """Every row and column of every shipped form, as it is printed and as it is named."""
    forms = shipped_forms()
    lines = [
        "# Fields of the forms",
        "",
        written_by(*(f"normalize/forms/{form.name}.toml" for form in forms)),
        "",
        "A cell is named `form.table.row.column`: `2021.requests.granted.total` is the total of "
        "「（一）予以公开」. The wide views have one column a cell, `row__column`; what each of "
        "them means is in the [codebook](../codebook.md). Rows in *italics* are printed by some "
        "agencies only. Money is stored in yuan, whatever unit is printed; everything else as it "
        "is printed. Variants of the labels that are known stand in the form files, as `aliases`.",
        "",
    ]
    for form in forms:
        lines += _form_to_lines(form)
    return page(*lines)


def _form_to_lines(form: Form) -> Iterator[str]:
    until = "on" if form.last_year is None else f"to {form.last_year}"
    since = f"from {form.first_year}" if form.last_year is None else f"{form.first_year}"
    yield from (f"## Form {form.name}", "", f"{form.notice}, for reports of {since} {until}.", "")
    for one in form.tables:
        yield from _table_to_lines(one)


def _table_to_lines(one: FormTable) -> Iterator[str]:
    yield from (f"### {one.form}.{one.name}", "", f"{len(one.fields)} fields.", "")
    for block in one.blocks:
        if block.banner:
            yield from (f"**{block.banner}**", "")
        yield from _block_to_lines(one, block)


def _block_to_lines(one: FormTable, block: Block) -> Iterator[str]:
    columns = (
        (c.label if c.group is None else f"{c.group} / {c.label}", f"`{c.name}`", c.unit or "")
        for c in block.columns
    )
    yield from table(("column as printed", "name", "unit"), columns)
    rows = []
    for row in block.rows:
        unit = one.fields[row.name, block.columns[0].name].unit
        label = f"*{row.row_label}*" if row.optional else row.row_label
        rows.append((label, f"`{row.name}`", unit))
    yield from table(("row as printed", "name", "unit"), rows)
