"""Decisions that colleagues wrote into a file of the queue, put into the ledger.

A decision is about what its author saw. Where the document is read otherwise by now, or the value
that they called printed or took from the suggestion is no more the one that was shown, the row is
left out and told; where two people differ, both stay on record, as everywhere in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from sqlalchemy import Engine

from normalize.report import Observation
from normalize.review import Place, observation_to_state, place_of
from normalize.typed import typed_to_value
from pipeline.review_files import WORDS, Line
from store.corrections import Merged, corrections_of, merge_corrections
from store.errors import CorrectionRefused, ReportUnknown
from store.ledger import Correction, Kind
from store.load import load_report
from store.rows import sha256_to_report_id
from store.values import decimal_to_text

_NAMESPACE = UUID("8f3d1c52-6b0a-4a5e-9f5e-0d0c6a1f7e21")


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was not imported, by its line in the file, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: `merged` as of a ledger, `known` rows that it held, and those left."""

    merged: Merged
    known: int
    left: tuple[Left, ...]


def import_lines(
    engine: Engine, lines: Sequence[Line], who: str = "", why: str = "", at: datetime | None = None
) -> Imported:
    """Record the decisions, each once however often its file is imported.

    `who` and `why` stand for what rows leave out. CorrectionRefused, with nothing recorded, when a
    row's decision cannot be understood or nobody has made it.
    """
    _refuse_wrong(lines, who)
    moment = at or datetime.now(UTC)
    own_why = why or "reviewed in a file"
    entries: dict[str, Correction] = {}
    of_person: dict[tuple[str, Place, str], Decimal | None] = {}
    left: list[Left] = []
    known = 0
    for report_lines in _by_report(lines):
        found = _read(engine, report_lines[0].sha256)
        for line in report_lines:
            entry_id = _line_to_id(line, line.who or who, line.why or own_why)
            if entry_id in found.ids or entry_id in entries:
                known += 1
                continue
            try:
                kind, value = _decided(line, found.cells.get(line.place))
                if of_person.setdefault((line.sha256, line.place, line.who or who), value) != value:
                    raise _Passed("the same person decides otherwise of this cell further up")
            except _Passed as reason:
                left.append(Left(line.number, str(reason)))
                continue
            entries[entry_id] = Correction(
                entry_id,
                line.sha256,
                *line.place,
                decision=kind,
                value=value,
                who=line.who or who,
                why=line.why or own_why,
                made_at=moment,
            )
    merged = merge_corrections(engine, list(entries.values()))
    return Imported(merged, known, tuple(sorted(left, key=lambda each: each.line)))


class _Passed(Exception):
    """Why a row is left out."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A stored report's cells and the ids of its entries; nothing where there is none."""

    cells: dict[Place, Observation]
    ids: frozenset[str]


def _read(engine: Engine, sha256: str) -> _Found:
    report_id = sha256_to_report_id(sha256)
    try:
        report = load_report(engine, report_id)
    except ReportUnknown:
        return _Found({}, frozenset())
    if report.sha256 != sha256:
        return _Found({}, frozenset())
    ids = frozenset(entry.correction_id for entry in corrections_of(engine, report_id))
    return _Found({place_of(o): o for o in report.observations}, ids)


def _by_report(lines: Iterable[Line]) -> list[list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.sha256, []).append(line)
    return list(found.values())


def _refuse_wrong(lines: Sequence[Line], who: str) -> None:
    wrong = []
    for line in lines:
        if not (line.who or who):
            wrong.append(f"line {line.number}: nobody is named in 'who'")
        if line.text.casefold() not in WORDS:
            try:
                typed_to_value(line.text, "yuan")
            except ValueError as error:
                wrong.append(f"line {line.number}: {error}, nor {', '.join(WORDS)}")
    if wrong:
        raise CorrectionRefused("; ".join(wrong), "correct these rows; nothing was imported")


def _line_to_id(line: Line, who: str, why: str) -> str:
    """The same for the same row, so that a file imported again adds nothing."""
    said = (line.sha256, *line.place, line.state, line.text.casefold(), who, why)
    return str(uuid5(_NAMESPACE, "\n".join(said)))


def _decided(line: Line, cell: Observation | None) -> tuple[Kind, Decimal | None]:
    """What the row decides of the cell, as it was when its author looked; _Passed if it changed."""
    if cell is None:
        raise _Passed("the database has no such report, or the report no such cell")
    now = observation_to_state(cell)
    read, _, shown = line.state.partition("-")
    if read != now.read:
        raise _Passed(f"the cell is read otherwise by now: '{cell.raw or ''}' ({cell.status})")
    kind = WORDS.get(line.text.casefold())
    if kind is None:
        try:
            return Kind.VALUE, typed_to_value(line.text, cell.unit)
        except ValueError as error:
            raise _Passed(str(error)) from error
    if kind is Kind.VALUE:
        return kind, None
    if shown != now.shown:
        said = _said(cell.value)
        raise _Passed(f"the value or the suggestion changed meanwhile; it is {said} now")
    if kind is Kind.SUGGESTION and cell.suggestion is None:
        raise _Passed("there is no suggestion")
    return kind, cell.value if kind is Kind.AS_PRINTED else cell.suggestion


def _said(value: Decimal | None) -> str:
    return "no number" if value is None else decimal_to_text(value)
