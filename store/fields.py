"""The dimension of cell names: every (form, table, row, column) of the forms, with its unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, delete, exists, insert, select, update

from store.errors import FieldsConflict
from store.names import Name, Named, name_of, name_to_text
from store.schema import fields
from store.schema_cells import observation_rows


class FormField(Named, Protocol):
    """One cell of one form, as the form files declare it."""

    @property
    def row_label(self) -> str: ...
    @property
    def column_label(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class StoredField:
    """One row of `fields`, in its columns' order; `position` from 1 in the order of the forms."""

    field_id: int
    position: int
    form: str
    table: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: str


def stored_fields(connection: Connection) -> tuple[StoredField, ...]:
    """The fields in the database, in the order of the forms."""
    rows = connection.execute(select(fields).order_by(fields.c.position)).all()
    return tuple(StoredField(*row) for row in rows)


def update_fields(connection: Connection, wanted: Iterable[FormField]) -> None:
    """Make the dimension equal to the forms; field_ids that exist stay as they are.

    A field that the forms dropped goes too, unless observations refer to it: then it stays, after
    the others. FieldsConflict when a name is given twice or observations hold another unit.
    """
    stored = {name_of(field): field for field in stored_fields(connection)}
    next_id = max((field.field_id for field in stored.values()), default=0) + 1
    target: dict[Name, StoredField] = {}
    for field in wanted:
        name = name_of(field)
        if name in target:
            raise FieldsConflict(
                f"the forms declare {name_to_text(name)} twice", "remove one of the two"
            )
        known = stored.get(name)
        field_id = next_id if known is None else known.field_id
        next_id += known is None
        target[name] = _at(field, field_id, len(target) + 1)
        if known is not None and known.unit != field.unit and _is_used(connection, field_id):
            raise FieldsConflict(
                f"{name_to_text(name)} is stored in {known.unit}, the forms now say {field.unit}",
                "load the reports into a new database",
            )
    for name, field in stored.items():
        if name not in target and _is_used(connection, field.field_id):
            target[name] = _at(field, field.field_id, len(target) + 1)
    _write(connection, stored, target)


def _write(
    connection: Connection, stored: dict[Name, StoredField], target: dict[Name, StoredField]
) -> None:
    for name, field in stored.items():
        if name not in target:
            connection.execute(delete(fields).where(fields.c.field_id == field.field_id))
        elif field != target[name]:
            connection.execute(
                update(fields)
                .where(fields.c.field_id == field.field_id)
                .values(_to_row(target[name]))
            )
    added = [_to_row(field) for name, field in target.items() if name not in stored]
    if added:
        connection.execute(insert(fields), added)


def _at(field: FormField, field_id: int, position: int) -> StoredField:
    return StoredField(
        field_id=field_id,
        position=position,
        form=field.form,
        table=field.table,
        row=field.row,
        column=field.column,
        row_label=field.row_label,
        column_label=field.column_label,
        unit=field.unit,
    )


def _to_row(field: StoredField) -> dict[str, object]:
    return {column.name: getattr(field, column.name) for column in fields.c}


def _is_used(connection: Connection, field_id: int) -> bool:
    used = connection.scalar(select(exists().where(observation_rows.c.field_id == field_id)))
    return bool(used)
