"""Which bytes a name holds, and which name the report of these bytes bears."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from store.rows import sha256_to_report_id
from store.schema import reports, sources


class Outcome(StrEnum):
    """What saving a report changed."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    ALIASED = "aliased"
    """The bytes were there under another name, which stays the report's source."""
    REPLACED = "replaced"
    """The bytes were there but are understood differently now."""
    SUPERSEDED = "superseded"
    """The name was there with other bytes, which it has no longer."""


def point_source(
    connection: Connection, source: str, sha256: str, now: datetime, *, is_new: bool = False
) -> Outcome:
    """Make `sha256` the bytes that `source` holds: ALIASED where the name is new.

    `is_new`: the bytes have just been stored, with this name.
    """
    held = connection.scalar(
        select(sources.c.sha256).where(sources.c.source == source, sources.c.current)
    )
    if held == sha256:
        return Outcome.UNCHANGED
    pair = {"source": source, "sha256": sha256}
    if is_new and held is None:
        connection.execute(insert(sources), {**pair, "first_seen": now, "current": True})
        return Outcome.ALIASED
    seen = update(sources).where(sources.c.source == source, sources.c.sha256 == sha256)
    if not connection.execute(seen.values(current=True)).rowcount:
        connection.execute(insert(sources), {**pair, "first_seen": now, "current": True})
    if held is not None:
        connection.execute(
            update(sources)
            .where(sources.c.source == source, sources.c.sha256 == held)
            .values(current=False)
        )
        _settle(connection, held, sha256_to_report_id(sha256))
    _settle(connection, sha256, None)
    return Outcome.ALIASED if held is None else Outcome.SUPERSEDED


def _settle(connection: Connection, sha256: str, superseded_by: str | None) -> None:
    """Let the report of these bytes bear a name that still holds them, the first seen; where
    none does, it keeps its name and is superseded.
    """
    names = connection.scalars(
        select(sources.c.source)
        .where(sources.c.sha256 == sha256, sources.c.current)
        .order_by(sources.c.first_seen, sources.c.source)
    ).all()
    borne = connection.scalar(select(reports.c.source).where(reports.c.sha256 == sha256))
    values: dict[str, str | None] = {"superseded_by": None}
    if not names:
        values = {"superseded_by": superseded_by}
    elif borne not in names:
        values["source"] = names[0]
    connection.execute(update(reports).where(reports.c.sha256 == sha256).values(values))
