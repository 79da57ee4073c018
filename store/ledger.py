"""The ledger of corrections: its entries, how they come and go, and what is in force of them.

An entry is never changed and never removed; one that is taken back stays, with a later entry that
withdraws it. Of a cell's entries that are not withdrawn the latest is in force. Where two people
differ, both stay on record and the cell is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, insert, select

from normalize.recheck import Decision
from normalize.report import Status
from store.names import Name
from store.schema import corrections
from store.values import decimal_to_text

TWO_PEOPLE = "{one} says {value}, {other} decided otherwise later"
NO_NUMBER = "no number"
_AT_ONCE = 500
"""Reports asked for by one statement: SQLite takes 32,766 parameters, older ones 999."""


class Kind(StrEnum):
    """What was decided."""

    VALUE = "value"
    """The cell's value is another one."""
    AS_PRINTED = "as_printed"
    """The value in force is what is printed."""
    SUGGESTION = "suggestion"
    """The value that arithmetic suggests is taken."""
    WITHDRAW = "withdraw"
    """An earlier entry is taken back."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry: what `who` decided of a cell of the report with these bytes, when and why.

    `correction_id` is a UUID, the same in every copy of the ledger. `value` is in the unit of the
    field (money in yuan), None for a cell that holds no number and for a withdrawal. `made_at` is
    in UTC. `refers_to` is the entry that a withdrawal takes back. `original_...` is what had been
    read in the cell at the time; the status is None where that is not on record.
    """

    correction_id: str
    sha256: str
    form: str
    table: str
    row: str
    column: str
    decision: Kind
    value: Decimal | None
    who: str
    why: str
    made_at: datetime
    refers_to: str | None = None
    original_value: Decimal | None = None
    original_status: Status | None = None
    original_raw: str | None = None

    @property
    def cell(self) -> Name:
        return self.form, self.table, self.row, self.column


NAMES = tuple(field.name for field in fields(Correction))


def moment_to_text(moment: datetime) -> str:
    """`2026-11-23T15:42:00.000000Z`, which sorts as moments do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text_to_moment(text: str) -> datetime:
    """ValueError for a text that is no moment, or one without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no time zone")
    return moment.astimezone(UTC)


def read_entries(
    connection: Connection, sha256s: Iterable[str] | None = None
) -> dict[str, list[Correction]]:
    """The entries of some reports, or of all, by the digest of their bytes, the oldest first."""
    found: dict[str, list[Correction]] = {}
    chosen = select(corrections).order_by(corrections.c.made_at, corrections.c.correction_id)
    statements = [chosen]
    if sha256s is not None:
        wanted = sorted(set(sha256s))
        parts = (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))
        statements = [chosen.where(corrections.c.sha256.in_(part)) for part in parts]
    for statement in statements:
        for row in connection.execute(statement).mappings():
            found.setdefault(row["sha256"], []).append(_row_to_entry(row))
    return found


def add_entries(connection: Connection, entries: Sequence[Correction]) -> None:
    """Put entries into the ledger; their ids must be new."""
    if entries:
        connection.execute(insert(corrections), [_entry_to_row(entry) for entry in entries])


def in_force(entries: Sequence[Correction]) -> dict[Name, tuple[Correction, ...]]:
    """By cell the latest entry of each person that is not withdrawn, the latest of all last."""
    withdrawn = {entry.refers_to for entry in entries if entry.decision is Kind.WITHDRAW}
    found: dict[Name, dict[str, Correction]] = {}
    for entry in sorted(entries, key=lambda e: (e.made_at, e.correction_id)):
        if entry.decision is not Kind.WITHDRAW and entry.correction_id not in withdrawn:
            of_cell = found.setdefault(entry.cell, {})
            of_cell.pop(entry.who, None)
            of_cell[entry.who] = entry
    return {cell: tuple(by_person.values()) for cell, by_person in found.items()}


def entries_to_decisions(entries: Sequence[Correction]) -> tuple[Decision, ...]:
    """What is in force of one report's entries, in doubt where people differ."""
    return tuple(_to_decision(latest) for _, latest in sorted(in_force(entries).items()))


def _to_decision(of_cell: Sequence[Correction]) -> Decision:
    last = of_cell[-1]
    doubts = tuple(
        TWO_PEOPLE.format(one=one.who, value=_said(one.value), other=last.who)
        for one in of_cell[:-1]
        if one.value != last.value
    )
    return Decision(
        *last.cell,
        value=last.value,
        confirms=last.decision is Kind.AS_PRINTED,
        status=last.original_status,
        raw=last.original_raw,
        doubts=doubts,
    )


def _said(value: Decimal | None) -> str:
    return NO_NUMBER if value is None else decimal_to_text(value)


def _entry_to_row(entry: Correction) -> dict[str, object]:
    return {
        **{name: getattr(entry, name) for name in NAMES},
        "decision": entry.decision.value,
        "made_at": moment_to_text(entry.made_at),
        "value_exact": None if entry.value is None else decimal_to_text(entry.value),
        "original_value_exact": None
        if entry.original_value is None
        else decimal_to_text(entry.original_value),
        "original_status": entry.original_status.value if entry.original_status else None,
    }


def _row_to_entry(row: RowMapping) -> Correction:
    digits, original = row["value_exact"], row["original_value_exact"]
    status = row["original_status"]
    return Correction(
        correction_id=str(row["correction_id"]),
        sha256=str(row["sha256"]),
        form=str(row["form"]),
        table=str(row["table"]),
        row=str(row["row"]),
        column=str(row["column"]),
        decision=Kind(str(row["decision"])),
        value=None if digits is None else Decimal(digits),
        who=str(row["who"]),
        why=str(row["why"]),
        made_at=text_to_moment(str(row["made_at"])),
        refers_to=row["refers_to"],
        original_value=None if original is None else Decimal(original),
        original_status=None if status is None else Status(status),
        original_raw=row["original_raw"],
    )
